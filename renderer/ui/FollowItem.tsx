import { Menu } from '@mantine/core'
import { IconBell, IconBellOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PageId, SpaceId } from '../../model/ids.ts'
import { useMarks } from '../documents/use-marks.ts'
import { usePlein } from '../documents/use-plein.tsx'

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const

/** Follows a page or a space, or ends that: what one follows stands in the sidebar, and says when something changed. */
export function FollowItem({ id }: { id: PageId | SpaceId }) {
  const { t } = useTranslation()
  const { marks } = usePlein()
  const isFollowed = useMarks().followed.has(id)
  return (
    <Menu.Item
      leftSection={isFollowed ? <IconBellOff {...icon} /> : <IconBell {...icon} />}
      onClick={() => marks.setFollowed(id, !isFollowed)}
    >
      {t(isFollowed ? 'treeMoves.unfollow' : 'treeMoves.follow')}
    </Menu.Item>
  )
}
