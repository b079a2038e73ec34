import { useMediaQuery } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import type { TreeRow } from './tree-rows.ts'

/** Which rows of the tree are drawn: those in sight, a few around them, and the one that the keyboard is on. */
export function useRowList(
  rows: readonly TreeRow[],
  scroll: { readonly current: HTMLDivElement | null },
  activeKey: string | null,
) {
  const isCompact = useMediaQuery('(max-height: 819px)', false, { getInitialValueInEffect: false })
  const rowHeight = isCompact ? 28 : 30
  return useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => (rows[index]?.type === 'heading' ? rowHeight + 10 : rowHeight),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    rangeExtractor({ startIndex, endIndex, overscan, count }) {
      const first = Math.max(startIndex - overscan, 0)
      const last = Math.min(endIndex + overscan, count - 1)
      const indexes = Array.from({ length: last - first + 1 }, (_, offset) => first + offset)
      const active = rows.findIndex((row) => row.key === activeKey)
      if (active >= 0 && active < first) indexes.unshift(active)
      if (active > last) indexes.push(active)
      return indexes
    },
  })
}
