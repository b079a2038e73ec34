import { Extension, InputRule } from '@tiptap/core'
import { AllSelection, TextSelection } from '@tiptap/pm/state'
import { hrefFromTyped } from './safe-address.ts'

const typedAddress = /(?:^|\s)((?:https?:\/\/|www\.)\S*[^\s.,;:!?)\]])[.,;:!?)\]]*\s$/
const typedTask = /^\s*\[([ x]?)\]\s$/i

/** Keys that the stock extensions lack: an address becomes a link when a space follows, `- [ ] ` a task, Enter takes any selection. */
export const MarkdownShortcuts = Extension.create({
  name: 'markdownShortcuts',
  // Before the stock rule for `[ ]`, which would put a task list inside the bullet.
  priority: 200,
  addKeyboardShortcuts() {
    return {
      // Tiptap's own Enter throws over a selection that begins and ends in different kinds of block; without one it does not.
      Enter: () => {
        const { selection } = this.editor.state
        const isOverBlocks = selection instanceof TextSelection && !selection.$from.sameParent(selection.$to)
        if (isOverBlocks || selection instanceof AllSelection) this.editor.commands.deleteSelection()
        return false
      },
    }
  },
  addInputRules() {
    return [
      new InputRule({
        find: typedAddress,
        handler: ({ state, range, match }) => {
          const [whole, address] = match
          const href = hrefFromTyped(address ?? '')
          const link = state.schema.marks['link']
          if (href === null || address === undefined || link === undefined) return null
          const from = range.from + whole.indexOf(address)
          state.tr
            .addMark(from, from + address.length, link.create({ href }))
            .insertText(' ', range.to)
            .removeStoredMark(link)
          return undefined
        },
      }),
      new InputRule({
        find: typedTask,
        handler: ({ state, range, match, chain }) => {
          const { $from } = state.selection
          if ($from.depth < 3 || $from.node(-1).type.name !== 'listItem' || $from.index(-1) !== 0) return null
          const isDone = match[1]?.toLowerCase() === 'x'
          chain()
            .deleteRange(range)
            .clearNodes()
            .toggleTaskList()
            .updateAttributes('taskItem', { checked: isDone })
            .run()
          return undefined
        },
      }),
    ]
  },
})
