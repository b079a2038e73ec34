import { ActionIcon } from '@mantine/core'
import { IconCompass, IconHome, IconHourglass, IconNote, IconPlus, IconSearch } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../documents/use-may.ts'
import { useOpenAsks, useRequests } from '../../documents/use-requests.ts'
import { useSpaces } from '../../documents/use-spaces.ts'
import { useOpenSession } from '../../documents/use-session.ts'
import { useDialog } from '../../ui/dialogs.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { SpaceMark } from '../../ui/SpaceMark.tsx'
import { AwayPlace } from './AwayPlace.tsx'
import { InboxPlace } from './InboxPlace.tsx'
import { MarkedPages } from './MarkedPages.tsx'
import classes from './Sidebar.module.css'
import { SidebarFoot } from './SidebarFoot.tsx'
import { SpaceTree } from './SpaceTree.tsx'

/** Search, the fixed places, the spaces with their pages, and oneself. In a narrow window only the icons stay. */
export function Sidebar() {
  const { t } = useTranslation()
  return (
    <nav className={classes['sidebar']} aria-label={t('frame.sidebar')}>
      <Search />
      <div className={classes['nav']}>
        <Place to="/" label={t('frame.start')} icon={<IconHome size={18} stroke={1.75} aria-hidden="true" />} />
        <InboxPlace />
        <AwayPlace />
        <Place to="/notes" label={t('frame.notes')} icon={<IconNote size={18} stroke={1.75} aria-hidden="true" />} />
        <RequestsPlace />
      </div>
      <MarkedPages />
      <SpacesHead />
      <div className={classes['wide']}>
        <SpaceTree />
      </div>
      <SpaceMarks />
      <SidebarFoot />
    </nav>
  )
}

function Search() {
  const { t } = useTranslation()
  const openDialog = useDialog()
  return (
    <button
      type="button"
      className={classes['search']}
      aria-keyshortcuts="Control+K"
      onClick={() => {
        openDialog({ name: 'quick-open' })
      }}
    >
      <IconSearch size={16} stroke={1.75} aria-hidden="true" />
      <span className={classes['label']}>{t('frame.search')}</span>
      <span className={classes['keys']} aria-hidden="true">
        <Kbd>Ctrl K</Kbd>
      </span>
    </button>
  )
}

/** There while something waits, was refused, or is asked of this person: what was done is not in the way. */
function RequestsPlace() {
  const { t } = useTranslation()
  const open = useRequests().filter(({ state }) => state !== 'accepted').length
  const count = open + useOpenAsks().length
  if (count === 0) return null
  return (
    <Link to="/requests" className={classes['place']} title={t('requests.menu')}>
      <IconHourglass size={18} stroke={1.75} aria-hidden="true" />
      <span className={classes['label']}>{t('requests.menu')}</span>
      <span className={classes['count']}>{count}</span>
    </Link>
  )
}

function Place({ to, label, icon }: { to: '/' | '/notes'; label: string; icon: ReactNode }) {
  return (
    <Link to={to} className={classes['place']} activeOptions={{ exact: true, includeSearch: false }} title={label}>
      {icon}
      <span className={classes['label']}>{label}</span>
    </Link>
  )
}

function SpacesHead() {
  const { t } = useTranslation()
  const openDialog = useDialog()
  const mayCreate = useMay('create-space')
  const navigate = useNavigate()
  const { organisation } = useOpenSession()
  return (
    <div className={classes['head']}>
      <span className={classes['label']}>{t('frame.spaces')}</span>
      {organisation.kind === 'server' && (
        <ActionIcon
          className={classes['label'] ?? ''}
          size={24}
          aria-label={t('rights.browse')}
          title={t('rights.browse')}
          onClick={() => void navigate({ to: '/spaces' })}
        >
          <IconCompass size={16} stroke={1.75} />
        </ActionIcon>
      )}
      {mayCreate && (
        <ActionIcon
          size={24}
          aria-label={t('frame.createSpace')}
          onClick={() => {
            openDialog({ name: 'create-space' })
          }}
        >
          <IconPlus size={16} stroke={1.75} />
        </ActionIcon>
      )}
    </div>
  )
}

/** What stays of the tree in a narrow window: the marks of the spaces. */
function SpaceMarks() {
  const spaces = useSpaces()
  return (
    <ul className={classes['marks']}>
      {spaces.map((space) => (
        <li key={space.id}>
          <Link
            to="/space/$spaceId"
            params={{ spaceId: space.id }}
            className={classes['place']}
            aria-label={space.name}
            title={space.name}
          >
            <SpaceMark spaceId={space.id} name={space.name} />
          </Link>
        </li>
      ))}
    </ul>
  )
}
