import { parseActRef, refOf, type ActRef } from '../act-ref.ts'
import { parseAct, type Act } from '../act.ts'
import type { LedgerAct, SaidAct } from '../acts.ts'
import type { CommentText } from '../comment-text.ts'
import { unreachable } from '../result.ts'
import { isId, type ActId, type DocumentId, type PageId, type PersonId } from '../ids.ts'

/** What was said about the pages of an export, and who is who. */
export interface ExportedComments {
  /** Names by id, of everybody who said something. */
  readonly people: Readonly<Record<string, string>>
  readonly acts: readonly Pick<SaidAct, 'ref' | 'author' | 'act'>[]
}

/** The file beside the pages; null where nothing was said. */
export function writeComments(
  said: readonly SaidAct[],
  nameOf: (id: PersonId) => string | null,
): ExportedComments | null {
  const acts = [...new Map(said.map(({ ref, author, act }) => [ref, { ref, author, act }])).values()]
  if (acts.length === 0) return null
  const people: Record<string, string> = {}
  for (const { author } of acts) {
    const name = nameOf(author)
    if (name !== null) people[author] = name
  }
  return { people, acts: acts.toSorted((a, b) => a.act.counter - b.act.counter || (a.ref < b.ref ? -1 : 1)) }
}

export function countComments({ acts }: ExportedComments): number {
  return acts.filter(({ act }) => act.kind === 'comment' || act.kind === 'reply').length
}

/** More than a space of ten years holds; what comes from a file is never without bounds. */
const maxActs = 200_000

/** Reads the file again; what is no act of this app is left out. Null where it is no such file. */
export function readComments(value: unknown): ExportedComments | null {
  const { people, acts } = Object(value) as Readonly<Record<string, unknown>>
  if (typeof people !== 'object' || people === null || !Array.isArray(acts) || acts.length > maxActs) return null
  const names = Object.entries(people).filter(([id, name]) => isId(id) && typeof name === 'string' && name !== '')
  return {
    people: Object.fromEntries(names.map(([id, name]) => [id, String(name).slice(0, 200)])),
    acts: (acts as unknown[]).flatMap((each) => readSaid(each)),
  }
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
