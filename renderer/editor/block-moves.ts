import { Extension } from '@tiptap/core'
import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { NodeSelection } from '@tiptap/pm/state'
import type { EditorState } from '@tiptap/pm/state'
import * as Y from 'yjs'
import type { PageBinding } from './page-binding.ts'

/** Passing more blocks than this would rewrite more than the one block that moves. */
const mostPassed = 40

/** What moving needs of a binding. */
type MovableBlocks = Pick<PageBinding, 'doc' | 'fragment' | 'mapping'>

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

/**
 * Yjs has no move: something is written anew in another place, and what others write in the old one meanwhile is lost with it. So
 * the block itself stays what it is, for it is the one that people are busy with, and the few that it passes change sides.
 * The editor follows the document, as it does after other people's changes; the origin makes it a step of this person's undo.
 */
function moveTo(binding: MovableBlocks, { parent, index }: BlockPlace, before: number): boolean {
  if (before < 0 || before > parent.length || before === index || before === index + 1) return false
  const isDown = before > index
  const [from, count] = isDown ? [index + 1, before - index - 1] : [before, index - before]
  binding.doc.transact(() => {
    if (count > mostPassed) {
      const [copy] = copiesOf(parent, index, 1)
      if (copy === undefined) return
      parent.delete(index, 1)
      parent.insert(isDown ? before - 1 : before, [copy])
      return
    }
    const copies = copiesOf(parent, from, count)
    parent.delete(from, count)
    parent.insert(isDown ? index : before + 1, copies)
  }, binding)
  return true
}

function copiesOf(parent: Y.XmlFragment, from: number, count: number): Y.XmlElement[] {
  const children: readonly unknown[] = parent.toArray()
  return children.slice(from, from + count).flatMap((child) => (child instanceof Y.XmlElement ? [copyOf(child)] : []))
}

function copyOf(element: Y.XmlElement): Y.XmlElement {
  const copy: unknown = element.clone()
  if (copy instanceof Y.XmlElement) return copy
  throw new TypeError('A copy of an element is an element')
}
