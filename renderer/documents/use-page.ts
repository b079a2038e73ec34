import { useMemo } from 'react'
import type { PageId } from '../../model/ids.ts'
import type { Result } from '../../model/result.ts'
import type { OpenPageError, PageSnapshot, ReceiptSnapshot } from './plein.ts'
import { bound, useLive } from './use-live.ts'
import { usePlein } from './use-plein.tsx'

/** A page while it is looked at; undefined while it loads. The page is closed when the last component lets go. */
export function usePage(id: PageId): Result<PageSnapshot, OpenPageError> | undefined {
  const plein = usePlein()
  return useLive(useMemo(() => bound(plein.page(id)), [plein, id]))
}

export function useReceipt(id: PageId): ReceiptSnapshot {
  const plein = usePlein()
  return useLive(useMemo(() => bound(plein.receipt(id)), [plein, id]))
}
