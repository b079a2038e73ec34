import { useMemo } from 'react'
import type { Draft } from './drafts.ts'
import { bound, useLive } from './use-live.ts'
import { usePlein } from './use-plein.tsx'

/** What was half written under a name; null where nothing was, and while it is read. */
export function useDraft(name: string): Draft | null {
  const { drafts } = usePlein()
  return useLive(useMemo(() => bound(drafts.of(name)), [drafts, name]))
}
