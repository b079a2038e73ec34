import { IconMessagePlus } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import type { AnchorBoard } from '../documents/anchor-board.ts'
import type { EditorTexts } from './editor-texts.ts'
import { Floating } from './Floating.tsx'
import { Toolbar, ToolButton } from './Toolbar.tsx'

interface CommentButtonProps {
  readonly board: AnchorBoard
  readonly texts: EditorTexts
}

/** For those who may comment on a page and not write in it: the one thing to do with a selection. */
export function CommentButton({ board, texts }: CommentButtonProps) {
  const place = useSyncExternalStore(board.selection.subscribe, board.selection.snapshot)
  const mayComment = useSyncExternalStore(board.mayComment.subscribe, board.mayComment.snapshot)
  if (place === null || !mayComment) return null
  return (
    <Floating place={{ ...place, isAbove: true }}>
      <Toolbar label={texts.toolbar} onLeave={() => board.selection.set(null)}>
        <CommentTool board={board} texts={texts} />
      </Toolbar>
    </Floating>
  )
}

export function CommentTool({ board, texts }: CommentButtonProps) {
  const mayComment = useSyncExternalStore(board.mayComment.subscribe, board.mayComment.snapshot)
  if (!mayComment) return null
  return (
    <ToolButton name={texts.comment} shortcut="Ctrl Alt M" onPress={() => board.begin()}>
      <IconMessagePlus size={18} stroke={1.75} />
    </ToolButton>
  )
}
