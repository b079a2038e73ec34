import { expect, test } from 'vitest'
import { decodeClone, encodeClone } from './clone-codec.ts'

function roundTrip(value: unknown): unknown {
  return decodeClone(JSON.parse(JSON.stringify(encodeClone(value, null))), null)
}

test.each([
  undefined,
  null,
  true,
  'text',
  '',
  0,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  12n,
  new Date(5),
  /a+/gi,
  new Map<unknown, unknown>([['a', new Set([1, undefined])]]),
  new Uint8Array([0, 127, 255]),
  ['array', ['nested']],
  { plain: { deep: [1, null, undefined] } },
])('%o survives', (value) => {
  expect(roundTrip(value)).toEqual(value)
})

test('an error keeps its name and message', () => {
  expect(roundTrip(new RangeError('too far'))).toMatchObject({ name: 'RangeError', message: 'too far' })
})

test('a thing that stands in two places is one thing afterwards, and a circle stays a circle', () => {
  const shared = { x: new Date(1) }
  const circle: Record<string, unknown> = { first: shared, second: shared }
  circle['self'] = circle
  const copy = roundTrip(circle) as Record<string, unknown>
  expect(copy['first']).toBe(copy['second'])
  expect(copy['self']).toBe(copy)
})

test.each([() => 1, Symbol('x'), { deep: () => 1 }, Promise.resolve(1), new WeakMap()])(
  '%o cannot be cloned',
  (value) => {
    expect(() => encodeClone(value, null)).toThrow('An object could not be cloned.')
  },
)
