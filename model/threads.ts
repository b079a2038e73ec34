import { documentOfRef, type ActRef } from './act-ref.ts'
import { isLater, reactionNames, type Anchor, type ReactionName } from './act.ts'
import type { ActMark, SaidAct } from './acts.ts'
import type { CommentText } from './comment-text.ts'
import type { PersonId } from './ids.ts'

/** One comment or reply as it reads now. */
export interface Remark {
  readonly ref: ActRef
  readonly author: PersonId
  readonly counter: number
  /** By its writer's clock; for display only. */
  readonly atMs: number
  readonly text: CommentText
  readonly editedAtMs: number | null
  readonly reactions: readonly Reaction[]
  readonly mark: ActMark | null
}

export interface Reaction {
  readonly reaction: ReactionName
  readonly people: readonly PersonId[]
}

export interface Thread {
  readonly ref: ActRef
  readonly author: PersonId
  readonly anchor: Anchor | null
  /** What opened it; null where its author took it back and others had answered. */
  readonly opening: Remark | null
  readonly replies: readonly Remark[]
  /** Who resolved it last, and when by their clock; null while it is open. */
  readonly resolved: { readonly by: PersonId; readonly atMs: number } | null
}

/** The highest counter among acts: what the next one must pass. */
export function highestCounter(said: readonly SaidAct[]): number {
  return said.reduce((highest, { act }) => Math.max(highest, act.counter), 0)
}

/**
 * Folds the acts about one page into its threads, in the order of their counters. Whatever order they come in, and however often,
 * the result is the same. What somebody says of another's act without the right to it counts for nothing (AC4). Whether one who
 * resolved another's thread was an editor then, only the server knew, and it asked; roles change, and threads do not reopen for it.
 */
export function foldThreads(said: readonly SaidAct[]): readonly Thread[] {
  const sorted = firstOfEach(said).toSorted(inOrder)
  const facts = readFacts(sorted)
  const threads = new Map<ActRef, ThreadDraft>()
  for (const each of sorted) openThread(threads, each)
  for (const each of sorted) {
    if (each.act.kind === 'reply' && !facts.deleted.has(each.ref)) threads.get(each.act.thread)?.replies.push(each)
    if (each.act.kind === 'resolve' || each.act.kind === 'reopen') settle(threads.get(each.act.thread), each)
  }
  return [...threads.values()].flatMap((draft) => finish(draft, facts))
}

interface ThreadDraft {
  readonly ref: ActRef
  readonly author: PersonId
  readonly anchor: Anchor | null
  readonly opening: SaidAct | null
  readonly replies: SaidAct[]
  decided: SaidAct | null
}

interface Facts {
  readonly edits: ReadonlyMap<ActRef, SaidAct>
  readonly deleted: ReadonlySet<ActRef>
  /** By target and reaction; the last word of each person. */
  readonly reactions: ReadonlyMap<ActRef, ReadonlyMap<string, SaidAct>>
}

/** One's own document outweighs the copy in a ledger: there one can still edit. */
function firstOfEach(said: readonly SaidAct[]): readonly SaidAct[] {
  const byRef = new Map<ActRef, SaidAct>()
  for (const each of said) {
    const known = byRef.get(each.ref)
    if (known === undefined || (known.mark !== null && each.mark === null)) byRef.set(each.ref, each)
  }
  return [...byRef.values()]
}

function inOrder(a: SaidAct, b: SaidAct): number {
  return a.act.counter - b.act.counter || (a.ref < b.ref ? -1 : 1)
}

/** Everything that is said about other acts. `sorted` makes the last one win. */
function readFacts(sorted: readonly SaidAct[]): Facts {
  const authors = authorsOf(sorted)
  const edits = new Map<ActRef, SaidAct>()
  const deleted = new Set<ActRef>()
  const reactions = new Map<ActRef, Map<string, SaidAct>>()
  for (const each of sorted) {
    const { act, author } = each
    if (act.kind === 'edit' && authors.get(act.target) === author) {
      const before = edits.get(act.target)
      if (before === undefined || isLater(act, before.act)) edits.set(act.target, each)
    } else if (act.kind === 'delete' && isOwnTarget(act.target, each, authors)) deleted.add(act.target)
    else if (act.kind === 'reaction') {
      const ofTarget = reactions.get(act.target) ?? new Map<string, SaidAct>()
      const key = `${act.reaction} ${author}`
      const before = ofTarget.get(key)
      if (before === undefined || isLater(act, before.act)) reactions.set(act.target, ofTarget.set(key, each))
    }
  }
  return { edits, deleted, reactions }
}

