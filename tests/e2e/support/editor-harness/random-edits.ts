import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'

/** A small generator of numbers between 0 and 1 (mulberry32): the same seed plays the same edits. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Edit = (editor: Editor, random: () => number) => void

const edits: readonly Edit[] = [
  (editor, random) => editor.commands.insertContent(`${String.fromCharCode(97 + Math.floor(random() * 26))} `),
  (editor, random) => editor.commands.insertContent('woord '.repeat(1 + Math.floor(random() * 3))),
  (editor) => editor.commands.deleteSelection() && editor.commands.splitBlock(),
  (editor) => editor.state.selection.empty && editor.commands.splitBlock(),
  (editor) => editor.state.selection.empty && editor.commands.splitListItem('listItem'),
  (editor) => editor.commands.joinBackward(),
  (editor) => editor.commands.liftEmptyBlock(),
  (editor) => editor.commands.deleteSelection(),
  (editor) => editor.commands.toggleBold(),
  (editor) => editor.commands.toggleCode(),
  (editor) => editor.commands.setLink({ href: 'https://plein.example' }),
  (editor) => editor.commands.toggleBulletList(),
  (editor) => editor.commands.toggleTaskList(),
  (editor) => editor.commands.toggleBlockquote(),
  (editor) => editor.commands.toggleHeading({ level: 2 }),
  (editor) => editor.commands.toggleCodeBlock(),
  (editor) => editor.commands.sinkListItem('listItem'),
  (editor) => editor.commands.liftListItem('listItem'),
  (editor) => editor.commands.insertTable({ rows: 2, cols: 2 }),
  (editor) => editor.commands.addRowAfter(),
  (editor) => editor.commands.addColumnAfter(),
  (editor) => editor.commands.deleteRow(),
  (editor) => editor.commands.deleteColumn(),
  (editor) => editor.commands.setHardBreak(),
  (editor) => editor.commands.insertContent({ type: 'image', attrs: { file: 'b'.repeat(64), alt: 'kaart' } }),
  (editor) => editor.commands.undo(),
  (editor) => editor.commands.redo(),
]

/** One edit at a random place, sometimes over a selection. */
export function editRandomly(editor: Editor, random: () => number): void {
  const { size } = editor.state.doc.content
  const from = Math.floor(random() * size)
  const to = random() < 0.3 ? Math.min(size, from + Math.floor(random() * 20)) : from
  // As a click does: the nearest place where there is text.
  const selection = TextSelection.between(editor.state.doc.resolve(from), editor.state.doc.resolve(to))
  editor.view.dispatch(editor.state.tr.setSelection(selection))
  edits[Math.floor(random() * edits.length)]?.(editor, random)
}
