import { Extension } from '@tiptap/core'
import type { ResolvedPos } from '@tiptap/pm/model'
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { isFromDocument } from './page-binding.ts'
import { readSelection } from './read-selection.ts'

/** How the page stands with its server. */
export interface SentState {
  isOffline(): boolean
  /** Everything that was written in it is on the server. */
  isSent(): boolean
  /** Calls back when either may have changed. */
  subscribe(onChange: () => void): () => void
}

const key = new PluginKey<DecorationSet>('unsentBlocks')

/** These carry the mark for the text within them; elsewhere the block of the page does. */
const lines: ReadonlySet<string> = new Set(['listItem', 'taskItem', 'tableRow'])

/** Blocks that one writes in without a line get a dotted line in the margin, until the server has them. */
export function unsentBlocks(sent: SentState): Extension {
  return Extension.create({
    name: 'unsentBlocks',
    addProseMirrorPlugins() {
      return [
        new Plugin<DecorationSet>({
          key,
          state: {
            init: () => DecorationSet.empty,
            apply: (transaction, marks) => marksAfter(transaction, marks, sent),
          },
          props: { decorations: (state) => key.getState(state) },
          view: (view) => ({ destroy: sent.subscribe(() => clearWhenSent(view, sent)) }),
        }),
      ]
    },
  })
}

function marksAfter(transaction: Transaction, marks: DecorationSet, sent: SentState): DecorationSet {
  if (transaction.getMeta(key) === 'sent') return DecorationSet.empty
  if (!transaction.docChanged) return marks
  const moved = marks === DecorationSet.empty ? marks : marks.map(transaction.mapping, transaction.doc)
  return isFromDocument(transaction) || !sent.isOffline() ? moved : withChanged(transaction, moved)
}

function withChanged({ mapping, doc }: Transaction, marks: DecorationSet): DecorationSet {
  const added = new Map<number, Decoration>()
  mapping.maps.forEach((map, step) => {
    map.forEach((_from, _to, start, end) => {
      const rest = mapping.slice(step + 1)
      for (const at of [rest.map(start, -1), rest.map(end, 1)]) {
        const line = lineAt(doc.resolve(Math.min(at, doc.content.size)))
        if (line === null || marks.find(line.from, line.to, () => true).some(({ from }) => from === line.from)) continue
        added.set(line.from, Decoration.node(line.from, line.to, { 'data-unsent': '' }))
      }
    })
  })
  return added.size === 0 ? marks : marks.add(doc, [...added.values()])
}

function lineAt($at: ResolvedPos): { readonly from: number; readonly to: number } | null {
  for (let depth = $at.depth; depth > 0; depth -= 1) {
    if (depth === 1 || lines.has($at.node(depth).type.name)) return { from: $at.before(depth), to: $at.after(depth) }
  }
  return null
}

function clearWhenSent(view: EditorView, sent: SentState): void {
  if (view.isDestroyed || sent.isOffline() || !sent.isSent()) return
  if (key.getState(view.state) === DecorationSet.empty) return
  readSelection(view)
  view.dispatch(view.state.tr.setMeta(key, 'sent').setMeta('addToHistory', false))
}