function authorsOf(said: readonly SaidAct[]): ReadonlyMap<ActRef, PersonId> {
  const authors = new Map<ActRef, PersonId>()
  for (const { ref, author, act } of said) if (act.kind === 'comment' || act.kind === 'reply') authors.set(ref, author)
  return authors
}

/** What was taken back is gone from its document; then it was the same document that says so. */
function isOwnTarget(target: ActRef, by: SaidAct, authors: ReadonlyMap<ActRef, PersonId>): boolean {
  const author = authors.get(target)
  return author === undefined ? documentOfRef(target) === documentOfRef(by.ref) : author === by.author
}

function openThread(threads: Map<ActRef, ThreadDraft>, said: SaidAct): void {
  const { ref, author, act } = said
  const draft = { replies: [], decided: null, author }
  if (act.kind === 'comment') threads.set(ref, { ...draft, ref, anchor: act.anchor, opening: said })
  else if (act.kind === 'delete' && act.thread === null && !threads.has(act.target)) {
    if (documentOfRef(act.target) !== documentOfRef(ref)) return
    threads.set(act.target, { ...draft, ref: act.target, anchor: act.anchor, opening: null })
  }
}

function settle(thread: ThreadDraft | undefined, by: SaidAct): void {
  if (thread === undefined) return
  if (thread.decided === null || isLater(by.act, thread.decided.act)) thread.decided = by
}

/** A thread that was taken back and that nobody had answered is gone. */
function finish(draft: ThreadDraft, facts: Facts): readonly Thread[] {
  const { ref, author, anchor, decided } = draft
  const isGone = draft.opening === null || facts.deleted.has(ref)
  if (isGone && draft.replies.length === 0) return []
  const resolved = decided?.act.kind === 'resolve' ? { by: decided.author, atMs: decided.act.atMs } : null
  const opening = isGone || draft.opening === null ? null : remarkOf(draft.opening, facts)
  const replies = draft.replies.flatMap((reply) => remarkOf(reply, facts) ?? [])
  return [{ ref, author, anchor, opening, replies, resolved }]
}

function remarkOf({ ref, author, mark, act }: SaidAct, facts: Facts): Remark | null {
  if (act.kind !== 'comment' && act.kind !== 'reply') return null
  const edit = facts.edits.get(ref)?.act
  const { text, editedAtMs } =
    edit?.kind === 'edit' ? { text: edit.text, editedAtMs: edit.atMs } : { text: act.text, editedAtMs: null }
  const { counter, atMs } = act
  return { ref, author, counter, atMs, text, editedAtMs, reactions: reactionsTo(ref, facts), mark }
}

function reactionsTo(ref: ActRef, { reactions }: Facts): readonly Reaction[] {
  const said = reactions.get(ref)
  if (said === undefined) return []
  const isOn = ({ act }: SaidAct, name: ReactionName) => act.kind === 'reaction' && act.on && act.reaction === name
  return reactionNames.flatMap((reaction) => {
    const people = [...said.values()].filter((each) => isOn(each, reaction)).map(({ author }) => author)
    return people.length === 0 ? [] : [{ reaction, people }]
  })
}

/** What lists and the tree show of a page. */
export interface PageCounts {
  readonly openThreads: number
  readonly remarks: number
  readonly highestCounter: number
}

export function countThreads(said: readonly SaidAct[], threads: readonly Thread[]): PageCounts {
  return {
    openThreads: threads.filter(({ resolved }) => resolved === null).length,
    remarks: threads.reduce((sum, { opening, replies }) => sum + (opening === null ? 0 : 1) + replies.length, 0),
    highestCounter: highestCounter(said),
  }
}
