import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArchive,
  IconArchiveOff,
  IconArrowRight,
  IconCopy,
  IconDots,
  IconHistory,
  IconLink,
  IconMoodSmile,
  IconPencil,
  IconStar,
  IconStarOff,
  IconFileExport,
} from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { isSharedPage } from '../../../model/kinds.ts'
import type { PageSnapshot } from '../../documents/plein.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useMarks } from '../../documents/use-marks.ts'
import { useDialog } from '../../ui/dialogs.tsx'
import { FollowItem } from '../../ui/FollowItem.tsx'
import { renameRequest } from './PageTitle.tsx'
import { useDuplicatePage } from './use-duplicate-page.ts'
import { useMayRestore } from './use-may-restore.ts'
import { usePageCommands } from './use-page-commands.ts'

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const

/** What one does less often with a page. */
export function PageMenu({ page }: { page: PageSnapshot }) {
  const { t } = useTranslation()
  usePageCommands(page)
  return (
    <Menu width={232}>
      <Menu.Target>
        <ActionIcon aria-label={t('page.menu')}>
          <IconDots size={18} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {page.mayEdit && <EditActions page={page} />}
        <FavouriteAction page={page} />
        <FollowItem id={page.id} />
        <Menu.Item leftSection={<IconLink {...icon} />} onClick={copyLink}>
          {t('page.copyLink')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconHistory {...icon} />}
          renderRoot={(props) => (
            <Link {...props} to="/page/$pageId" params={{ pageId: page.id }} search={{ panel: 'history' }} />
          )}
        >
          {t('history.open')}
        </Menu.Item>
        <ExportAction page={page} />
        <ArchiveAction page={page} />
      </Menu.Dropdown>
    </Menu>
  )
}

function EditActions({ page }: { page: PageSnapshot }) {
  const { t } = useTranslation()
  const openDialog = useDialog()
  return (
    <>
      <Menu.Item leftSection={<IconPencil {...icon} />} onClick={requestRename}>
        {t('page.rename')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconMoodSmile {...icon} />}
        onClick={() => {
          openDialog({ name: 'page-icon', pageId: page.id })
        }}
      >
        {t('page.icon')}
      </Menu.Item>
      <PlaceActions page={page} />
    </>
  )
}

function FavouriteAction({ page }: { page: PageSnapshot }) {
  const { t } = useTranslation()
  const { marks } = usePlein()
  const { isFavourite } = useMarks().mark(page.id)
  return (
    <Menu.Item
      leftSection={isFavourite ? <IconStarOff {...icon} /> : <IconStar {...icon} />}
      onClick={() => marks.setFavourite([page.id], !isFavourite)}
    >
      {t(isFavourite ? 'treeMoves.removeFavourite' : 'treeMoves.addFavourite')}
    </Menu.Item>
  )
}

/** Another place, or a second one like it: for pages of the tree. */
function PlaceActions({ page }: { page: PageSnapshot }) {
  const { t } = useTranslation()
  const openDialog = useDialog()
  const duplicate = useDuplicatePage(page)
  return (
    <>
      {isSharedPage(page.kind) && (
        <Menu.Item
          leftSection={<IconArrowRight {...icon} />}
          onClick={() => {
            openDialog({ name: 'move-pages', pages: [page.id], to: null })
          }}
        >
          {t('treeMoves.moveTo')}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => void duplicate()}>
        {t('treeMoves.duplicate')}
      </Menu.Item>
    </>
  )
}

function ExportAction({ page: { id, spaceId } }: { page: PageSnapshot }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const params = { spaceId, pageId: id }
  return (
    <Menu.Item
      leftSection={<IconFileExport {...icon} />}
      onClick={() => void navigate({ to: '/space/$spaceId/export/$pageId', params })}
    >
      {t('inOut.exportPage')}
    </Menu.Item>
  )
}

function ArchiveAction({ page }: { page: PageSnapshot }) {
  const { t } = useTranslation()
  const plein = usePlein()
  const mayRestore = useMayRestore(page)
  if (page.archived && mayRestore) {
    return (
      <Menu.Item leftSection={<IconArchiveOff {...icon} />} onClick={() => void plein.restorePage(page.id)}>
        {t('page.restore')}
      </Menu.Item>
    )
  }
  if (!page.mayEdit) return null
  return (
    <Menu.Item leftSection={<IconArchive {...icon} />} onClick={() => void plein.archivePage(page.id)}>
      {t('page.archive')}
    </Menu.Item>
  )
}

// After the menu has given the focus back to its button, which it does in the same task.
function requestRename(): void {
  setTimeout(() => dispatchEvent(new Event(renameRequest)), 50)
}

function copyLink(): void {
  void navigator.clipboard.writeText(location.href)
}
