import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { fromBase64, toBase64 } from './base64.ts'

it.each([
  [[], ''],
  [[102], 'Zg=='],
  [[102, 111], 'Zm8='],
  [[102, 111, 111], 'Zm9v'],
  [[255, 239, 190, 0], '/+++AA=='],
])('writes %j as %s, as everybody does', (bytes, text) => {
  expect(toBase64(Uint8Array.from(bytes))).toBe(text)
})

it('reads what it wrote', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(fromBase64(toBase64(bytes))).toEqual(bytes)
    }),
  )
})

it('works where there is neither a window nor a Buffer, as in a worker of the browser', () => {
  vi.stubGlobal('Buffer', undefined)
  try {
    expect(toBase64(fromBase64('APfK/swKLAA='))).toBe('APfK/swKLAA=')
  } finally {
    vi.unstubAllGlobals()
  }
})

it.each(['A', 'A===', '%%%', 'AA A', 'AAAAA'])('refuses %s, which is no base64', (text) => {
  expect(() => fromBase64(text)).toThrow(RangeError)
})
