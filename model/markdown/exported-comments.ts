import { parseActRef, refOf, type ActRef } from '../act-ref.ts'
import type * as Y from 'yjs'
import { parseAct, type Act, type Anchor } from '../act.ts'
import type { LedgerAct, SaidAct } from '../acts.ts'
import type { CommentText } from '../comment-text.ts'
import { anchorAt, parseQuotePlace, quotePlaceOf, type QuotePlace } from '../quote-place.ts'
import { unreachable } from '../result.ts'
import { isId, type ActId, type DocumentId, type PageId, type PersonId } from '../ids.ts'

/** What was said about the pages of an export, and who is who. */
export interface ExportedComments {
  /** Names by id, of everybody who said something. */
  readonly people: Readonly<Record<string, string>>
  readonly acts: readonly Pick<SaidAct, 'ref' | 'author' | 'act'>[]
  /** Where the words stand that a comment is about, by its reference; absent where they are gone, or nobody looked. */
  readonly places: Readonly<Record<string, QuotePlace>>
}

/** The file beside the pages; null where nothing was said. */
export function writeComments(
  said: readonly SaidAct[],
  nameOf: (id: PersonId) => string | null,
  places: ReadonlyMap<ActRef, QuotePlace> = new Map(),
): ExportedComments | null {
  const acts = [...new Map(said.map(({ ref, author, act }) => [ref, { ref, author, act }])).values()]
  if (acts.length === 0) return null
  const people: Record<string, string> = {}
  for (const { author } of acts) {
    const name = nameOf(author)
    if (name !== null) people[author] = name
  }
  const sorted = acts.toSorted((a, b) => a.act.counter - b.act.counter || (a.ref < b.ref ? -1 : 1))
  return { people, acts: sorted, places: Object.fromEntries(places) }
}

/** Where the words stand in one page that acts about it are about. */
export function placesIn(doc: Y.Doc, said: readonly SaidAct[]): ReadonlyMap<ActRef, QuotePlace> {
  return new Map(
    said.flatMap(({ ref, act }) => {
      const anchor = anchorIn(act)
      const place = anchor === null ? null : quotePlaceOf(doc, anchor)
      return place === null ? [] : [[ref, place] as const]
    }),
  )
}

/** What was said about words of a page that can be found again. */
export interface PlacedSaid {
  readonly ref: ActRef
  readonly anchor: Anchor
  readonly place: QuotePlace
}

/** By the page as the export names it. */
export function placedByPage({ acts, places }: ExportedComments): ReadonlyMap<string, readonly PlacedSaid[]> {
  const placed = acts.flatMap(({ ref, act }) => {
    const [anchor, place] = [anchorIn(act), places[ref]]
    return anchor === null || place === undefined ? [] : [{ page: act.page, ref, anchor, place }]
  })
  return Map.groupBy(placed, ({ page }) => page)
}

/** The same words of the page as it came in. */
export function anchorsIn(doc: Y.Doc, placed: readonly PlacedSaid[]): ReadonlyMap<ActRef, Anchor> {
  return new Map(
    placed.flatMap(({ ref, anchor, place }) => {
      const found = anchorAt(doc, place, anchor.quote)
      return found === null ? [] : [[ref, found] as const]
    }),
  )
}

export function withAnchors(exported: ExportedComments, anchors: ReadonlyMap<ActRef, Anchor>): ExportedComments {
  const acts = exported.acts.map((said) => {
    const { ref, act } = said
    const anchor = anchors.get(ref)
    const isAnchored = anchor !== undefined && (act.kind === 'comment' || act.kind === 'delete')
    return isAnchored ? { ...said, act: { ...act, anchor } } : said
  })
  return { ...exported, acts }
}

function anchorIn(act: Act): Anchor | null {
  return act.kind === 'comment' || act.kind === 'delete' ? act.anchor : null
}

export function countComments({ acts }: ExportedComments): number {
  return acts.filter(({ act }) => act.kind === 'comment' || act.kind === 'reply').length
}

/** More than a space of ten years holds; what comes from a file is never without bounds. */
const maxActs = 200_000

