import { useCallback, useMemo } from 'react'
import { type PageId, parseId } from '../../../model/ids.ts'
import { useStored } from '../../ui/use-stored.ts'

/** As many as fit beside each other in a window of 1440 pixels. */
const mostTabs = 5

/** The pages opened last, in the order of their tabs; remembered per organisation on this laptop. */
export function useOpenTabs(organisationId: string) {
  const [stored, store] = useStored(`plein.tabs.${organisationId}`, '')
  const tabs = useMemo(() => parseTabs(stored), [stored])
  const open = useCallback((id: PageId) => store(withTab(tabs, id).join(' ')), [tabs, store])
  const close = useCallback((id: PageId) => store(tabs.filter((tab) => tab !== id).join(' ')), [tabs, store])
  return { tabs, open, close }
}

export function parseTabs(stored: string): readonly PageId[] {
  return stored.split(' ').flatMap((text) => parseId<PageId>(text) ?? [])
}

/** A page that has a tab keeps its place; a new one comes last, and the oldest gives way. */
export function withTab(tabs: readonly PageId[], id: PageId): readonly PageId[] {
  return tabs.includes(id) ? tabs : [...tabs, id].slice(-mostTabs)
}
