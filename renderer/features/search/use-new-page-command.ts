import { IconFilePlus } from '@tabler/icons-react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type PageId, parseId, type SpaceId } from '../../../model/ids.ts'
import { useMayInSpace } from '../../documents/use-may.ts'
import { usePageRow } from '../../documents/use-page-rows.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useSpaces } from '../../documents/use-spaces.ts'
import type { Command } from '../../ui/commands.ts'
import { newPageId } from './palette-rows.ts'

/** The space that one is in, where one may make pages; else the first where one may. */
export function useSpaceToWriteIn(): SpaceId | undefined {
  const params = useParams({ strict: false })
  const row = usePageRow(parseId<PageId>(params.pageId))
  const here = row?.spaceId ?? parseId<SpaceId>(params.spaceId)
  const may = useMayInSpace()
  const open = useSpaces().filter((space) => may('create-shared-page', space))
  return (open.find(({ id }) => id === here) ?? open[0])?.id
}

/** Makes a page with what was typed as its title. */
export function useNewPageCommand(query: string): Command | null {
  const { t } = useTranslation()
  const plein = usePlein()
  const navigate = useNavigate()
  const spaceId = useSpaceToWriteIn()
  const title = query.trim()
  return useMemo(() => {
    if (spaceId === undefined || title === '') return null
    return {
      id: newPageId,
      group: 'make',
      title: t('find.newPage', { title }),
      Icon: IconFilePlus,
      run: () => {
        void plein
          .createPage({ spaceId, kind: 'wiki', title, parent: null })
          .then((pageId) => navigate({ to: '/page/$pageId', params: { pageId }, state: { startWriting: true } }))
      },
    }
  }, [plein, navigate, spaceId, t, title])
}
