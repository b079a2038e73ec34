import { expect, it } from 'vitest'
import { rangeOf } from './byte-range.ts'

it.each([
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=10-', { start: 10, end: 99 }],
  ['bytes=90-500', { start: 90, end: 99 }],
  ['bytes=-5', { start: 95, end: 99 }],
  ['bytes=-500', { start: 0, end: 99 }],
])('%s of 100 bytes is a part', (header, range) => {
  expect(rangeOf(header, 100)).toEqual(range)
})

it.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=5-2', 'bytes=0-1,4-5', 'lines=0-5', 'bytes=a-b', 'bytes=1e3-'])(
  '%s asks for the whole',
  (header) => {
    expect(rangeOf(header, 100)).toBeNull()
  },
)

it.each(['bytes=100-', 'bytes=999-1000', 'bytes=-0'])('%s asks for bytes that 100 bytes do not have', (header) => {
  expect(rangeOf(header, 100)).toBe('unsatisfiable')
})

it('an empty file has no range', () => {
  expect(rangeOf('bytes=0-', 0)).toBe('unsatisfiable')
})
