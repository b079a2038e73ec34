import * as Y from 'yjs'
import { parseActRef, refOf, type ActRef } from './act-ref.ts'
import { maxCounter, parseAct, type Act, type NewAct } from './act.ts'
import { isId, mintId, type ActId, type DocumentId, type FillRandom, type PageId, type PersonId } from './ids.ts'
import { origins } from './origins.ts'
import { fail, ok, type Result } from './result.ts'
import { seedClientId } from './seeds.ts'

/**
 * The layout of an acts document: one map, `acts`, from an act's id to the act, a plain value. Keys are set once and perhaps
 * deleted, never set again. So every update says by itself what it brings, and the server reads it without the document (AC1).
 */
const mapName = 'acts'

/** How an act came to where it stands: said there by its author, or brought by the server. */
export const actMarks = ['moved', 'imported'] as const
export type ActMark = (typeof actMarks)[number]

/** An act with whose it is: what folding works on. */
export interface SaidAct {
  readonly ref: ActRef
  readonly author: PersonId
  /** Null in the author's own document. */
  readonly mark: ActMark | null
  readonly act: Act
}

/** What one person's document holds. Values of other kinds, of a newer app, are left alone. */
export function readActs(doc: Y.Doc): readonly Act[] {
  const acts: Act[] = []
  for (const [id, value] of doc.getMap<unknown>(mapName)) {
    const act = parseAct(value)
    if (typeof act === 'object' && act.id === id) acts.push(act)
  }
  return acts
}

/** The same, with its author, who is the owner of the document. */
export function saidIn(doc: Y.Doc, document: DocumentId, author: PersonId): readonly SaidAct[] {
  return readActs(doc).map((act) => ({ ref: refOf(document, act.id), author, mark: null, act }))
}

/**
 * Adds an act. Words that it takes back are deleted from this document, and so is what it replaces. It is written under a client
 * id of its own, so that it leans on no other act: where the server refuses one that waited, the others still go.
 */
export function writeAct(doc: Y.Doc, document: DocumentId, { act, nowMs, counter, fillRandom }: WrittenAct): SaidActId {
  const acts = readActs(doc)
  const highest = acts.reduce((most, each) => Math.max(most, each.counter), counter)
  const written: Act = {
    ...act,
    id: mintId<ActId>(fillRandom),
    counter: Math.min(highest + 1, maxCounter),
    atMs: Math.max(0, Math.floor(nowMs)),
  }
  const alone = new Y.Doc()
  alone.getMap(mapName).set(written.id, written)
  doc.transact(() => {
    const map = doc.getMap<unknown>(mapName)
    for (const each of acts) if (isReplaced(each, refOf(document, each.id), written)) map.delete(each.id)
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(alone), origins.user)
  }, origins.user)
  alone.destroy()
  return { ref: refOf(document, written.id), act: written }
}

/** Acts that were made elsewhere, each for the first time in its document, as one update that leans on nothing. */
export function actsUpdate(acts: readonly Act[]): Uint8Array {
  const alone = new Y.Doc()
  try {
    const map = alone.getMap(mapName)
    for (const act of acts) map.set(act.id, act)
    return Y.encodeStateAsUpdate(alone)
  } finally {
    alone.destroy()
  }
}

interface WrittenAct {
  readonly act: NewAct
  readonly nowMs: number
  /** The highest counter that this person has seen on the page; 0 for none. */
  readonly counter: number
  readonly fillRandom: FillRandom
}

interface SaidActId {
  readonly ref: ActRef
  readonly act: Act
}

function isReplaced(act: Act, ref: ActRef, by: Act): boolean {
  if (by.kind === 'edit') return act.kind === 'edit' && act.target === by.target
  if (by.kind === 'delete') return ref === by.target || (act.kind === 'edit' && act.target === by.target)
  if (by.kind !== 'reaction' || act.kind !== 'reaction') return false
  return act.target === by.target && act.reaction === by.reaction
}

