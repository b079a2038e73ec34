import { Extension } from '@tiptap/core'
import type { Editor, Range } from '@tiptap/core'
import { PluginKey } from '@tiptap/pm/state'
import { Suggestion } from '@tiptap/suggestion'
import type { SuggestionProps } from '@tiptap/suggestion'
import type { Choice, ChoiceMenuState, EditorMenus } from './editor-menus.ts'
import { isFromDocument } from './page-binding.ts'
import { placeAt } from './slash-menu.ts'
import { keyInList } from './menu-keys.ts'

const menuHeight = 330
/** A query beyond this is text that happens to stand behind the sign. */
const longestQuery = 60

export interface ChoiceMenuOptions {
  readonly name: string
  readonly sign: string
  readonly label: string
  readonly menus: EditorMenus
  /** Inside words too: `[[` means nothing else anywhere. */
  readonly insideWords: boolean
  readonly find: (query: string) => readonly Choice[]
  readonly take: (editor: Editor, range: Range, choice: Choice) => void
}

/** A sign in the text that offers things by name: arrows choose, Enter or Tab takes, Escape leaves the text as it is. */
export function choiceMenu(options: ChoiceMenuOptions): Extension {
  const { name, sign, menus, label } = options
  const key = new PluginKey<{ readonly active: boolean }>(name)
  return Extension.create({
    name,
    addProseMirrorPlugins() {
      const { editor } = this
      return [
        Suggestion<Choice, Choice>({
          editor,
          pluginKey: key,
          char: sign,
          allowSpaces: true,
          allowedPrefixes: options.insideWords ? null : [' ', '(', '\u00a0'],
          decorationClass: 'slash-query',
          items: ({ query }) => [...options.find(query)],
          allow: ({ state, range }) => {
            if (!editor.isEditable || state.selection.$from.parent.type.spec.code === true) return false
            const text = state.doc.textBetween(range.from, range.to)
            return text.length <= longestQuery && !text.includes(']') && !/^\W\s/.test(text)
          },
          shouldShow: ({ transaction, query }) => {
            const isOpen = key.getState(editor.state)?.active === true
            if (isFromDocument(transaction)) return isOpen
            // Behind a name that nothing has, people just go on writing.
            return options.insideWords || query === '' || options.find(query).length > 0
          },
          command: ({ props, range }) => {
            options.take(editor, range, props)
          },
          render: () => showIn(editor, menus, label),
        }),
      ]
    },
  })
}

function showIn(editor: Editor, menus: EditorMenus, label: string) {
  let current: ChoiceMenuState | null = null
  const set = (state: ChoiceMenuState | null) => {
    current = state
    menus.update({ choices: state })
    if (editor.isDestroyed) return
    const { dom } = editor.view
    const chosen = state?.items[state.index]
    if (chosen === undefined) {
      dom.removeAttribute('aria-haspopup')
      dom.removeAttribute('aria-activedescendant')
      return
    }
    dom.setAttribute('aria-haspopup', 'listbox')
    dom.setAttribute('aria-activedescendant', choiceOptionId(chosen))
  }
  const show = ({ items, range, command }: SuggestionProps<Choice, Choice>) => {
    set({ place: placeAt(editor, range.from, menuHeight), label, items, index: 0, choose: command })
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
export function choiceOptionId({ id }: Choice): string {
  return `plein-choice-${id}`
}
