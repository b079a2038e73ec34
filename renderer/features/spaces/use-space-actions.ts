import {
  IconArchive,
  IconBell,
  IconBellOff,
  IconDoorExit,
  IconFolderOpen,
  IconLock,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpaceDetails } from '../../documents/space-admin.ts'
import { useMarks } from '../../documents/use-marks.ts'
import { useMayInSpace } from '../../documents/use-may.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useOpenSession } from '../../documents/use-session.ts'
import type { Command } from '../../ui/commands.ts'
import { useDialog } from '../../ui/dialogs.tsx'

const group = 'space'

export interface SpaceAction extends Command {
  /** Shorter, where the menu says already what it is about. */
  readonly inMenu?: string
}

/** What one does with a space itself, for its menu and for the palette. */
export function useSpaceActions({ id: spaceId, ...details }: SpaceDetails): readonly SpaceAction[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const openDialog = useDialog()
  const { kind, archived, parent } = details
  const mayManage = useMayInSpace()('manage-members', { id: spaceId, ...details })
  // Without a server one is alone: there is nobody to leave, and nobody to let in.
  const isShared = useOpenSession().organisation.kind === 'server'
  return useMemo(() => {
    const commands: SpaceAction[] = []
    const offer = (name: 'members' | 'settings' | 'newSection', Icon: Command['Icon'], run: () => void) =>
      commands.push({ id: `space.${name}`, group, title: t(`spaceHome.${name}`), ...(Icon && { Icon }), run })
    if (kind !== 'personal' && isShared)
      offer('members', IconUsers, () => void navigate({ to: '/space/$spaceId/members', params: { spaceId } }))
    if (mayManage) offer('settings', IconSettings, () => openDialog({ name: 'space-settings', spaceId }))
    if (mayManage && isShared && parent === null && !archived)
      offer('newSection', IconLock, () => openDialog({ name: 'create-space', parent: spaceId }))
    commands.push({
      ...{ id: 'space.archived', group, title: t('commands.archivedPages'), Icon: IconFolderOpen },
      inMenu: t('tree.showArchived'),
      run: () => void navigate({ to: '/space/$spaceId/archive', params: { spaceId } }),
    })
    return commands
  }, [t, navigate, openDialog, spaceId, kind, archived, parent, mayManage, isShared])
}

/** How a space ends: for everybody, or for oneself. `onAsk` asks first. */
export function useEndActions(details: SpaceDetails, onAsk: (what: 'leave' | 'archive') => void): readonly Command[] {
  const { t } = useTranslation()
  const { kind, archived } = details
  const mayManage = useMayInSpace()('manage-members', details)
  const isShared = useOpenSession().organisation.kind === 'server'
  return useMemo(() => {
    if (kind === 'organisation' || kind === 'personal') return []
    const archive = { id: 'space.archive', group, title: t('spaceHome.archiveSpace'), Icon: IconArchive } as const
    const leave = { id: 'space.leave', group, title: t('spaceHome.leave'), Icon: IconDoorExit } as const
    const commands: Command[] = []
    if (mayManage && !archived) commands.push({ ...archive, run: () => onAsk('archive') })
    if (isShared) commands.push({ ...leave, run: () => onAsk('leave') })
    return commands
  }, [t, kind, archived, mayManage, isShared, onAsk])
}

/** Follows the space, or ends that: an item of its own in the menu. */
export function useFollowCommand({ id }: SpaceDetails): Command {
  const { t } = useTranslation()
  const { marks } = usePlein()
  const isFollowed = useMarks().followed.has(id)
  return useMemo(
    () => ({
      ...{ id: 'space.follow', group, Icon: isFollowed ? IconBellOff : IconBell },
      title: t(isFollowed ? 'commands.unfollowSpace' : 'commands.followSpace'),
      run: () => marks.setFollowed(id, !isFollowed),
    }),
    [t, marks, id, isFollowed],
  )
}
