import { describe, expect, it } from 'vitest'
import { DeletionBurst } from './deletion-burst.ts'

const range = (start: number, end: number) => new Map([[7, [{ start, end }]]])
const page = { clocks: 1000, deleted: range(0, 100) }

describe('a large deletion', () => {
  it('is more than three tenths of what stands there', () => {
    const small = new DeletionBurst()
    small.add(range(200, 470), 0, 5)
    expect([small.mayBeLarge(1000), small.isLarge(page)]).toEqual([true, false])
    const large = new DeletionBurst()
    large.add(range(200, 471), 0, 5)
    expect([large.isLarge(page), large.anchorN]).toEqual([true, 5])
  })

  it('may come in many rows that follow each other, and counts from the state before the first', () => {
    const burst = new DeletionBurst()
    for (let i = 0; i < 30; i += 1) burst.add(range(200 + 10 * i, 210 + 10 * i), i * 1000, 5 + i)
    expect([burst.isLarge(page), burst.anchorN]).toEqual([true, 5])
    burst.add(range(600, 610), 60_000, 90)
    expect([burst.isLarge(page), burst.anchorN]).toEqual([false, 90])
  })

  it('is none where the deletions only repeat what is known', () => {
    const burst = new DeletionBurst()
    burst.add(range(0, 400), 0, 5)
    expect(burst.isLarge({ clocks: 1000, deleted: range(0, 390) })).toBe(false)
  })

  it('is asked about once: a page that was read is not read again for a keystroke', () => {
    const burst = new DeletionBurst()
    burst.add(range(200, 230), 0, 5)
    expect([burst.mayBeLarge(1000), burst.isLarge(page)]).toEqual([true, false])
    burst.add(range(230, 231), 100, 6)
    expect(burst.mayBeLarge(1000)).toBe(false)
  })
})
