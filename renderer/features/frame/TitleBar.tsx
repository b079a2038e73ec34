import { ActionIcon } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconHome, IconX } from '@tabler/icons-react'
import { Link, useCanGoBack, useNavigate, useParams, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { type PageId, parseId } from '../../../model/ids.ts'
import type { PageSummary } from '../../documents/plein.ts'
import { usePageRow, usePageRows } from '../../documents/use-page-rows.ts'
import { useOpenSession } from '../../documents/use-session.ts'
import { PageIcon } from '../../ui/PageIcon.tsx'
import { useOpenTabs } from './open-tabs.ts'
import classes from './TitleBar.module.css'

/** Back, forward and the pages that are open. */
export function TitleBar() {
  return (
    <div className={classes['bar']}>
      <Arrows />
      <Tabs />
    </div>
  )
}

function Arrows() {
  const { t } = useTranslation()
  const router = useRouter()
  const canGoBack = useCanGoBack()
  return (
    <div className={classes['arrows']}>
      <ActionIcon
        size={28}
        aria-label={t('frame.back')}
        disabled={!canGoBack}
        onClick={() => {
          router.history.back()
        }}
      >
        <IconArrowLeft size={18} stroke={1.75} />
      </ActionIcon>
      <ActionIcon
        size={28}
        aria-label={t('frame.forward')}
        onClick={() => {
          router.history.forward()
        }}
      >
        <IconArrowRight size={18} stroke={1.75} />
      </ActionIcon>
    </div>
  )
}

function Tabs() {
  const { t } = useTranslation()
  const { organisation } = useOpenSession()
  const { tabs, open, close } = useOpenTabs(organisation.id)
  const current = parseId<PageId>(useParams({ strict: false }).pageId)
  const currentRow = usePageRow(current)
  const rows = usePageRows(tabs)
  // The row changes with every keystroke, the tab does not.
  const currentId = currentRow?.id
  // The address is outside React: wherever it leads, the page gets a tab.
  useEffect(() => {
    if (currentId !== undefined) open(currentId)
  }, [currentId, open])
  return (
    <nav className={classes['tabs']} aria-label={t('frame.tabs')}>
      <Link to="/" className={classes['tab']} activeOptions={{ exact: true, includeSearch: false }}>
        <IconHome size={16} stroke={1.75} aria-hidden="true" />
        <span className={classes['title']}>{t('frame.start')}</span>
      </Link>
      {rows.map((page) => (
        <Tab key={page.id} page={page} isCurrent={page.id === current} onClose={() => close(page.id)} />
      ))}
    </nav>
  )
}

function Tab({ page, isCurrent, onClose }: { page: PageSummary; isCurrent: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const title = page.title === '' ? t('common.untitled') : page.title
  return (
    <div className={classes['tab']} data-status={isCurrent ? 'active' : undefined}>
      <Link to="/page/$pageId" params={{ pageId: page.id }} className={classes['link']} title={title}>
        <PageIcon kind={page.kind} icon={page.icon} />
        <span className={classes['title']}>{title}</span>
      </Link>
      <button
        type="button"
        className={classes['close']}
        aria-label={t('frame.closeTab', { title })}
        onClick={() => {
          onClose()
          if (isCurrent) void navigate({ to: '/' })
        }}
      >
        <IconX size={14} stroke={1.75} aria-hidden="true" />
      </button>
    </div>
  )
}
