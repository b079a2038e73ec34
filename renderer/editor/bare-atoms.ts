import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import type { Transaction } from '@tiptap/pm/state'
import { isFromDocument } from './page-binding.ts'

/**
 * Marks belong to words. In the document only text can carry them, so a bold image would be bold for one person until the page
 * is opened again: what one has just marked is bared at once. Looks only where something changed.
 */
export const BareAtoms = Extension.create({
  name: 'bareAtoms',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        appendTransaction: (transactions, _before, state) => {
          if (!transactions.some((transaction) => transaction.docChanged) || transactions.some(isFromDocument))
            return null
          const bared = state.tr
          for (const [from, to] of changedRanges(transactions)) {
            state.doc.nodesBetween(Math.max(from, 0), Math.min(to, state.doc.content.size), (node, position) => {
              if (node.isInline && !node.isText) for (const mark of node.marks) bared.removeNodeMark(position, mark)
            })
          }
          return bared.docChanged ? bared : null
        },
      }),
    ]
  },
})

/** Where the last state differs, also where only marks were set, which a step's map leaves out. */
function changedRanges(transactions: readonly Transaction[]): readonly (readonly [number, number])[] {
  return transactions.flatMap((transaction, index) => {
    const toEnd = (position: number, bias: number, step: number) =>
      transactions
        .slice(index + 1)
        .reduce((at, later) => later.mapping.map(at, bias), transaction.mapping.slice(step + 1).map(position, bias))
    return transaction.steps.flatMap((step, at) => {
      const ranges: (readonly [number, number])[] = []
      step.getMap().forEach((_from, _to, from, to) => {
        ranges.push([toEnd(from, -1, at), toEnd(to, 1, at)])
      })
      if (
        'from' in step &&
        'to' in step &&
        typeof step.from === 'number' &&
        typeof step.to === 'number' &&
        ranges.length === 0
      ) {
        ranges.push([toEnd(step.from, -1, at), toEnd(step.to, 1, at)])
      }
      return ranges
    })
  })
}
