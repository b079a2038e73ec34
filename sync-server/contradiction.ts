import * as Y from 'yjs'
import type { Clocks } from './inspect-update.ts'

/**
 * Whether an update says something, under clocks that are known, that the known bytes do not say there. What is deleted in the
 * update says nothing; what is known only as deleted says something else than any words.
 * @param known updates that together hold everything below `stateVector`
 */
export function contradicts(update: Uint8Array, stateVector: Clocks, known: readonly Uint8Array[]): boolean {
  if (known.length === 0) return false
  const claims = claimsIn(update, stateVector)
  if (claims.size === 0) return false
  for (const piece of known) {
    for (const item of knownItemsIn(piece)) {
      for (const claim of within(claims.get(item.id.client) ?? noClaims, item)) confirm(claim, item)
    }
  }
  return [...claims.values()].flat().some(({ confirmed }) => confirmed.includes(0))
}

const noClaims: readonly Claim[] = []

/** What one item of the update says under clocks that are known. */
interface Claim {
  readonly item: Y.Item
  /** One byte for each of those clocks, 1 where the known bytes say the same: a page of 16 MiB may come twice. */
  readonly confirmed: Uint8Array
}

function claimsIn(update: Uint8Array, stateVector: Clocks): ReadonlyMap<number, readonly Claim[]> {
  const claims = new Map<number, Claim[]>()
  for (const item of itemsIn(update)) {
    const { client, clock } = item.id
    const length = Math.min(item.length, (stateVector.get(client) ?? 0) - clock)
    if (length <= 0 || item.content instanceof Y.ContentDeleted) continue
    const claim = { item, confirmed: new Uint8Array(length) }
    const list = claims.get(client)
    if (list === undefined) claims.set(client, [claim])
    else list.push(claim)
  }
  return claims
}

/** Of large known pieces, for as long as their bytes are there: two hundred rows of a batch may ask for the same one. */
const decoded = new WeakMap<Uint8Array, readonly Y.Item[]>()
const largeBytes = 64 * 1024

function knownItemsIn(piece: Uint8Array): readonly Y.Item[] {
  if (piece.length < largeBytes) return itemsIn(piece)
  const items = decoded.get(piece) ?? itemsIn(piece)
  decoded.set(piece, items)
  return items
}

function itemsIn(update: Uint8Array): readonly Y.Item[] {
  return Y.decodeUpdate(update).structs.filter((struct) => struct instanceof Y.Item)
}

/** The claims about clocks of a known item; they are in the order of their clocks. */
function* within(claims: readonly Claim[], { id: { clock }, length }: Y.Item): Generator<Claim> {
  let low = 0
  let high = claims.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const claim = claims[middle]
    if (claim !== undefined && claim.item.id.clock + claim.confirmed.length <= clock) low = middle + 1
    else high = middle
  }
  for (let i = low; i < claims.length; i += 1) {
    const claim = claims[i]
    if (claim === undefined || claim.item.id.clock >= clock + length) return
    yield claim
  }
}

/** Marks the clocks under which both say the same. */
function confirm({ item, confirmed }: Claim, known: Y.Item): void {
  const from = Math.max(item.id.clock, known.id.clock)
  const to = Math.min(item.id.clock + confirmed.length, known.id.clock + known.length)
  if (from >= to) return
  const [place, knownPlace] = [from - item.id.clock, from - known.id.clock]
  const count = to - from
  if (textAt(item, place, count) !== undefined && textAt(item, place, count) === textAt(known, knownPlace, count)) {
    confirmed.fill(1, place, place + count)
    return
  }
  for (let i = 0; i < count; i += 1) {
    const word = wordAt(item.content, place + i)
    if (word !== undefined && word === wordAt(known.content, knownPlace + i)) confirmed[place + i] = 1
  }
}

function textAt({ content }: Y.Item, place: number, count: number): string | undefined {
  return content instanceof Y.ContentString ? content.str.slice(place, place + count) : undefined
}

/** What the content says at one of the clocks that it takes; undefined where it is only known as deleted. */
function wordAt(content: Y.Item['content'], place: number): string | undefined {
  if (content instanceof Y.ContentString) return `s${content.str[place] ?? ''}`
  if (content instanceof Y.ContentDeleted) return undefined
  if (content instanceof Y.ContentFormat) return `f${content.key} ${JSON.stringify(content.value)}`
  if (content instanceof Y.ContentType) return `t${content.type.constructor.name}`
  return `v${JSON.stringify(content.getContent()[place], plain) ?? ''}`
}

/** JSON for what JSON has no word for. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `bigint ${value}`
  return value instanceof Uint8Array ? [...value] : value
}
