import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpaceDetails } from '../../documents/space-admin.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useCommands } from '../../ui/commands.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { FollowItem } from '../../ui/FollowItem.tsx'
import { menuKeys } from '../../ui/menu-keys.tsx'
import { type SpaceAction, useEndActions, useFollowCommand, useSpaceActions } from './use-space-actions.ts'

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const

/** What one does with a space itself; the palette offers the same. */
export function SpaceMenu({ details }: { details: SpaceDetails }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<'leave' | 'archive' | null>(null)
  const actions = useSpaceActions(details)
  const ends = useEndActions(details, setAsking)
  const follow = useFollowCommand(details)
  useCommands(useMemo(() => [...actions, follow, ...ends], [actions, follow, ends]))
  return (
    <>
      <Menu width={248}>
        <Menu.Target>
          <ActionIcon aria-label={t('spaceHome.menu')}>
            <IconDots size={18} stroke={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {actions.map((command) => (
            <Item key={command.id} command={command} />
          ))}
          <FollowItem id={details.id} />
          {ends.length > 0 && <Menu.Divider />}
          {ends.map((command) => (
            <Item key={command.id} command={command} />
          ))}
        </Menu.Dropdown>
      </Menu>
      {asking !== null && <Ask asking={asking} details={details} onClose={() => setAsking(null)} />}
    </>
  )
}

function Item({ command: { title, inMenu = title, Icon, keys, run } }: { command: SpaceAction }) {
  return (
    <Menu.Item leftSection={Icon === undefined ? null : <Icon {...icon} />} {...menuKeys(keys)} onClick={run}>
      {inMenu}
    </Menu.Item>
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
