import { describe, expect, it } from 'vitest'
import { chooseLanguage } from './languages.ts'
import { dayOf, longDay, momentOf, timeOfDay } from './times.ts'

const at = (day: number, hours: number, minutes: number, seconds = 0) =>
  new Date(2026, 10, day, hours, minutes, seconds).getTime()
const now = at(23, 11, 5)

describe('times in words', () => {
  it('writes a Dutch time with a dot and an English one with a colon', () => {
    expect(timeOfDay(at(23, 9, 4), 'nl')).toBe('09.04')
    expect(timeOfDay(at(23, 9, 4), 'en')).toBe('09:04')
    expect(timeOfDay(at(23, 10, 24, 7), 'nl', true)).toBe('10.24.07')
  })

  it('names a moment of today by its time, of this week by its weekday, of earlier by its date', () => {
    expect(dayOf(at(23, 10, 24), now, 'nl')).toBe('10.24')
    expect(dayOf(at(22, 23, 59), now, 'nl')).toBe('gisteren')
    expect(dayOf(at(20, 8, 0), now, 'nl')).toBe('vrijdag')
    expect(dayOf(at(12, 8, 0), now, 'nl')).toBe('12 november')
    expect(dayOf(new Date(2025, 0, 2).getTime(), now, 'en')).toBe('2 January 2025')
  })

  it('fits a moment into a sentence', () => {
    expect(momentOf(at(23, 10, 24), now, 'nl')).toBe('om 10.24')
    expect(momentOf(at(22, 10, 24), now, 'en')).toBe('yesterday at 10:24')
    expect(momentOf(at(12, 10, 24), now, 'nl')).toBe('op 12 november')
  })

  it('does not call a clock that runs ahead yesterday', () => {
    expect(dayOf(at(24, 0, 1), now, 'en')).toBe('24 November')
  })

  it('begins a long day with a capital', () => {
    expect(longDay(now, 'nl')).toBe('Maandag 23 november')
  })
})

describe('chooseLanguage', () => {
  it('prefers the earlier choice, then the system, then English', () => {
    expect(chooseLanguage('en', ['nl-NL'])).toBe('en')
    expect(chooseLanguage(null, ['de-DE', 'nl-BE', 'en'])).toBe('nl')
    expect(chooseLanguage('fr', ['de-DE'])).toBe('en')
  })
})
