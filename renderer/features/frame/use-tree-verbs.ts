import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { type PageId, parseId, type SpaceId } from '../../../model/ids.ts'
import type { SpaceSnapshot, TreePage } from '../../documents/plein.ts'
import { useMayInSpace } from '../../documents/use-may.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { topPages } from './move-page.ts'
import { spaceIdOf, type TreeItem } from './tree-rows.ts'
import { useSetVerbs } from './use-set-verbs.ts'

interface TreeVerbsOptions {
  readonly spaces: readonly SpaceSnapshot[]
  readonly say: (words: string) => void
}

/** What one can do with rows of the tree, one or several. */
export function useTreeVerbs({ spaces, say }: TreeVerbsOptions) {
  const plein = usePlein()
  const navigate = useNavigate()
  const may = useMayInSpace()
  const mayChangeIn = useCallback(
    (id: SpaceId) => {
      const space = spaces.find((each) => each.space.id === id)?.space
      return space !== undefined && may('create-shared-page', space)
    },
    [spaces, may],
  )
  const setVerbs = useSetVerbs({ spaces, mayChangeIn, say })
  return useMemo(
    () => ({
      ...setVerbs,
      mayChange: (row: TreeItem) => mayChangeIn(spaceIdOf(row)),
      mayChangeAll: (pages: readonly TreePage[]) => pages.every((page) => mayChangeIn(page.spaceId)),
      /** The page of this row, or all that are selected where it is one of them; without those that come along under another. */
      pagesWith(key: string, selected: ReadonlySet<PageId>): readonly TreePage[] {
        const id = parseId<PageId>(key)
        if (id === undefined) return []
        const ids = selected.has(id) ? selected : new Set([id])
        return spaces.flatMap(({ tree }) => topPages(tree, ids))
      },
      open(row: TreeItem) {
        void (row.type === 'space'
          ? navigate({ to: '/space/$spaceId', params: { spaceId: row.space.id } })
          : navigate({ to: '/page/$pageId', params: { pageId: row.page.id } }))
      },
      openArchive(row: TreeItem) {
        void navigate({ to: '/space/$spaceId/archive', params: { spaceId: spaceIdOf(row) } })
      },
      rename(row: TreeItem, title: string) {
        if (row.type === 'page' && title.trim() !== '' && mayChangeIn(row.page.spaceId))
          plein.renamePage(row.page.id, title.trim())
      },
    }),
    [plein, navigate, spaces, mayChangeIn, setVerbs],
  )
}

export type TreeVerbs = ReturnType<typeof useTreeVerbs>
