import type { Language } from './languages.ts'

const dayMs = 24 * 60 * 60 * 1000

/** A time of day: 10.24 in Dutch, 10:24 in English; with seconds 10.24.07. */
export function timeOfDay(ms: number, language: Language, withSeconds = false): string {
  const date = new Date(ms)
  const parts = [date.getHours(), date.getMinutes(), ...(withSeconds ? [date.getSeconds()] : [])]
  return parts.map((part) => String(part).padStart(2, '0')).join(language === 'nl' ? '.' : ':')
}

/** A full date of today, such as "Maandag 23 november". */
export function longDay(ms: number, language: Language): string {
  const text = new Intl.DateTimeFormat(locale(language), { weekday: 'long', day: 'numeric', month: 'long' }).format(ms)
  return text.charAt(0).toLocaleUpperCase(locale(language)) + text.slice(1)
}

/** When, as one would say it: the time today, else yesterday, the weekday, or the date. */
export function dayOf(ms: number, nowMs: number, language: Language): string {
  const daysAgo = calendarDaysBetween(ms, nowMs)
  if (daysAgo === 0) return timeOfDay(ms, language)
  if (daysAgo === 1) return language === 'nl' ? 'gisteren' : 'yesterday'
  if (daysAgo > 1 && daysAgo < 7) return new Intl.DateTimeFormat(locale(language), { weekday: 'long' }).format(ms)
  const sameYear = new Date(ms).getFullYear() === new Date(nowMs).getFullYear()
  const year = sameYear ? {} : { year: 'numeric' as const }
  return new Intl.DateTimeFormat(locale(language), { day: 'numeric', month: 'long', ...year }).format(ms)
}

/** The same within a sentence: "om 10.24", "gisteren om 10.24", "op 12 november". */
export function momentOf(ms: number, nowMs: number, language: Language): string {
  const daysAgo = calendarDaysBetween(ms, nowMs)
  const at = language === 'nl' ? 'om' : 'at'
  const on = language === 'nl' ? 'op' : 'on'
  if (daysAgo === 0) return `${at} ${timeOfDay(ms, language)}`
  if (daysAgo === 1) return `${dayOf(ms, nowMs, language)} ${at} ${timeOfDay(ms, language)}`
  return `${on} ${dayOf(ms, nowMs, language)}`
}

function calendarDaysBetween(earlierMs: number, laterMs: number): number {
  return Math.round((startOfDay(laterMs) - startOfDay(earlierMs)) / dayMs)
}

function startOfDay(ms: number): number {
  const date = new Date(ms)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

function locale(language: Language): string {
  return language === 'nl' ? 'nl-NL' : 'en-GB'
}
