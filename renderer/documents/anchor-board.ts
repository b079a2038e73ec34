import type { ActRef } from '../../model/act-ref.ts'
import type { Anchor } from '../../model/act.ts'
import { LiveValue } from './live.ts'

/** A thread in the text, or the one that is being begun. */
export type AnchorKey = ActRef | 'draft'

export interface AnchoredThread {
  readonly key: AnchorKey
  readonly anchor: Anchor
}

/** Where the words of a thread stand, in pixels from the top of the text; null where they are not there (any more). */
export type AnchorPlaces = ReadonlyMap<AnchorKey, number | null>

/** Something selected that one may comment on; pixels from the top left of the text. */
export interface SelectionPlace {
  readonly left: number
  readonly top: number
}

/** What the editor does for comments. */
export interface AnchorEditor {
  /** Null where nothing that can be quoted is selected. */
  takeSelection(): Anchor | null
  /** Puts the caret back into the text, at the words of a thread where one is named. */
  focusText(key: AnchorKey | null): void
  /** Scrolls to the words of a thread. */
  reveal(key: AnchorKey): void
}

const none: AnchorPlaces = new Map()

/**
 * Between the text of one page and the comments beside it: neither knows the other. The screen says which threads there are and
 * which is looked at; the editor says where their words stand.
 */
export class AnchorBoard {
  /** Set by the screen: the open threads on selections. */
  readonly threads = new LiveValue<readonly AnchoredThread[]>([])
  /** Set by both: the thread that the caret or the eye is at. Nothing may take the focus because of it: a caret only passes through. */
  readonly active = new LiveValue<AnchorKey | null>(null)
  /** The thread that somebody asked to read, which opens a pin or the panel. */
  readonly opened = new LiveValue<AnchorKey | null>(null)
  readonly draft = new LiveValue<Anchor | null>(null)
  /** Set by the editor. */
  readonly places = new LiveValue<AnchorPlaces>(none)
  readonly selection = new LiveValue<SelectionPlace | null>(null)
  /** Whether this person may comment here at all. */
  readonly mayComment = new LiveValue(false)
  #editor: AnchorEditor | null = null

  attach(editor: AnchorEditor): () => void {
    this.#editor = editor
    return () => {
      if (this.#editor !== editor) return
      this.#editor = null
      this.places.set(none)
      this.selection.set(null)
    }
  }

  /** Begins a thread on what is selected; answers false where there is nothing to begin it on. */
  begin(): boolean {
    const anchor = this.mayComment.snapshot() ? (this.#editor?.takeSelection() ?? null) : null
    if (anchor === null) return false
    this.draft.set(anchor)
    this.active.set('draft')
    return true
  }

  /** Shows a thread to somebody who asked for it by its words, its pin or a link; null closes it. */
  open(key: AnchorKey | null): void {
    this.active.set(key)
    this.opened.set(key)
  }

  /** Lets go of what is looked at; the caret goes back to where the comment stood. A comment that was begun stays begun. */
  backToText(): void {
    const active = this.active.snapshot()
    if (active !== 'draft') this.active.set(null)
    this.opened.set(null)
    this.#editor?.focusText(active)
  }

  endDraft(): void {
    this.draft.set(null)
    if (this.active.snapshot() === 'draft') this.active.set(null)
  }

  reveal(key: AnchorKey): void {
    this.#editor?.reveal(key)
  }
}
