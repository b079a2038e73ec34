import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

/**
 * Takes the block with the caret, and its neighbours, out of `content-visibility: auto`. Chromium lays out what is new under that
 * rule one frame late, and typing in a block that has no layout puts the caret before the first letter: "Kop" became "opK".
 */
export const LiveBlock = Extension.create({
  name: 'liveBlock',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        props: {
          decorations: ({ doc, selection: { $head } }) => {
            const index = $head.index(0)
            let from = $head.depth === 0 ? $head.pos : $head.before(1)
            const first = Math.max(index - 1, 0)
            if (first < index) from -= doc.child(first).nodeSize
            const decorations: Decoration[] = []
            for (let at = first; at <= index + 1 && at < doc.childCount; at++) {
              const to = from + doc.child(at).nodeSize
              decorations.push(Decoration.node(from, to, { 'data-live': '' }))
              from = to
            }
            return DecorationSet.create(doc, decorations)
          },
        },
      }),
    ]
  },
})
