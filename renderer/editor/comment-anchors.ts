import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import type { AnchorBoard } from '../documents/anchor-board.ts'
import { anchorsKey, keyAt, nextAnchors, noAnchors, type AnchorState } from './anchor-state.ts'
import { AnchorView } from './anchor-view.ts'
import type { PageBinding } from './page-binding.ts'

/** Draws what is commented on. The comments themselves stand outside the page, so no edit of it can take them along. */
export function commentAnchors({
  binding,
  board,
}: {
  readonly binding: PageBinding
  readonly board: AnchorBoard
}): Extension {
  return Extension.create({
    name: 'commentAnchors',
    addProseMirrorPlugins() {
      return [
        new Plugin<AnchorState>({
          key: anchorsKey,
          state: {
            init: () => noAnchors,
            apply: (transaction, state) => nextAnchors(transaction, state, binding),
          },
          props: {
            decorations: (state) => anchorsKey.getState(state)?.drawn ?? null,
            handleClick: (view, position) => {
              board.open(keyAt(view.state, position))
              return false
            },
          },
          view: (view) => new AnchorView(view, binding, board),
        }),
      ]
    },
  })
}
