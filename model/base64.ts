const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const sixBits = new Map(Array.from(alphabet, (letter, value) => [letter, value]))

/**
 * Standard base64 with padding, for a few bytes. Ours, because the one of lib0 takes a worker of the browser for Node, and finds no
 * Buffer there.
 */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [one = 0, two = 0, three = 0] = bytes.subarray(at, at + 3)
    const bits = (one << 16) | (two << 8) | three
    const letters = [18, 12, 6, 0].map((shift) => alphabet.charAt((bits >> shift) & 63)).join('')
    const known = Math.min(bytes.length - at, 3) + 1
    text += letters.slice(0, known).padEnd(4, '=')
  }
  return text
}

/** Throws on what is no base64. */
export function fromBase64(text: string): Uint8Array {
  const letters = text.replace(/={1,2}$/, '')
  if (letters.length % 4 === 1) throw new RangeError('This is no base64')
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4))
  let [bits, place] = [0, 0]
  for (const [at, letter] of Array.from(letters).entries()) {
    const value = sixBits.get(letter)
    if (value === undefined) throw new RangeError('This is no base64')
    bits = ((bits << 6) | value) & 0xffffff
    if (at % 4 > 0) {
      bytes[place] = (bits >> (6 - 2 * (at % 4))) & 255
      place += 1
    }
  }
  return bytes
}
