import {
  IconArchive,
  IconArchiveOff,
  IconArrowRight,
  IconBell,
  IconBellOff,
  IconCopy,
  IconFileExport,
  IconFilePlus,
  IconHistory,
  IconLink,
  IconMoodSmile,
  IconNotebook,
  IconPencil,
  IconStar,
  IconStarOff,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { isSharedPage } from '../../../model/kinds.ts'
import type { PageSnapshot } from '../../documents/plein.ts'
import { useMarks } from '../../documents/use-marks.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { type Command, useCommands } from '../../ui/commands.ts'
import { useDialog } from '../../ui/dialogs.tsx'
import { renameRequest } from './PageTitle.tsx'
import { useDuplicatePage } from './use-duplicate-page.ts'
import { useMayRestore } from './use-may-restore.ts'

const group = 'page'

/** Offers what can be done with the page that is shown; the same as its menu. */
export function usePageCommands(page: PageSnapshot): void {
  const writing = useWritingCommands(page)
  const making = useMakingCommands(page)
  const reading = useReadingCommands(page)
  useCommands(useMemo(() => [...writing, ...making, ...reading], [writing, making, reading]))
}

function useWritingCommands({ id, kind, mayEdit, archived, spaceId }: PageSnapshot): readonly Command[] {
  const { t } = useTranslation()
  const plein = usePlein()
  const openDialog = useDialog()
  const mayRestore = useMayRestore({ kind, spaceId })
  return useMemo(() => {
    const commands: Command[] = []
    const offer = (
      name: 'rename' | 'icon' | 'move' | 'archive' | 'restore',
      Icon: Command['Icon'],
      run: () => void,
    ) => {
      commands.push({
        id: `page.${name}`,
        group,
        title: t(`commands.${name}`),
        ...(Icon === undefined ? {} : { Icon }),
        run,
      })
    }
    if (mayEdit) {
      // After the palette has closed and given the focus back.
      offer('rename', IconPencil, () => void setTimeout(() => dispatchEvent(new Event(renameRequest)), 50))
      offer('icon', IconMoodSmile, () => openDialog({ name: 'page-icon', pageId: id }))
      if (isSharedPage(kind)) {
        offer('move', IconArrowRight, () => openDialog({ name: 'move-pages', pages: [id], to: null }))
      }
      if (!archived) offer('archive', IconArchive, () => void plein.archivePage(id))
    }
    if (archived && mayRestore) offer('restore', IconArchiveOff, () => void plein.restorePage(id))
    return commands
  }, [t, plein, openDialog, id, kind, mayEdit, archived, mayRestore])
}

/** More pages like this one, and under it. */
function useMakingCommands({ id, kind, title, mayEdit, archived, spaceId }: PageSnapshot): readonly Command[] {
  const { t } = useTranslation()
  const openDialog = useDialog()
  const duplicate = useDuplicatePage({ id, title })
  return useMemo(() => {
    if (!mayEdit) return []
    const create = (below: 'wiki' | 'document') => () =>
      openDialog({ name: 'create-page', spaceId, parent: id, kind: below })
    const copy = { id: 'page.duplicate', group, title: t('commands.duplicate'), Icon: IconCopy } as const
    const commands: Command[] = [{ ...copy, run: () => void duplicate() }]
    if (!isSharedPage(kind) || archived) return commands
    const [page, document] = [t('commands.newBelow'), t('commands.newDocumentBelow')]
    commands.push({ id: 'page.new-below', group, title: page, Icon: IconFilePlus, run: create('wiki') })
    commands.push({
      id: 'page.new-document-below',
      group,
      title: document,
      Icon: IconNotebook,
      run: create('document'),
    })
    return commands
  }, [t, openDialog, duplicate, id, kind, mayEdit, archived, spaceId])
}

function useReadingCommands({ id, spaceId }: PageSnapshot): readonly Command[] {
  const { t } = useTranslation()
  const { marks } = usePlein()
  const navigate = useNavigate()
  const all = useMarks()
  const { isFavourite } = all.mark(id)
  const isFollowed = all.followed.has(id)
  return useMemo(
    () => [
      {
        ...{ id: 'page.favourite', group, Icon: isFavourite ? IconStarOff : IconStar },
        title: t(isFavourite ? 'commands.unfavourite' : 'commands.favourite'),
        run: () => marks.setFavourite([id], !isFavourite),
      },
      {
        ...{ id: 'page.follow', group, Icon: isFollowed ? IconBellOff : IconBell },
        title: t(isFollowed ? 'commands.unfollowPage' : 'commands.followPage'),
        run: () => marks.setFollowed(id, !isFollowed),
      },
      {
        ...{ id: 'page.history', group, title: t('commands.history'), Icon: IconHistory },
        run: () => void navigate({ to: '/page/$pageId', params: { pageId: id }, search: { panel: 'history' } }),
      },
      {
        ...{ id: 'page.copy-link', group, title: t('commands.copyLink'), Icon: IconLink },
        run: () => void navigator.clipboard.writeText(location.href),
      },
      {
        ...{ id: 'page.export', group, title: t('commands.exportPage'), Icon: IconFileExport },
        run: () => void navigate({ to: '/space/$spaceId/export/$pageId', params: { spaceId, pageId: id } }),
      },
    ],
    [t, marks, navigate, id, spaceId, isFavourite, isFollowed],
  )
}
