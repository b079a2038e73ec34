/** A seeded source of random bytes for tests. */
export function fillRandom(seed: number): (bytes: Uint8Array) => Uint8Array {
  let state = seed
  return (bytes) => {
    for (let i = 0; i < bytes.length; i += 1) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      bytes[i] = state >>> 24
    }
    return bytes
  }
}
