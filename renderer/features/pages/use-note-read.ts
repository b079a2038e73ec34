import { useEffect } from 'react'
import type { PageId } from '../../../model/ids.ts'
import { usePageRow } from '../../documents/use-page-rows.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useReadMentions } from './use-read-mentions.ts'

/** Shorter than this a page is passed by, not read. */
const glanceMs = 1500

/** Keeps, for this person alone, that the page is in front of them, and how new it was then. */
export function useNoteRead(id: PageId): void {
  const { marks } = usePlein()
  const seenMs = usePageRow(id)?.changedAtMs
  useReadMentions(id, glanceMs)
  useEffect(() => {
    if (seenMs === undefined) return undefined
    const timer = setTimeout(() => {
      if (document.visibilityState === 'visible') marks.noteRead(id, seenMs)
    }, glanceMs)
    return () => {
      clearTimeout(timer)
    }
  }, [marks, id, seenMs])
}
