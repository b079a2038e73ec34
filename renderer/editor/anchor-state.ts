import { PluginKey } from '@tiptap/pm/state'
import type { EditorState, Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import type { AnchoredThread, AnchorKey } from '../documents/anchor-board.ts'
import { findQuote, placeOf, type TextRange } from './anchor-positions.ts'
import { isFromDocument } from './page-binding.ts'
import type { PageBinding } from './page-binding.ts'

/** Where the words of threads stand in the editor's document. Moves along with each change; nothing is walked for a keystroke. */
export interface AnchorState {
  readonly threads: ReadonlyMap<AnchorKey, AnchoredThread>
  readonly active: AnchorKey | null
  readonly drawn: DecorationSet
  /** Words that are gone, and where they were. */
  readonly lost: ReadonlyMap<AnchorKey, number>
}

export type AnchorNews =
  | { readonly type: 'threads'; readonly threads: readonly AnchoredThread[]; readonly active: AnchorKey | null }
  /** Look for lost words in the whole page. */
  | { readonly type: 'search' }

export const noAnchors: AnchorState = { threads: new Map(), active: null, drawn: DecorationSet.empty, lost: new Map() }

export const anchorsKey = new PluginKey<AnchorState>('commentAnchors')

/** The range of a thread; null where its words are gone. */
export function rangeOf(state: EditorState, key: AnchorKey): TextRange | null {
  return rangeIn(anchorsKey.getState(state)?.drawn ?? DecorationSet.empty, key)
}

/** Of several threads at one place, the one with the fewest words. */
export function keyAt(state: EditorState, position: number): AnchorKey | null {
  const found = (anchorsKey.getState(state)?.drawn ?? DecorationSet.empty).find(position, position)
  const shortest = found.toSorted((a, b) => a.to - a.from - (b.to - b.from))[0]
  return shortest === undefined ? null : keyIn(shortest.spec)
}

export function nextAnchors(transaction: Transaction, before: AnchorState, binding: PageBinding): AnchorState {
  const state = transaction.docChanged ? moved(transaction, before, binding) : before
  const news = transaction.getMeta(anchorsKey) as AnchorNews | undefined
  if (news === undefined) return state
  return news.type === 'threads' ? withThreads(transaction, state, { binding, news }) : searched(transaction, state)
}

/** Decorations move by themselves; only those whose words were written anew are looked up by their positions. */
function moved(transaction: Transaction, state: AnchorState, binding: PageBinding): AnchorState {
  if (state.threads.size === 0) return state
  const gone = new Set<AnchorKey>()
  const drawn = state.drawn.map(transaction.mapping, transaction.doc, {
    onRemove: (spec) => gone.add(keyIn(spec)),
  })
  const lost = new Map<AnchorKey, number>()
  for (const [key, position] of state.lost) lost.set(key, transaction.mapping.map(position))
  for (const key of gone) {
    const range = rangeIn(state.drawn, key)
    lost.set(key, transaction.mapping.map(range?.from ?? 0))
  }
  const mapped = { ...state, drawn, lost }
  // What this person types is in the document only after this; what was lost then is seen when they take it back.
  if (!isFromDocument(transaction)) return withoutFound(mapped, gone)
  const again = [...lost].filter(([key, position]) => gone.has(key) || isChangedAt(transaction, position))
  return lookedUp(transaction, mapped, { binding, keys: again.map(([key]) => key) })
}

/** Of words over several blocks, one may have gone and others stay. */
function withoutFound(state: AnchorState, gone: ReadonlySet<AnchorKey>): AnchorState {
  const lost = new Map(state.lost)
  for (const key of gone) if (rangeIn(state.drawn, key) !== null) lost.delete(key)
  return { ...state, lost }
}

function isChangedAt({ mapping }: Transaction, position: number): boolean {
  let isChanged = false
  mapping.maps.forEach((map, index) => {
    map.forEach((_from, _to, start, end) => {
      const rest = mapping.slice(index + 1)
      if (position >= rest.map(start, -1) - 1 && position <= rest.map(end, 1) + 1) isChanged = true
    })
  })
  return isChanged
}

function lookedUp(
  { doc }: Transaction,
  state: AnchorState,
  { binding, keys }: { readonly binding: PageBinding; readonly keys: readonly AnchorKey[] },
): AnchorState {
  let { drawn } = state
  const lost = new Map(state.lost)
  for (const key of keys) {
    const thread = state.threads.get(key)
    drawn = drawn.remove(partsOf(drawn, key))
    const range = thread === undefined ? null : placeOf(binding, doc, thread.anchor)
    if (range === null) continue
    drawn = drawn.add(doc, [mark(key, range, state.active)])
    lost.delete(key)
  }
  return { ...state, drawn, lost }
}

function withThreads(
  transaction: Transaction,
  state: AnchorState,
  { binding, news }: { readonly binding: PageBinding; readonly news: Extract<AnchorNews, { type: 'threads' }> },
): AnchorState {
  const { doc } = transaction
  const threads = new Map(news.threads.map((thread) => [thread.key, thread]))
  const { active } = news
  const lost = new Map<AnchorKey, number>()
  const marks: Decoration[] = []
  for (const [key, thread] of threads) {
    const isKnown = state.threads.get(key)?.anchor.from === thread.anchor.from
    const range = (isKnown ? rangeIn(state.drawn, key) : null) ?? placeOf(binding, doc, thread.anchor)
    if (range === null) lost.set(key, state.lost.get(key) ?? 0)
    else marks.push(mark(key, range, active))
  }
  return { threads, active, lost, drawn: DecorationSet.create(doc, marks) }
}

/** The same object where nothing was found. */
function searched({ doc }: Transaction, state: AnchorState): AnchorState {
  const lost = new Map(state.lost)
  let { drawn } = state
  for (const key of state.lost.keys()) {
    const range = findQuote(doc, state.threads.get(key)?.anchor.quote ?? '')
    if (range === null) continue
    lost.delete(key)
    drawn = drawn.add(doc, [mark(key, range, state.active)])
  }
  return lost.size === state.lost.size ? state : { ...state, drawn, lost }
}

function mark(key: AnchorKey, { from, to }: TextRange, active: AnchorKey | null): Decoration {
  const attributes = { nodeName: 'mark', 'data-comment': key === active ? 'active' : 'open' }
  return Decoration.inline(from, to, attributes, { key })
}

function partsOf(drawn: DecorationSet, key: AnchorKey): Decoration[] {
  return drawn.find(undefined, undefined, (spec) => keyIn(spec) === key)
}

function rangeIn(drawn: DecorationSet, key: AnchorKey): TextRange | null {
  const parts = partsOf(drawn, key)
  if (parts.length === 0) return null
  return { from: Math.min(...parts.map(({ from }) => from)), to: Math.max(...parts.map(({ to }) => to)) }
}

/** Decorations of this set are all made by `mark`. */
function keyIn(spec: unknown): AnchorKey {
  return Reflect.get(Object(spec), 'key') as AnchorKey
}
