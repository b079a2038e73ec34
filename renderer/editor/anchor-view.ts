import { TextSelection } from '@tiptap/pm/state'
import type { EditorState } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { AnchorBoard, AnchorEditor, AnchorKey, SelectionPlace } from '../documents/anchor-board.ts'
import type { Anchor } from '../../model/act.ts'
import { anchorOf, leastQuote } from './anchor-positions.ts'
import { anchorsKey, keyAt, rangeOf, type AnchorNews } from './anchor-state.ts'
import type { PageBinding } from './page-binding.ts'
import { readSelection } from './read-selection.ts'

/** Measuring makes the browser lay out, so it waits until one pauses; but never longer than a second, for others may not pause. */
const measureAfterMs = 80
const measureAtLeastMs = 1000
/**
 * Drawing puts the editor's selection back into the browser: after a click it must have been read first, or the caret would jump
 * back to where it was. The browser tells of it within a task.
 */
const tellAfterMs = 30
/** Lost words are looked for in the whole page when the page has been quiet for so long. */
const searchAfterMs = 600
/** Farther from the window than this, a thread stands where its block begins: to know better, the browser would lay it out. */
const exactWithinPx = 1200

/** The editor's side of the board: says where threads stand, and does what the comments ask. */
export class AnchorView implements AnchorEditor {
  readonly #view: EditorView
  readonly #binding: PageBinding
  readonly #board: AnchorBoard
  readonly #undo: (() => void)[] = []
  readonly #resized: ResizeObserver
  #measuring: ReturnType<typeof setTimeout> | null = null
  #measureBy = 0
  #searching: ReturnType<typeof setTimeout> | null = null
  #telling: ReturnType<typeof setTimeout> | null = null
  /** Of what was looked for last: which words, in a page of which size. */
  #searched = ''
  #searchedSize = 0

  constructor(view: EditorView, binding: PageBinding, board: AnchorBoard) {
    this.#view = view
    this.#binding = binding
    this.#board = board
    this.#resized = new ResizeObserver(this.#measureSoon)
    this.#resized.observe(view.dom)
    this.#undo.push(
      board.attach(this),
      board.threads.subscribe(this.#tellSoon),
      board.draft.subscribe(this.#tellSoon),
      board.active.subscribe(this.#tellSoon),
    )
    this.#tellSoon()
  }

  update(view: EditorView, before: EditorState): void {
    const [now, then] = [anchorsKey.getState(view.state), anchorsKey.getState(before)]
    if (now !== then) this.#measureSoon()
    if (now !== then && now !== undefined) this.#searchPerhaps(now.lost)
    if (!view.state.selection.eq(before.selection)) this.#followSelection(view)
  }

  destroy(): void {
    for (const undo of this.#undo) undo()
    this.#resized.disconnect()
    if (this.#measuring !== null) clearTimeout(this.#measuring)
    if (this.#searching !== null) clearTimeout(this.#searching)
    if (this.#telling !== null) clearTimeout(this.#telling)
  }

  takeSelection(): Anchor | null {
    const { doc, selection } = this.#view.state
    return selection.empty ? null : anchorOf(this.#binding, doc, selection)
  }

  focusText(key: AnchorKey | null): void {
    const range = key === null ? null : rangeOf(this.#view.state, key)
    const { state } = this.#view
    if (range !== null) this.#view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, range.to)))
    this.#view.focus()
  }

  reveal(key: AnchorKey): void {
    const range = rangeOf(this.#view.state, key)
    if (range === null) return
    const { node } = this.#view.domAtPos(range.from)
    const element = node instanceof Element ? node : node.parentElement
    element?.scrollIntoView({ block: 'nearest' })
  }

  /** After whatever is under way: the board may change while the editor shows something, or by a click whose caret is not read yet. */
  readonly #tellSoon = (): void => {
    this.#telling ??= setTimeout(() => {
      this.#telling = null
      if (!this.#view.isDestroyed) this.#tell()
    }, tellAfterMs)
  }

  #tell(): void {
    const draft = this.#board.draft.snapshot()
    const threads = this.#board.threads.snapshot()
    const news: AnchorNews = {
      type: 'threads',
      threads: draft === null ? threads : [...threads, { key: 'draft', anchor: draft }],
      active: this.#board.active.snapshot(),
    }
    this.#draw(news)
  }

  #draw(news: AnchorNews): void {
    readSelection(this.#view)
    this.#view.dispatch(this.#view.state.tr.setMeta(anchorsKey, news).setMeta('addToHistory', false))
  }

  #followSelection({ state, editable }: EditorView): void {
    const { selection } = state
    if (editable && selection.empty) {
      const key = keyAt(state, selection.from)
      if (key !== null) this.#board.active.set(key)
    }
    this.#board.selection.set(editable || selection.empty ? null : this.#placeOfSelection())
  }

  #placeOfSelection(): SelectionPlace | null {
    const frame = this.#view.dom.parentElement?.getBoundingClientRect()
    if (frame === undefined || this.takeSelection() === null) return null
    const { left, top } = this.#view.coordsAtPos(this.#view.state.selection.from)
    return { left: left - frame.left, top: top - frame.top }
  }

  readonly #measureSoon = (): void => {
    const now = performance.now()
    if (this.#measuring === null) this.#measureBy = now + measureAtLeastMs
    else clearTimeout(this.#measuring)
    const wait = Math.min(measureAfterMs, Math.max(0, this.#measureBy - now))
    this.#measuring = setTimeout(() => {
      this.#measuring = null
      if (!this.#view.isDestroyed) this.#measure()
    }, wait)
  }

  #measure(): void {
    const frame = this.#view.dom.parentElement?.getBoundingClientRect()
    const state = anchorsKey.getState(this.#view.state)
    if (frame === undefined || state === undefined) return
    const places = new Map<AnchorKey, number | null>()
    for (const key of state.threads.keys()) {
      const range = rangeOf(this.#view.state, key)
      places.set(key, range === null ? null : Math.round(this.#topOf(range.from) - frame.top))
    }
    if (!isSame(places, this.#board.places.snapshot())) this.#board.places.set(places)
  }

  #topOf(position: number): number {
    const resolved = this.#view.state.doc.resolve(position)
    const block = this.#view.nodeDOM(resolved.before(1))
    if (block instanceof Element) {
      const { top, bottom } = block.getBoundingClientRect()
      if (bottom < -exactWithinPx || top > window.innerHeight + exactWithinPx) return top
    }
    return this.#view.coordsAtPos(position).top
  }

  /** A page is walked for lost words when they get lost, and when about as many words have come as they had. */
  #searchPerhaps(lost: ReadonlyMap<AnchorKey, number>): void {
    if (lost.size === 0) return
    const wanted = [...lost.keys()].join()
    const { size } = this.#view.state.doc.content
    const isSameSize = Math.abs(size - this.#searchedSize) < leastQuote
    if (wanted === this.#searched && isSameSize) return
    if (this.#searching !== null) clearTimeout(this.#searching)
    this.#searching = setTimeout(() => {
      this.#searching = null
      if (this.#view.isDestroyed) return
      this.#searched = wanted
      this.#searchedSize = this.#view.state.doc.content.size
      this.#draw({ type: 'search' })
    }, searchAfterMs)
  }
}

function isSame(a: ReadonlyMap<AnchorKey, number | null>, b: ReadonlyMap<AnchorKey, number | null>): boolean {
  return a.size === b.size && [...a].every(([key, top]) => b.get(key) === top)
}
