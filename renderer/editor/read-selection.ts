import type { EditorView } from '@tiptap/pm/view'

/** What ProseMirror keeps to itself of how it reads the browser. */
interface Observing {
  readonly domObserver: {
    /** What was changed in the page's elements and is not read yet. */
    pendingRecords(): readonly MutationRecord[]
    flush(): void
    flushSoon(): void
  }
}

/**
 * Reads where the browser has the caret. The browser tells of a key such as Home only a moment after it moved the caret, and drawing
 * anything meanwhile would put it back: call this before drawing what the person did not ask for.
 */
export function readSelection(view: EditorView): void {
  if (view.isDestroyed || view.composing || !view.hasFocus()) return
  const { domObserver } = view as EditorView & Partial<Observing>
  if (domObserver === undefined) return
  // Letters are read by themselves, as an edit of this person.
  if (domObserver.pendingRecords().length > 0) domObserver.flushSoon()
  else domObserver.flush()
}
