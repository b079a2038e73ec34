import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArchive,
  IconDoorExit,
  IconDots,
  IconFolderOpen,
  IconLock,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpaceDetails } from '../../documents/space-admin.ts'
import { useMayInSpace } from '../../documents/use-may.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useOpenSession } from '../../documents/use-session.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useDialog } from '../../ui/dialogs.tsx'
import { FollowItem } from '../../ui/FollowItem.tsx'

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const

/** What one does with a space itself. */
export function SpaceMenu({ details }: { details: SpaceDetails }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const openDialog = useDialog()
  const may = useMayInSpace()
  const [asking, setAsking] = useState<'leave' | 'archive' | null>(null)
  const { id: spaceId, kind, archived } = details
  const mayManage = may('manage-members', details)
  // Without a server one is alone: there is nobody to leave, and nobody to let in.
  const isShared = useOpenSession().organisation.kind === 'server'
  const isEverybodys = kind === 'organisation' || kind === 'personal'
  return (
    <>
      <Menu width={248}>
        <Menu.Target>
          <ActionIcon aria-label={t('spaceHome.menu')}>
            <IconDots size={18} stroke={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {kind !== 'personal' && isShared && (
            <Menu.Item
              leftSection={<IconUsers {...icon} />}
              onClick={() => void navigate({ to: '/space/$spaceId/members', params: { spaceId } })}
            >
              {t('spaceHome.members')}
            </Menu.Item>
          )}
          {mayManage && (
            <Menu.Item
              leftSection={<IconSettings {...icon} />}
              onClick={() => openDialog({ name: 'space-settings', spaceId })}
            >
              {t('spaceHome.settings')}
            </Menu.Item>
          )}
          {mayManage && isShared && details.parent === null && !archived && (
            <Menu.Item
              leftSection={<IconLock {...icon} />}
              onClick={() => openDialog({ name: 'create-space', parent: spaceId })}
            >
              {t('spaceHome.newSection')}
            </Menu.Item>
          )}
          <FollowItem id={spaceId} />
          <Menu.Item
            leftSection={<IconFolderOpen {...icon} />}
            onClick={() => void navigate({ to: '/space/$spaceId/archive', params: { spaceId } })}
          >
            {t('tree.showArchived')}
          </Menu.Item>
          {!isEverybodys && <EndItems {...{ details, onAsk: setAsking }} />}
        </Menu.Dropdown>
      </Menu>
      {asking !== null && <Ask asking={asking} details={details} onClose={() => setAsking(null)} />}
    </>
  )
}

/** How a space ends: for everybody, or for oneself. */
function EndItems({ details, onAsk }: { details: SpaceDetails; onAsk: (what: 'leave' | 'archive') => void }) {
  const { t } = useTranslation()
  const may = useMayInSpace()
  const isShared = useOpenSession().organisation.kind === 'server'
  return (
    <>
      <Menu.Divider />
      {may('manage-members', details) && !details.archived && (
        <Menu.Item leftSection={<IconArchive {...icon} />} onClick={() => onAsk('archive')}>
          {t('spaceHome.archiveSpace')}
        </Menu.Item>
      )}
      {isShared && (
        <Menu.Item leftSection={<IconDoorExit {...icon} />} onClick={() => onAsk('leave')}>
          {t('spaceHome.leave')}
        </Menu.Item>
      )}
    </>
  )
}

function Ask({
  asking,
  details,
  onClose,
}: {
  asking: 'leave' | 'archive'
  details: SpaceDetails
  onClose: () => void
}) {
  const { t } = useTranslation()
  const { spaceAdmin } = usePlein()
  const { id, name } = details
  return (
    <ConfirmDialog
      title={t(`spaceHome.${asking}Title`, { name })}
      text={t(`spaceHome.${asking}Text`)}
      action={t(`spaceHome.${asking}Action`)}
      onConfirm={() =>
        void (asking === 'leave' ? spaceAdmin.leave(id) : spaceAdmin.changeSpace(id, { archived: true }))
      }
      onClose={onClose}
    />
  )
}
