import * as Y from 'yjs'
import type { EditorView } from '@tiptap/pm/view'
import { defaultDeleteFilter } from 'y-prosemirror'
import { origins } from '../../model/origins.ts'
import { pageSchema } from '../../model/page-content.ts'
import { fromDocument } from './page-binding.ts'
import type { PageBinding, RelativeSelection } from './page-binding.ts'

const everyNode = new Set(Object.keys(pageSchema.nodes))

/** Takes back this person's own edits in this editor, never what others wrote in between. */
export class PageUndo {
  readonly #binding: PageBinding
  readonly #manager: Y.UndoManager

  constructor(binding: PageBinding) {
    this.#binding = binding
    this.#manager = new Y.UndoManager(binding.fragment, {
      trackedOrigins: new Set<unknown>([binding, origins.restore]),
      // What others have written in since stays when its creation, or its move, is undone.
      deleteFilter: (item) => defaultDeleteFilter(item, everyNode),
    })
    binding.startNewStep = () => this.#manager.stopCapturing()
    this.#manager.on('stack-item-added', ({ stackItem }) => {
      if (binding.selectionBefore !== null) stackItem.meta.set(binding, binding.selectionBefore)
    })
  }

  canUndo(): boolean {
    return this.#manager.canUndo()
  }

  canRedo(): boolean {
    return this.#manager.canRedo()
  }

  undo(view: EditorView): boolean {
    return this.#restore(view, this.#manager.undo())
  }

  redo(view: EditorView): boolean {
    return this.#restore(view, this.#manager.redo())
  }

  destroy(): void {
    this.#manager.destroy()
  }

  #restore(view: EditorView, item: { readonly meta: ReadonlyMap<unknown, unknown> } | null): boolean {
    if (item === null) return false
    const selection = item.meta.get(this.#binding)
    const transaction = view.state.tr.setMeta(fromDocument, true)
    if (isRelativeSelection(selection)) this.#binding.restoreSelection(transaction, selection)
    view.dispatch(transaction.scrollIntoView())
    return true
  }
}

function isRelativeSelection(value: unknown): value is RelativeSelection {
  return typeof value === 'object' && value !== null && 'anchor' in value && 'head' in value && 'isNode' in value
}
