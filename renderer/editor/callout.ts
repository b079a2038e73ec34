import { InputRule, Node, mergeAttributes } from '@tiptap/core'
import { calloutKindOf } from '../../model/page-content.ts'
import type { CalloutKind } from '../../model/page-content.ts'

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    callout: {
      /** Puts the selected blocks into a callout; one that they stand in becomes of this kind. */
      setCallout: (kind: CalloutKind) => ReturnType
    }
  }
}

/** `> [!note] `, as GitHub and Obsidian write it. */
const typedCallout = /^\[!(note|tip|important|warning|caution)\]\s$/i

/** A paragraph or more that asks for attention: something to know, or something to beware of. */
export const Callout = Node.create<{ readonly label: (kind: CalloutKind) => string }>({
  name: 'callout',
  group: 'block',
  content: 'block+',
  defining: true,
  addOptions: () => ({ label: (kind) => kind }),
  addAttributes() {
    return {
      kind: {
        default: 'note',
        parseHTML: (element) => calloutKindOf(element.getAttribute('data-callout')),
        renderHTML: ({ kind }) => ({ 'data-callout': calloutKindOf(kind) }),
      },
    }
  },
  parseHTML: () => [{ tag: '[data-callout]' }],
  renderHTML({ node, HTMLAttributes }) {
    const label = this.options.label(calloutKindOf(node.attrs['kind']))
    return ['aside', mergeAttributes(HTMLAttributes, { role: 'note', 'aria-label': label }), 0]
  },
  addCommands() {
    return {
      setCallout:
        (kind) =>
        ({ commands, editor }) =>
          editor.isActive(this.name)
            ? commands.updateAttributes(this.name, { kind })
            : commands.wrapIn(this.name, { kind }),
    }
  },
  addInputRules() {
    return [
      new InputRule({
        find: typedCallout,
        handler: ({ state, range, match, chain }) => {
          const { $from } = state.selection
          if ($from.depth < 2 || $from.node(-1).type.name !== 'blockquote' || $from.index(-1) !== 0) return null
          const kind = /warning|caution/i.test(match[1] ?? '') ? 'warning' : 'note'
          chain().deleteRange(range).lift('blockquote').setCallout(kind).run()
          return undefined
        },
      }),
    ]
  },
})
