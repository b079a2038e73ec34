import { Table } from '@tiptap/extension-table'
import { Plugin } from '@tiptap/pm/state'
import { isFromDocument } from './page-binding.ts'

/**
 * The stock table mends uneven rows after every transaction. When two people add a column at once, each of them would mend
 * what the other did, and each mending is an edit that the other mends again: the table grows without end. So only what this
 * person did is mended here; uneven rows made by a merge are shown as they are until somebody edits that table.
 */
export const SharedTable = Table.extend({
  addProseMirrorPlugins() {
    return (this.parent?.() ?? []).map((plugin) => {
      const { appendTransaction, ...spec } = plugin.spec
      if (appendTransaction === undefined) return plugin
      return new Plugin({
        ...spec,
        appendTransaction: (transactions, before, state) =>
          transactions.every((transaction) => isFromDocument(transaction) || !transaction.docChanged) &&
          before.selection.eq(state.selection)
            ? null
            : mendOwn(appendTransaction.call(plugin, transactions, before, state), transactions.some(isFromDocument)),
      })
    })
  },
})

/** A selection may always be put right; the document only after this person's own edit. */
function mendOwn<T extends { readonly docChanged: boolean }>(mended: T | null | undefined, isOthers: boolean): T | null {
  if (mended === null || mended === undefined || (isOthers && mended.docChanged)) return null
  return mended
}
