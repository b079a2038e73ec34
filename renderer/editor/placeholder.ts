import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

/**
 * Says in an empty page, or in the empty paragraph with the caret, what can be done there. Looks at one block only; the stock
 * extension walks the whole page on each key.
 */
export function placeholder(texts: { readonly page: string; readonly paragraph: string }): Extension {
  return Extension.create({
    name: 'placeholder',
    addProseMirrorPlugins() {
      return [
        new Plugin({
          props: {
            decorations: ({ doc, selection }) => {
              if (!this.editor.isEditable) return null
              const isEmptyPage =
                doc.childCount === 1 && doc.firstChild?.type.name === 'paragraph' && doc.firstChild.content.size === 0
              const { $from, empty } = selection
              if (!isEmptyPage && !(empty && $from.depth === 1 && $from.parent.type.name === 'paragraph')) return null
              const block = isEmptyPage ? doc.firstChild : $from.parent
              if (block === null || block.content.size > 0) return null
              const from = isEmptyPage ? 0 : $from.before()
              const attributes = { 'data-placeholder': isEmptyPage ? texts.page : texts.paragraph }
              return DecorationSet.create(doc, [Decoration.node(from, from + block.nodeSize, attributes)])
            },
          },
        }),
      ]
    },
  })
}
