import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeId, isId, mintId, mustParseId, parseFileHash, parseId } from './ids.ts'

describe('ids', () => {
  it('are 26 characters that parse again, for any sixteen bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const id = encodeId(bytes)
        return isId(id) && parseId(id) === id
      }),
    )
  })

  it('differ where their bytes differ', () => {
    const ids = Array.from({ length: 256 }, (_, i) => mintId((bytes) => bytes.fill(0).fill(i, 15)))
    expect(new Set(ids).size).toBe(256)
  })

  it.each([
    '',
    '../../etc/passwd',
    'A'.repeat(26),
    'a'.repeat(25),
    `${'a'.repeat(25)}\n`,
    `${'a'.repeat(26)}\n`,
    7,
    null,
  ])('refuse %j and do not repeat it in the error', (value) => {
    expect(parseId(value)).toBeUndefined()
    expect(() => mustParseId(value)).toThrow(/^Not an id: expected 26 characters/)
  })

  it('take a file’s name only as a SHA-256 in lower case', () => {
    expect(parseFileHash('0'.repeat(64))).toBe('0'.repeat(64))
    expect(parseFileHash('A'.repeat(64))).toBeUndefined()
  })
})
