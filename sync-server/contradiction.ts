import * as Y from 'yjs'
import type { Clocks } from './inspect-update.ts'

/**
 * Whether an update says something, under clocks that are known, that the known bytes do not say there. What is deleted in the
 * update says nothing; what is known only as deleted says something else than any words.
 * @param known updates that together hold everything below `stateVector`
 */
export function contradicts(update: Uint8Array, stateVector: Clocks, known: readonly Uint8Array[]): boolean {
  const claimed = new Map<number, Y.Item[]>()
  for (const struct of Y.decodeUpdate(update).structs) {
    const { client, clock } = struct.id
    if (!(struct instanceof Y.Item) || clock >= (stateVector.get(client) ?? 0)) continue
    if (struct.content instanceof Y.ContentDeleted) continue
    const items = claimed.get(client)
    if (items === undefined) claimed.set(client, [struct])
    else items.push(struct)
  }
  if (claimed.size === 0 || known.length === 0) return false
  const said = wordsOf(known, claimed)
  for (const [client, items] of claimed) {
    const have = stateVector.get(client) ?? 0
    for (const item of items) {
      for (const [place, word] of unitsOf(item.content).entries()) {
        const clock = item.id.clock + place
        if (clock < have && said.get(client)?.get(clock) !== word) return true
      }
    }
  }
  return false
}

/** What the known bytes say under the clocks of these clients, from the first that is claimed. */
function wordsOf(
  known: readonly Uint8Array[],
  claimed: ReadonlyMap<number, readonly Y.Item[]>,
): ReadonlyMap<number, ReadonlyMap<number, string>> {
  const words = new Map<number, Map<number, string>>()
  for (const piece of known) {
    for (const struct of Y.decodeUpdate(piece).structs) {
      const first = claimed.get(struct.id.client)?.[0]
      if (first === undefined || !(struct instanceof Y.Item) || struct.id.clock + struct.length <= first.id.clock)
        continue
      const ofClient = words.get(struct.id.client) ?? new Map<number, string>()
      words.set(struct.id.client, ofClient)
      for (const [place, word] of unitsOf(struct.content).entries()) ofClient.set(struct.id.clock + place, word)
    }
  }
  return words
}

/** One text for each clock that the content takes. */
function unitsOf(content: Y.Item['content']): readonly string[] {
  if (content instanceof Y.ContentString)
    return Array.from({ length: content.str.length }, (_, i) => `s${content.str[i] ?? ''}`)
  if (content instanceof Y.ContentDeleted) return []
  if (content instanceof Y.ContentFormat) return [`f${content.key} ${JSON.stringify(content.value)}`]
  if (content instanceof Y.ContentType) return [`t${content.type.constructor.name}`]
  return content.getContent().map((value: unknown) => `v${JSON.stringify(value, plain) ?? ''}`)
}

/** JSON for what JSON has no word for. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `bigint ${value}`
  return value instanceof Uint8Array ? [...value] : value
}
