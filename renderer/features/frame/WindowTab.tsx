import { IconFolder, IconHome, IconInbox, IconListSearch, IconNote, IconSettings, IconX } from '@tabler/icons-react'
import type { DragEvent, KeyboardEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type PageId, parseId, type SpaceId } from '../../../model/ids.ts'
import { usePageRow } from '../../documents/use-page-rows.ts'
import { useSpaces } from '../../documents/use-spaces.ts'
import { PageIcon } from '../../ui/PageIcon.tsx'
import type { Tab } from './tabs.ts'
import classes from './TitleBar.module.css'
import type { TabKeeper } from './use-tabs.ts'

interface WindowTabProps {
  readonly tab: Tab
  readonly place: number
  readonly isShown: boolean
  readonly isOnly: boolean
  readonly keeper: TabKeeper
}

const dragType = 'application/x-plein-tab'

/** One tab: a link, so that it is read as what it is; dragged, or moved with Alt and the arrows while it has the focus. */
export function WindowTab({ tab, place, isShown, isOnly, keeper }: WindowTabProps) {
  const { t } = useTranslation()
  const { title, icon } = useTabLabel(tab.path)
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (event.altKey && step !== 0) {
      event.preventDefault()
      keeper.move(tab.id, place + step)
    }
    if (event.key === 'Delete') keeper.close(tab.id)
  }
  const onDrop = (event: DragEvent) => {
    const id = Number(event.dataTransfer.getData(dragType))
    if (id > 0) keeper.move(id, place)
  }
  return (
    <div
      className={classes['tab']}
      data-status={isShown ? 'active' : undefined}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(dragType)) event.preventDefault()
      }}
      onDrop={onDrop}
      onAuxClick={(event) => {
        if (event.button === 1) keeper.close(tab.id)
      }}
    >
      <a
        href={`#${tab.path}`}
        className={classes['link']}
        title={title}
        aria-current={isShown ? 'page' : undefined}
        draggable
        onDragStart={(event) => event.dataTransfer.setData(dragType, String(tab.id))}
        onClick={(event) => {
          event.preventDefault()
          keeper.show(tab.id)
        }}
        onKeyDown={onKeyDown}
      >
        {icon}
        <span className={classes['title']}>{title}</span>
      </a>
      {!(isOnly && tab.path === '/') && (
        <button
          type="button"
          className={classes['close']}
          aria-label={t('frame.closeTab', { title })}
          onClick={() => keeper.close(tab.id)}
        >
          <IconX size={14} stroke={1.75} aria-hidden="true" />
        </button>
      )}
    </div>
  )
}

const size = { size: 16, stroke: 1.75, 'aria-hidden': true } as const

const screens = [
  { area: 'notes', title: 'frame.notes', Icon: IconNote },
  { area: 'inbox', title: 'inbox.title', Icon: IconInbox },
  { area: 'search', title: 'find.screen', Icon: IconListSearch },
  { area: 'settings', title: 'frame.settings', Icon: IconSettings },
  { area: 'set-aside', title: 'frame.setAside', Icon: IconFolder },
] as const

function useTabLabel(path: string): { readonly title: string; readonly icon: ReactNode } {
  const { t } = useTranslation()
  const [, area, id] = path.split('/')
  const row = usePageRow(area === 'page' ? parseId<PageId>(id) : undefined)
  const spaces = useSpaces()
  if (area === 'page') {
    const title = row === undefined || row.title === '' ? t('common.untitled') : row.title
    return { title, icon: <PageIcon kind={row?.kind ?? 'wiki'} icon={row?.icon ?? null} /> }
  }
  if (area === 'space') {
    const space = spaces.find((each) => each.id === parseId<SpaceId>(id))
    return { title: space?.name ?? t('frame.spaces'), icon: <IconFolder {...size} /> }
  }
  const screen = screens.find((each) => each.area === area)
  if (screen !== undefined) return { title: t(screen.title), icon: <screen.Icon {...size} /> }
  return { title: t('frame.start'), icon: <IconHome {...size} /> }
}
