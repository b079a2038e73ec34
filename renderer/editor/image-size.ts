import type { Editor } from '@tiptap/core'
import { NodeSelection } from '@tiptap/pm/state'

/** The least that an image can be made, and how much one press changes. */
const [leastWidth, widthOfStep] = [48, 64]

/** Changes the image at a position, which stays selected. */
export function setImage({ state, view }: Editor, position: number, change: Readonly<Record<string, unknown>>): void {
  const node = state.doc.nodeAt(position)
  if (node?.type.name !== 'image') return
  const transaction = state.tr.setNodeMarkup(position, null, { ...node.attrs, ...change })
  view.dispatch(transaction.setSelection(NodeSelection.create(transaction.doc, position)))
}

/** Makes an image wider or narrower by one step from what it is on the screen. */
export function widthStep(editor: Editor, position: number, step: -1 | 1): void {
  const element = editor.view.nodeDOM(position)
  const image = element instanceof HTMLElement ? element.querySelector('img') : null
  if (image !== null) setImage(editor, position, sizeOf(image.getBoundingClientRect().width + step * widthOfStep))
}

/** What an image of this width on the screen holds: its height follows by itself. */
export function sizeOf(width: number): { readonly width: number; readonly height: null } {
  return { width: Math.max(Math.round(width), leastWidth), height: null }
}
