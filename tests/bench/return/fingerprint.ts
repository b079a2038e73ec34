import { createHash } from 'node:crypto'

/** One word for the state vectors of many documents: equal where all are equal. */
export function fingerprint(vectors: ReadonlyMap<string, Uint8Array>): {
  readonly documents: number
  readonly hash: string
} {
  const hash = createHash('sha256')
  for (const [id, vector] of [...vectors].toSorted(([a], [b]) => (a < b ? -1 : 1))) hash.update(id).update(vector)
  return { documents: vectors.size, hash: hash.digest('hex') }
}
