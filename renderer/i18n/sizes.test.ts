import { expect, it } from 'vitest'
import { sizeInWords } from './sizes.ts'

it.each([
  [0, 'en', '0\u00a0B'],
  [812, 'en', '812\u00a0B'],
  [2_440_000, 'nl', '2,4\u00a0MB'],
  [2_440_000, 'en', '2.4\u00a0MB'],
  [412_000_000, 'en', '412\u00a0MB'],
  [3_100_000_000, 'nl', '3,1\u00a0GB'],
] as const)('%d bytes in %s are %s', (bytes, language, words) => {
  expect(sizeInWords(bytes, language)).toBe(words)
})
