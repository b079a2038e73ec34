import { Extension } from '@tiptap/core'
import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { NodeSelection } from '@tiptap/pm/state'
import type { EditorState } from '@tiptap/pm/state'
import * as Y from 'yjs'
import { moveChild } from '../../model/block-moves.ts'
import type { PageBinding } from './page-binding.ts'

/** What moving needs of a binding. */
type MovableBlocks = Pick<PageBinding, 'doc' | 'fragment' | 'mapping' | 'startNewStep'>

/** A block among its siblings in the document itself. */
interface BlockPlace {
  readonly parent: Y.XmlFragment
  readonly index: number
}

/** Alt-Shift-arrows move the part of a list with the caret among its siblings, or else the block. */
export function blockMoves(binding: PageBinding): Extension {
  const move = (editor: Editor, step: -1 | 1) => {
    if (!editor.isEditable) return false
    const path = pathOfSelection(editor.state)
    const place = placeOf(binding, path)
    if (place === null) return false
    const isMoved = moveTo(binding, place, step === 1 ? place.index + 2 : place.index - 1)
    if (isMoved) editor.view.dispatch(editor.state.tr.scrollIntoView())
    return true
  }
  return Extension.create({
    name: 'blockMoves',
    addKeyboardShortcuts() {
      return {
        'Alt-Shift-ArrowUp': ({ editor }) => move(editor, -1),
        'Alt-Shift-ArrowDown': ({ editor }) => move(editor, 1),
      }
    },
  })
}

/** Moves a top-level block before another one, or to the end, by their numbers in the editor. */
export function moveTopBlock(binding: MovableBlocks, doc: Node, from: number, before: number): void {
  const place = from < doc.childCount ? placeOf(binding, [doc.child(from)]) : null
  const target = before < doc.childCount ? placeOf(binding, [doc.child(before)]) : null
  if (place !== null) moveTo(binding, place, target?.index ?? place.parent.length)
}

/** The nodes from the page down to what moves. */
function pathOfSelection({ selection }: EditorState): readonly Node[] {
  const { $from } = selection
  const whole = selection instanceof NodeSelection && !selection.node.isInline ? [selection.node] : []
  const path = [...Array.from({ length: $from.depth }, (_, depth) => $from.node(depth + 1)), ...whole]
  const item = path.findLastIndex(({ type }) => type.name === 'listItem' || type.name === 'taskItem')
  return path.slice(0, Math.max(item, 0) + 1)
}

function placeOf(binding: MovableBlocks, path: readonly Node[]): BlockPlace | null {
  let place: BlockPlace | null = null
  let parent: Y.XmlFragment | null = binding.fragment
  for (const node of path) {
    const children: readonly unknown[] = parent?.toArray() ?? []
    const index = children.findIndex((child) => child instanceof Y.XmlElement && binding.mapping.get(child) === node)
    if (parent === null || index === -1) return null
    place = { parent, index }
    const child = children[index]
    parent = child instanceof Y.XmlElement ? child : null
  }
  return place
}

/** The editor follows the document, as it does after other people's changes; the origin makes it a step of this person's undo. */
function moveTo(binding: MovableBlocks, { parent, index }: BlockPlace, before: number): boolean {
  if (before < 0 || before > parent.length || before === index || before === index + 1) return false
  binding.startNewStep()
  binding.doc.transact(() => {
    moveChild(parent, index, before)
  }, binding)
  binding.startNewStep()
  return true
}
