import { InputRule } from '@tiptap/core'
import type { Editor } from '@tiptap/core'
import { Details, DetailsContent, DetailsSummary } from '@tiptap/extension-details'
import { Fragment } from '@tiptap/pm/model'
import type { Node } from '@tiptap/pm/model'
import { TextSelection } from '@tiptap/pm/state'
import type { Command, EditorState } from '@tiptap/pm/state'

/**
 * A toggle: a heading, and what it hides until it is opened. Whether it is open is this person's own business and is never
 * written. A merge may leave it without heading or content, so it takes any of both.
 */
export const Toggle = Details.extend({
  content: '(detailsSummary | detailsContent)+',
  addKeyboardShortcuts() {
    const stock = this.parent?.() ?? {}
    return {
      ...stock,
      // The stock one takes half of an emoji, and words of a second content that a merge left.
      Backspace: ({ editor }) => {
        const { empty, $anchor } = editor.state.selection
        const isAtStart = empty && $anchor.parent.type.name === 'detailsSummary' && $anchor.parentOffset === 0
        return isAtStart && editor.commands.command(({ state, dispatch }) => unwrapToggle(state, dispatch))
      },
      'Mod-Enter': ({ editor }) => flipToggle(editor),
    }
  },
  addInputRules() {
    return [
      new InputRule({
        find: /^<details>\s$/i,
        handler: ({ range, chain }) => {
          chain().deleteRange(range).setDetails().run()
          openToggle(this.editor)
        },
      }),
    ]
  },
})

export const ToggleSummary = DetailsSummary.extend({ content: 'inline*' })
export const ToggleContent = DetailsContent

/** Puts a toggle's heading and content where it stood, all of it. */
const unwrapToggle: Command = (state, dispatch) => {
  const place = togglePlace(state)
  if (place === null) return false
  const { paragraph } = state.schema.nodes
  const blocks: Node[] = []
  place.node.forEach((part) => {
    if (part.type.name !== 'detailsSummary') part.forEach((block) => blocks.push(block))
    else if (paragraph !== undefined) blocks.push(paragraph.create(null, part.content))
  })
  const change = state.tr.replaceWith(place.from, place.from + place.node.nodeSize, Fragment.fromArray(blocks))
  dispatch?.(change.setSelection(TextSelection.near(change.doc.resolve(place.from + 1))).scrollIntoView())
  return true
}

function togglePlace({ selection: { $from } }: EditorState): { readonly from: number; readonly node: Node } | null {
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type.name === 'details') return { from: $from.before(depth), node: $from.node(depth) }
  }
  return null
}

/** The button of the toggle with the caret. */
function toggleButton({ state, view }: Editor): HTMLButtonElement | null {
  const place = togglePlace(state)
  const element = place === null ? null : view.nodeDOM(place.from)
  return element instanceof HTMLElement ? element.querySelector(':scope > button') : null
}

function flipToggle(editor: Editor): boolean {
  const button = toggleButton(editor)
  button?.click()
  return button !== null
}

/** Opens the toggle with the caret, which its content is about to be written in. */
export function openToggle(editor: Editor): void {
  const button = toggleButton(editor)
  if (button !== null && button.parentElement?.classList.contains('is-open') === false) button.click()
}
