import { Extension } from '@tiptap/core'
import { Plugin, Selection, TextSelection, type Command } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

/**
 * Takes the block with the caret, and its neighbours, out of `content-visibility: auto`. Chromium lays out what is new under that
 * rule one frame late, and typing in a block that has no layout puts the caret before the first letter: "Kop" became "opK".
 */
export const LiveBlock = Extension.create({
  name: 'liveBlock',
  addKeyboardShortcuts() {
    const run = (command: Command) => () => command(this.editor.state, this.editor.view.dispatch)
    return {
      'Mod-End': run(goToEnd(false)),
      'Cmd-ArrowDown': run(goToEnd(false)),
      'Mod-Shift-End': run(goToEnd(true)),
      'Cmd-Shift-ArrowDown': run(goToEnd(true)),
    }
  },
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

/**
 * To the end of the page, by the document: Chromium's own goes before the last block where that has no layout, and what was
 * meant to follow the last word came before the first one of its paragraph.
 */
function goToEnd(isExtending: boolean): Command {
  return ({ doc, selection, tr }, dispatch) => {
    // Only into text: a rule or picture at the end must not be selected, typing would replace it.
    const end = Selection.findFrom(doc.resolve(doc.content.size), -1, true)
    if (end === null) return false
    const target = isExtending ? TextSelection.between(selection.$anchor, end.$head) : end
    dispatch?.(tr.setSelection(target).scrollIntoView())
    return true
  }
}
