import { ActionIcon, Menu } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconDots, IconLink, IconMoodSmile, IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PageSnapshot } from '../../documents/plein.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useDialog } from '../../ui/dialogs.tsx'
import { renameRequest } from './PageTitle.tsx'
import { useMayRestore } from './use-may-restore.ts'

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const

/** What one does less often with a page. */
export function PageMenu({ page }: { page: PageSnapshot }) {
  const { t } = useTranslation()
  return (
    <Menu width={232}>
      <Menu.Target>
        <ActionIcon aria-label={t('page.menu')}>
          <IconDots size={18} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {page.mayEdit && <EditActions page={page} />}
        <Menu.Item leftSection={<IconLink {...icon} />} onClick={copyLink}>
          {t('page.copyLink')}
        </Menu.Item>
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
    </>
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
