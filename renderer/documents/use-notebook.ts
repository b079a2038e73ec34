import { useCallback, useMemo } from 'react'
import type { PageId } from '../../model/ids.ts'
import type { SpaceSummary } from './plein.ts'
import { useMayInSpace } from './use-may.ts'
import { usePlein } from './use-plein.tsx'
import { useSpaces } from './use-spaces.ts'

/** The space where new notes go: the personal one, else the first where this person may write; undefined where there is none. */
export function useNotebook(): SpaceSummary | undefined {
  const spaces = useSpaces()
  const may = useMayInSpace()
  return useMemo(() => {
    const open = spaces.filter((space) => may('create-authored-page', space))
    return open.find((space) => space.kind === 'personal') ?? open[0]
  }, [spaces, may])
}

/** Creates a note in the notebook; undefined where there is no notebook. */
export function useCreateNote(): ((title: string) => Promise<PageId>) | undefined {
  const plein = usePlein()
  const spaceId = useNotebook()?.id
  const create = useCallback(
    (title: string) => {
      if (spaceId === undefined) throw new Error('There is no notebook')
      return plein.createPage({ spaceId, kind: 'note', title, parent: null })
    },
    [plein, spaceId],
  )
  return spaceId === undefined ? undefined : create
}
