import { useMediaQuery } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import type { TreeRow } from './tree-rows.ts'

/** Which rows of the tree are drawn: those in sight, a few around them, and those that must not go (`kept`). */
export function useRowList(
  rows: readonly TreeRow[],
  scroll: { readonly current: HTMLDivElement | null },
  kept: readonly (string | null)[],
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
      const indexes = new Set(Array.from({ length: last - first + 1 }, (_, offset) => first + offset))
      const keys = new Set(kept)
      if (keys.size > 0) for (const [index, row] of rows.entries()) if (keys.has(row.key)) indexes.add(index)
      return [...indexes].sort((a, b) => a - b)
    },
  })
}

export type RowList = ReturnType<typeof useRowList>
