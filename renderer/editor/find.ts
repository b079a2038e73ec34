import type { Extension } from '@tiptap/core'
import { FindAndReplace, FindAndReplacePluginKey } from '@tiptap/extension-find-and-replace'
import type { FindAndReplacePluginState } from '@tiptap/extension-find-and-replace'
import { Plugin } from '@tiptap/pm/state'
import type { EditorState, PluginSpec, Transaction } from '@tiptap/pm/state'
import type { EditorMenus } from './editor-menus.ts'

/** Find and replace in the page. Searches again only where something changed, and not at all while nothing is looked for. */
export function find(menus: EditorMenus): Extension {
  return FindAndReplace.extend({
    addKeyboardShortcuts() {
      return {
        'Mod-f': ({ editor }) => {
          const { from, to } = editor.state.selection
          const selected = editor.state.doc.textBetween(from, to)
          menus.update({ find: { first: selected.length <= 80 ? selected : '' } })
          return true
        },
      }
    },
    addProseMirrorPlugins() {
      return (this.parent?.() ?? []).map((plugin) => restingPlugin(plugin))
    },
  }).configure({ injectCSS: false, searchDebounceMs: 0 })
}

function restingPlugin(plugin: Plugin): Plugin {
  const spec: PluginSpec<FindAndReplacePluginState> = plugin.spec
  const { state } = spec
  if (state === undefined) return plugin
  return new Plugin<FindAndReplacePluginState>({
    ...spec,
    state: {
      ...state,
      apply(transaction: Transaction, value, before: EditorState, after: EditorState) {
        const isAsked = transaction.getMeta(FindAndReplacePluginKey) !== undefined
        return value.searchTerm === '' && !isAsked ? value : state.apply.call(plugin, transaction, value, before, after)
      },
    },
  })
}
