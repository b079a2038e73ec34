import { Table } from '@tiptap/extension-table'
import { Plugin, TextSelection } from '@tiptap/pm/state'
import type { EditorState, PluginSpec, Transaction } from '@tiptap/pm/state'
import { isFromDocument } from './page-binding.ts'

/**
 * The stock table mends uneven rows after every transaction. When two people add a column at once, each of them would mend
 * what the other did, and each mending is an edit that the other mends again: the table grows without end. So only what this
 * person did is mended here; uneven rows made by a merge are shown as they are until somebody edits that table.
 */
export const SharedTable = Table.extend({
  addProseMirrorPlugins() {
    return (this.parent?.() ?? []).map((plugin) => mendingOwnEditsOnly(plugin))
  },
})

function mendingOwnEditsOnly(plugin: Plugin): Plugin {
  const spec: PluginSpec<unknown> = plugin.spec
  const mend = spec.appendTransaction
  if (mend === undefined) return plugin
  return new Plugin({
    ...spec,
    appendTransaction(transactions: readonly Transaction[], before: EditorState, state: EditorState) {
      const isOthers = transactions.some(isFromDocument)
      // Looking for uneven tables walks the page, and this runs for each letter of somebody else.
      if (isOthers && state.selection instanceof TextSelection) return null
      const mended = mend.call(plugin, transactions, before, state)
      // A selection of cells may be put right at any time; the document only after this person's own edit.
      return isOthers && mended?.docChanged === true ? null : mended
    },
  })
}
