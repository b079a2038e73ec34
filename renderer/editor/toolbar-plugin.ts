import { Extension, getMarkAttributes, isMarkActive } from '@tiptap/core'
import type { Editor } from '@tiptap/core'
import { NodeSelection, Plugin, TextSelection } from '@tiptap/pm/state'
import type { EditorState } from '@tiptap/pm/state'
import { findTable, isInTable } from '@tiptap/pm/tables'
import { imageAlignOf } from '../../model/page-content.ts'
import type { EditorMenus, MarksState, Place } from './editor-menus.ts'
import { placeAt } from './slash-menu.ts'

const toolbarHeight = 44

/** Shows the toolbar of marks over a selection, that of a link beside its caret, and that of a table over it. */
export function toolbars(menus: EditorMenus): Extension {
  return Extension.create({
    name: 'toolbars',
    priority: 50,
    addKeyboardShortcuts() {
      return {
        // Without a selection there is nothing to link: then the key is the window's, which searches.
        'Mod-k': () => {
          const { empty } = this.editor.state.selection
          return (!empty || this.editor.isActive('link')) && openLinkField(this.editor, menus)
        },
        // The way to the toolbars by keyboard, as in other editors.
        'Alt-F10': () => {
          this.editor.view.dom.parentElement?.querySelector<HTMLElement>('[role="toolbar"] button')?.focus()
          return true
        },
        Escape: () => {
          const isOpen = menus.snapshot().toolbar !== null
          menus.update({ toolbar: null })
          return isOpen
        },
      }
    },
    addProseMirrorPlugins() {
      const { editor } = this
      return [
        new Plugin({
          view: () => ({
            update: (view, before) => {
              if (view.state.doc === before.doc && view.state.selection.eq(before.selection)) return
              follow(editor, menus)
            },
            destroy: () => {
              menus.closeAll()
            },
          }),
          props: {
            handleDOMEvents: {
              mouseup: () => {
                // After the browser has settled the selection.
                setTimeout(() => {
                  if (!editor.isDestroyed) follow(editor, menus)
                })
                return false
              },
              blur: (view, event) => {
                const isWithin =
                  event.relatedTarget instanceof Node && view.dom.parentElement?.contains(event.relatedTarget) === true
                if (!isWithin) menus.update({ toolbar: null, table: null, image: null })
                return false
              },
              focus: () => {
                follow(editor, menus)
                return false
              },
            },
          },
        }),
      ]
    },
  })
}

/** Asks for the address of a link at the selection; false where there can be none, as in code. */
export function openLinkField(editor: Editor, menus: EditorMenus): boolean {
  if (!editor.isEditable || editor.state.selection.$from.parent.type.spec.code === true) return false
  editor.chain().extendMarkRange('link').run()
  menus.update({ toolbar: { place: toolbarPlace(editor), marks: marksOf(editor.state), isLinking: true } })
  return true
}

/** Cheap where nothing is selected: most keystrokes end here. */
function follow(editor: Editor, menus: EditorMenus): void {
  const { state, view } = editor
  if (!editor.isEditable || !view.hasFocus()) return
  const { selection } = state
  const href = selection.empty ? linkAt(state) : null
  const isOffered =
    href !== null || (selection instanceof TextSelection && !selection.empty && !selection.$from.parent.type.spec.code)
  const isDragging = view.dom.matches(':active')
  const marks = isOffered && !isDragging ? marksOf(state) : null
  menus.update({ toolbar: marks === null ? null : { place: toolbarPlace(editor), marks, isLinking: false } })
  followTable(editor, menus)
  followImage(editor, menus)
}

function followImage(editor: Editor, menus: EditorMenus): void {
  const { selection } = editor.state
  const node = selection instanceof NodeSelection && selection.node.type.name === 'image' ? selection.node : null
  if (node === null) {
    menus.update({ image: null })
    return
  }
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const { align, caption, alt } = node.attrs
  const position = selection.from
  const place = { ...tablePlace(editor, position), isEnd: false, left: 0 }
  menus.update({ image: { position, place, align: imageAlignOf(align), caption: text(caption), alt: text(alt) } })
}

/** Measuring makes the browser lay the page out, so it is done when the caret comes into a table, not for each letter in it. */
function followTable(editor: Editor, menus: EditorMenus): void {
  const { selection } = editor.state
  const position = isInTable(editor.state) ? (findTable(selection.$from)?.pos ?? null) : null
  if (position === (menus.snapshot().table?.position ?? null)) return
  menus.update({ table: position === null ? null : { position, place: tablePlace(editor, position) } })
}

function linkAt({ selection: { $from } }: EditorState): string | null {
  const mark = $from.marks().find(({ type }) => type.name === 'link')
  const href: unknown = mark?.attrs['href']
  return typeof href === 'string' ? href : null
}

/** What the toolbar shows as pressed. */
function marksOf(state: EditorState): MarksState {
  const href: unknown = getMarkAttributes(state, 'link')['href']
  return {
    bold: isMarkActive(state, 'bold'),
    italic: isMarkActive(state, 'italic'),
    strike: isMarkActive(state, 'strike'),
    code: isMarkActive(state, 'code'),
    href: typeof href === 'string' ? href : null,
  }
}

function toolbarPlace(editor: Editor): Place {
  const { from } = editor.state.selection
  const below = placeAt(editor, editor.state.selection.to, toolbarHeight)
  const start = placeAt(editor, from, 0)
  return { ...below, left: editor.state.selection.empty ? below.left : start.left }
}

function tablePlace({ view }: Editor, position: number): Place {
  const element = view.nodeDOM(position)
  const frame = (view.dom.parentElement ?? view.dom).getBoundingClientRect()
  const shown = element instanceof HTMLElement ? element.getBoundingClientRect() : frame
  // At the end, since a heading over the table begins at the start.
  return { left: shown.right - frame.left, top: shown.top - frame.top, isAbove: true, isEnd: true }
}
