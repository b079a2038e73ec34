import { expect, it } from 'vitest'
import { defaultKeepPolicy, isFetchedUnasked, isKept, parseKeepPolicy, recentMs, type Keepable } from './keep.ts'

const now = 10 * recentMs
const old: Keepable = { pinned: false, changedAtMs: 0, usedAtMs: 0, sizeBytes: 1000 }
const fresh = { ...old, changedAtMs: now - 1000 }

it.each([
  ['everything', old, true],
  ['newest', old, true],
  ['recent', old, false],
  ['recent', fresh, true],
  ['recent', { ...fresh, sizeBytes: 100_000_000 }, false],
  ['pinned', fresh, false],
  ['pinned', { ...old, pinned: true }, true],
  ['none', fresh, false],
  ['none', { ...old, pinned: true }, true],
] as const)('under %s, %j comes unasked: %s', (choice, thing, expected) => {
  expect(isFetchedUnasked(choice, thing, now)).toBe(expected)
})

it('what was opened lately stays where recent things stay, however large, and goes where nothing stays', () => {
  const opened = { ...old, usedAtMs: now - 1000, sizeBytes: 100_000_000 }
  expect(isKept('recent', opened, now)).toBe(true)
  expect(isKept('none', opened, now)).toBe(false)
  expect(isKept('recent', old, now)).toBe(false)
})

it('a policy that says nothing, or nonsense, is the default', () => {
  expect(parseKeepPolicy(undefined)).toEqual(defaultKeepPolicy)
  expect(parseKeepPolicy({ pages: 'none', files: 'sometimes' })).toEqual({ pages: 'none', files: 'recent' })
})
