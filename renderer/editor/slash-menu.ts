import { Extension } from '@tiptap/core'
import type { Editor, Range } from '@tiptap/core'
import { PluginKey } from '@tiptap/pm/state'
import { Suggestion } from '@tiptap/suggestion'
import type { SuggestionProps } from '@tiptap/suggestion'
import type { EditorMenus, Place, SlashMenuState } from './editor-menus.ts'
import type { EditorTexts, SlashBlock } from './editor-texts.ts'
import { findBlocks, insertBlock } from './slash-commands.ts'
import { isFromDocument } from './page-binding.ts'
import { keyInList } from './menu-keys.ts'

const menuHeight = 380
const slashKey = new PluginKey<{ readonly active: boolean }>('slashMenu')

/** Ask for a file; null where there is no place for one. */
interface Pickers {
  readonly pickImage: ((editor: Editor) => void) | null
  readonly pickFile: ((editor: Editor) => void) | null
}

/** Typing `/` offers blocks; arrows choose, Enter or Tab takes, Escape leaves the text as it is. */
export function slashMenu(options: Pickers & { readonly menus: EditorMenus; readonly texts: EditorTexts }): Extension {
  const { menus, texts } = options
  return Extension.create({
    name: 'slashMenu',
    addProseMirrorPlugins() {
      const { editor } = this
      return [
        Suggestion<SlashBlock, SlashBlock>({
          editor,
          pluginKey: slashKey,
          char: '/',
          decorationClass: 'slash-query',
          items: ({ query }) => [
            ...findBlocks(query, texts, { image: options.pickImage !== null, file: options.pickFile !== null }),
          ],
          allow: ({ state }) => editor.isEditable && !state.selection.$from.parent.type.spec.code,
          // What others write neither opens the menu nor closes it.
          shouldShow: ({ transaction }) =>
            !isFromDocument(transaction) || slashKey.getState(editor.state)?.active === true,
          command: ({ props, range }) => {
            take(editor, range, props, options)
          },
          render: () => showIn(editor, menus),
        }),
      ]
    },
  })
}

function take(editor: Editor, range: Range, block: SlashBlock, pick: Pickers): void {
  if (block !== 'image' && block !== 'file') {
    insertBlock(editor, range, block)
    return
  }
  editor.chain().focus().deleteRange(range).run()
  const picker = block === 'image' ? pick.pickImage : pick.pickFile
  picker?.(editor)
}

function showIn(editor: Editor, menus: EditorMenus) {
  let current: SlashMenuState | null = null
  const set = (state: SlashMenuState | null) => {
    current = state
    menus.update({ slash: state })
    if (editor.isDestroyed) return
    setOrRemove(editor.view.dom, 'aria-haspopup', state === null ? null : 'listbox')
    setOrRemove(
      editor.view.dom,
      'aria-activedescendant',
      state === null ? null : slashOptionId(state.items[state.index]),
    )
  }
  const show = ({ items, range, command }: SuggestionProps<SlashBlock, SlashBlock>) => {
    const index = Math.max(0, current === null ? 0 : items.indexOf(current.items[current.index] ?? 'text'))
    set({
      place: placeAt(editor, range.from),
      items,
      index: current?.items.length === items.length ? index : 0,
      choose: command,
    })
  }
  return {
    onStart: show,
    onUpdate: show,
    onExit: () => {
      set(null)
    },
    onKeyDown: ({ event }: { readonly event: KeyboardEvent }) =>
      keyInList(event, current, (index) => {
        if (current !== null) set({ ...current, index })
      }),
  }
}

/** The id of an option in the list, by which screen readers follow the choice. */
export function slashOptionId(block: SlashBlock | undefined): string | null {
  return block === undefined ? null : `plein-slash-${block}`
}

function setOrRemove(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name)
  else element.setAttribute(name, value)
}

/** Under the text at a position; above it where the window ends too soon. */
export function placeAt(editor: Editor, position: number, height = menuHeight): Place {
  const { view } = editor
  const text = view.coordsAtPos(Math.min(position, view.state.doc.content.size))
  const frame = (view.dom.parentElement ?? view.dom).getBoundingClientRect()
  const isAbove = text.bottom + height > window.innerHeight && text.top > window.innerHeight - text.bottom
  return { left: text.left - frame.left, top: (isAbove ? text.top - 6 : text.bottom + 6) - frame.top, isAbove }
}
