import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { SpaceSnapshot } from '../../documents/plein.ts'
import { useMayInSpace } from '../../documents/use-may.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { destinationOf } from './move-page.ts'
import type { MoveWay } from './tree-keys.ts'
import { spaceIdOf, type TreeItem } from './tree-rows.ts'

/** What one can do with a row of the tree. */
export function useTreeVerbs(spaces: readonly SpaceSnapshot[]) {
  const plein = usePlein()
  const navigate = useNavigate()
  const may = useMayInSpace()
  return useMemo(() => {
    const spaceOf = (row: TreeItem) => spaces.find(({ space }) => space.id === spaceIdOf(row))
    const mayChange = (row: TreeItem) => {
      const space = spaceOf(row)?.space
      return space !== undefined && may('create-shared-page', space)
    }
    return {
      mayChange,
      open(row: TreeItem) {
        void (row.type === 'space'
          ? navigate({ to: '/space/$spaceId', params: { spaceId: row.space.id } })
          : navigate({ to: '/page/$pageId', params: { pageId: row.page.id } }))
      },
      openArchive(row: TreeItem) {
        void navigate({ to: '/space/$spaceId/archive', params: { spaceId: spaceIdOf(row) } })
      },
      rename(row: TreeItem, title: string) {
        if (row.type === 'page' && title.trim() !== '' && mayChange(row)) plein.renamePage(row.page.id, title.trim())
      },
      async archive(row: TreeItem) {
        if (row.type === 'page') await plein.archivePage(row.page.id)
      },
      async move(row: TreeItem, way: MoveWay) {
        const space = spaceOf(row)
        if (row.type !== 'page' || space === undefined || !mayChange(row)) return
        const to = destinationOf(space.tree, row.page.id, way)
        if (to !== undefined) await plein.movePage(row.page.id, to)
      },
    }
  }, [plein, navigate, may, spaces])
}