/** Reads the file again; what is no act of this app is left out. Null where it is no such file. */
export function readComments(value: unknown): ExportedComments | null {
  const { people, acts, places } = Object(value) as Readonly<Record<string, unknown>>
  if (typeof people !== 'object' || people === null || !Array.isArray(acts) || acts.length > maxActs) return null
  const names = Object.entries(people).filter(([id, name]) => isId(id) && typeof name === 'string' && name !== '')
  return {
    people: Object.fromEntries(names.map(([id, name]) => [id, String(name).slice(0, 200)])),
    acts: (acts as unknown[]).flatMap((each) => readSaid(each)),
    places: readPlaces(places),
  }
}

/** None in files of an older app. */
function readPlaces(value: unknown): ExportedComments['places'] {
  if (typeof value !== 'object' || value === null) return {}
  const entries = Object.entries(value).flatMap(([ref, each]) => {
    const place = parseQuotePlace(each)
    return place === undefined || parseActRef(ref) === undefined ? [] : [[ref, place] as const]
  })
  return Object.fromEntries(entries)
}

function readSaid(value: unknown): ExportedComments['acts'] {
  const fields = Object(value) as Readonly<Record<string, unknown>>
  const [ref, act, author] = [parseActRef(fields['ref']), parseAct(fields['act']), fields['author']]
  if (ref === undefined || typeof act !== 'object' || !isId(author)) return []
  return [{ ref, act, author: author as PersonId }]
}

export interface CommentTarget {
  /** The page that a page of the export became here. */
  readonly pageOf: (exportedId: string) => PageId | undefined
  /** The acts document of whoever imports: references name it, so that one can answer what was imported. */
  readonly document: DocumentId
  /** Whose names may be taken over as they stand; what all others said is said by `importer`, with their names in front. */
  readonly isKnown: (author: PersonId) => boolean
  readonly importer: PersonId
  readonly mintActId: () => ActId
}

/**
 * What was said, as the ledger of the space keeps it: about the pages as they are here, under references of its own.
 */
export function commentsToLedger(exported: ExportedComments, target: CommentTarget): readonly LedgerAct[] {
  const refs = new NewRefs(target)
  return exported.acts.flatMap(({ ref, author, act }) => {
    const page = target.pageOf(act.page)
    if (page === undefined) return []
    const isKnown = target.isKnown(author)
    const name = isKnown ? null : (exported.people[author] ?? null)
    const moved = moveAct({ ...act, id: refs.idOf(ref), page }, refs, name)
    return [{ ref: refs.of(ref), author: isKnown ? author : target.importer, mark: 'imported' as const, act: moved }]
  })
}

/** A new reference for every one that is named, also for words that were taken back and are named only. */
class NewRefs {
  readonly #ids = new Map<ActRef, ActId>()
  readonly #target: CommentTarget

  constructor(target: CommentTarget) {
    this.#target = target
  }

  idOf(ref: ActRef): ActId {
    const id = this.#ids.get(ref) ?? this.#target.mintActId()
    this.#ids.set(ref, id)
    return id
  }

  of(ref: ActRef): ActRef {
    return refOf(this.#target.document, this.idOf(ref))
  }
}

/** The act with references to where the acts that it is about are now. */
function moveAct(act: Act, refs: NewRefs, name: string | null): Act {
  switch (act.kind) {
    case 'comment':
      return { ...act, text: named(act.text, name) }
    case 'reply':
      return { ...act, thread: refs.of(act.thread), text: named(act.text, name) }
    case 'resolve':
    case 'reopen':
      return { ...act, thread: refs.of(act.thread) }
    case 'reaction':
      return { ...act, target: refs.of(act.target) }
    case 'edit':
      return { ...act, target: refs.of(act.target), text: named(act.text, name) }
    case 'delete':
      return { ...act, target: refs.of(act.target), thread: act.thread === null ? null : refs.of(act.thread) }
    default:
      return unreachable(act)
  }
}

function named(text: CommentText, name: string | null): CommentText {
  return name === null ? text : [`${name}: `, ...text]
}
