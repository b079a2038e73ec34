import { Button } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LastMove } from '../../documents/trees.ts'
import { useLastMove } from '../../documents/use-last-move.ts'
import { usePageRows } from '../../documents/use-page-rows.ts'
import { PassingNotice } from '../../ui/PassingNotice.tsx'

/** Long enough to see where a drag went; Ctrl+Z in the tree takes a move back later too. */
const shownMs = 10_000

/** Says for a while that pages were moved, with a way back. */
export function MoveNotice({ onUndo }: { onUndo: () => void }) {
  const { t } = useTranslation()
  const move = useLastMove()
  const [closed, close] = useState<LastMove | null>(null)
  const pages = usePageRows(useMemo(() => move?.ids ?? [], [move]))
  useEffect(() => {
    const timer = setTimeout(() => close(move), shownMs)
    return () => {
      clearTimeout(timer)
    }
  }, [move])
  if (move === null || !move.isNew || move === closed) return null
  const [page] = pages
  const title = page === undefined || page.title === '' ? t('common.untitled') : page.title
  const what = move.ids.length === 1 ? title : t('treeMoves.pages', { count: move.ids.length })
  const undo = (
    <Button size="sm" title={`${t('treeMoves.undo')} (Ctrl Z)`} onClick={onUndo}>
      {t('treeMoves.undo')}
    </Button>
  )
  return (
    <PassingNotice tone="calm" action={undo} onClose={() => close(move)}>
      {t('treeMoves.moved', { what })}
    </PassingNotice>
  )
}
