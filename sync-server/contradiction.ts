import * as Y from 'yjs'
import type { Clocks } from './inspect-update.ts'

/**
 * Whether an update says something, under clocks that are known, that the known bytes do not say there. What is deleted in the
 * update says nothing; what is known only as deleted says something else than any words.
 * @param known updates that together hold everything below `stateVector`
 */
export function contradicts(update: Uint8Array, stateVector: Clocks, known: readonly Uint8Array[]): boolean {
  if (known.length === 0) return false
  const claimed = new Map<string, string>()
  const ends = new Map<number, number>()
  for (const [key, word, client, clock] of wordsIn(update)) {
    if (clock >= (stateVector.get(client) ?? 0)) continue
    claimed.set(key, word)
    ends.set(client, clock + 1)
  }
  if (claimed.size === 0) return false
  const { from } = Y.parseUpdateMeta(update)
  const isNear = ({ id: { client, clock }, length }: Y.Item) =>
    clock < (ends.get(client) ?? 0) && clock + length > (from.get(client) ?? 0)
  for (const piece of known) {
    for (const [key, word] of wordsIn(piece, isNear)) if (claimed.get(key) === word) claimed.delete(key)
  }
  return claimed.size > 0
}

/** Everything that is said in an update, clock by clock. */
function* wordsIn(
  update: Uint8Array,
  isWanted: (item: Y.Item) => boolean = () => true,
): Generator<readonly [key: string, word: string, client: number, clock: number]> {
  for (const struct of Y.decodeUpdate(update).structs) {
    if (!(struct instanceof Y.Item) || !isWanted(struct)) continue
    const { client, clock } = struct.id
    for (const [place, word] of unitsOf(struct.content).entries())
      yield [`${client} ${clock + place}`, word, client, clock + place]
  }
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