/** Acts in one update at most: a person writes one at a time, and a laptop that comes back gives all of its own. */
export const maxActsPerUpdate = 10_000

/**
 * What an update of an acts document brings, read without the document. Refused as `malformed` is everything but
 * entries of `acts` that are acts of exactly the known kinds, and deletions among them. Call only with bytes that passed the checks of
 * every update; never throws.
 */
export function readActsUpdate(update: Uint8Array): Result<readonly Act[], 'malformed' | 'too-large'> {
  try {
    const { structs, ds } = Y.decodeUpdate(update)
    if (ds.clients.has(seedClientId)) return fail('malformed')
    const acts: Act[] = []
    for (const struct of structs) {
      if (struct instanceof Y.Skip) continue
      if (!(struct instanceof Y.Item) || !isEntry(struct)) return fail('malformed')
      if (struct.content instanceof Y.ContentDeleted) continue
      if (!(struct.content instanceof Y.ContentAny) || struct.length !== 1) return fail('malformed')
      const act = parseAct(struct.content.arr[0])
      if (typeof act !== 'object' || act.id !== struct.parentSub) return fail('malformed')
      acts.push(act)
      if (acts.length > maxActsPerUpdate) return fail('too-large')
    }
    return ok(acts)
  } catch {
    return fail('malformed')
  }
}

/** Whether a struct sets a key of the map for the first time: one that overwrites stands beside another. */
function isEntry({ origin, rightOrigin, parent, parentSub }: Y.Item): boolean {
  // Read from an update, the parent of what stands in a root is the root's name.
  const root: unknown = parent
  return origin === null && rightOrigin === null && root === mapName && parentSub !== null
}

/** An act that the server keeps in the ledger of a space: it came along with a moved page, or was imported. */
export type LedgerAct = SaidAct & { readonly mark: ActMark }

/**
 * The acts about some pages in a space, as the ledger of the space that they move to holds them; authors and references stay.
 * `sources` are the acts documents of the old space with their owners; `ledger` is the old space's own, where it has one.
 */
export function actsToMove(
  pages: ReadonlySet<PageId>,
  sources: readonly { readonly doc: Y.Doc; readonly document: DocumentId; readonly owner: PersonId }[],
  ledger: Y.Doc | null,
): readonly LedgerAct[] {
  const said = sources.flatMap(({ doc, document, owner }) => saidIn(doc, document, owner))
  const known = new Set(said.map(({ ref }) => ref))
  const kept = ledger === null ? [] : saidInLedger(ledger).filter(({ ref }) => !known.has(ref))
  return [...said, ...kept]
    .filter(({ act }) => pages.has(act.page))
    .map(({ ref, author, mark, act }) => ({ ref, author, mark: mark ?? 'moved', act }))
}

/** Adds what is not there yet, to the ledger's map `acts` by reference; within the caller's transaction. */
export function addToLedger(ledger: Y.Doc, acts: readonly LedgerAct[]): void {
  const map = ledger.getMap<unknown>(mapName)
  for (const act of acts) if (!map.has(act.ref)) map.set(act.ref, act)
}

/** The acts in a ledger. Whatever else stands there is of later parts. */
export function saidInLedger(ledger: Y.Doc): readonly SaidAct[] {
  return [...ledger.getMap<unknown>(mapName).values()].flatMap(parseLedgerAct)
}

function parseLedgerAct(value: unknown): readonly SaidAct[] {
  if (typeof value !== 'object' || value === null) return []
  const { ref, author, mark, act } = value as Readonly<Record<string, unknown>>
  const parsed = { ref: parseActRef(ref), mark: actMarks.find((each) => each === mark), act: parseAct(act) }
  if (parsed.ref === undefined || parsed.mark === undefined || typeof parsed.act !== 'object' || !isId(author))
    return []
  return [{ ref: parsed.ref, author: author as PersonId, mark: parsed.mark, act: parsed.act }]
}
