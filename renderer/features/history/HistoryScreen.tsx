import { Button, SegmentedControl } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageId } from '../../../model/ids.ts'
import { countChanges } from '../../../model/page-difference.ts'
import type { CompareWith, Comparison, HistoryTrouble, VersionKey } from '../../documents/history.ts'
import { useComparison, useIsRestored } from '../../documents/use-history.ts'
import { usePage } from '../../documents/use-page.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { Bar } from '../../ui/Bar.tsx'
import { DifferentText } from '../../ui/DifferentText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { GreyBlocks } from '../../ui/GreyBlocks.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useScreenTitle } from '../../ui/use-screen-title.ts'
import { wordDifference } from '../../../model/word-difference.ts'
import { Difference } from './Difference.tsx'
import { HistoryPanel } from './HistoryPanel.tsx'
import classes from './HistoryScreen.module.css'

/** One version of a page beside how it is now, or the version before; the list of versions at its side. */
export function HistoryScreen({ pageId, version }: { pageId: PageId; version: VersionKey | null }) {
  const { t } = useTranslation()
  useScreenTitle(t('history.title'))
  return (
    <>
      <Bar>
        <Link to="/page/$pageId" params={{ pageId }} className={classes['back']}>
          <IconArrowLeft size={16} stroke={1.75} aria-hidden="true" />
          {t('history.backToPage')}
        </Link>
      </Bar>
      <div className={classes['row']}>
        <div className={classes['scroll']}>
          <article className={classes['sheet']}>
            {version === null ? (
              <EmptyState isScreen title={t('history.title')} text={t('history.choose')} />
            ) : (
              <Version key={version} pageId={pageId} version={version} />
            )}
          </article>
        </div>
        <HistoryPanel pageId={pageId} chosen={version} />
      </div>
    </>
  )
}

function Version({ pageId, version }: { pageId: PageId; version: VersionKey }) {
  const { t } = useTranslation()
  const [compareWith, setCompareWith] = useState<CompareWith>('now')
  const comparison = useComparison(pageId, version, compareWith)
  return (
    <>
      <div className={classes['tools']}>
        <SegmentedControl
          aria-label={t('history.compare')}
          value={compareWith}
          onChange={(value) => setCompareWith(value === 'before' ? 'before' : 'now')}
          data={[
            { value: 'now', label: t('history.compareNow') },
            { value: 'before', label: t('history.compareBefore') },
          ]}
        />
        <Restore pageId={pageId} version={version} />
      </div>
      <RestoredNotice pageId={pageId} />
      <Compared comparison={comparison} compareWith={compareWith} />
    </>
  )
}

function Compared({ comparison, compareWith }: { comparison: Comparison; compareWith: CompareWith }) {
  const { t } = useTranslation()
  if (comparison.state === 'loading') return <GreyBlocks lines={7} />
  if (comparison.state === 'trouble') return <Notice tone="wait">{t(`history.trouble.${comparison.reason}`)}</Notice>
  const { titleBefore, titleAfter, lines } = comparison
  const count = countChanges(lines)
  const isSame = count === 0 && titleBefore === titleAfter
  const same = compareWith === 'now' ? t('history.sameNow') : t('history.sameBefore')
  return (
    <>
      <p className={classes['count']} role="status">
        {isSame ? same : t('history.changes', { count })}
        {!isSame && (
          <span className={classes['legend']}>
            <ins>{t('history.legendAdded')}</ins> <del>{t('history.legendRemoved')}</del>
          </span>
        )}
      </p>
      <h1 className={classes['title']}>
        <DifferentText words={wordDifference(titleBefore, titleAfter)} />
      </h1>
      <Difference lines={lines} />
    </>
  )
}

function Restore({ pageId, version }: { pageId: PageId; version: VersionKey }) {
  const { t } = useTranslation()
  const { history } = usePlein()
  const page = usePage(pageId)
  const [trouble, setTrouble] = useState<HistoryTrouble | 'busy' | null>(null)
  if (page?.ok !== true || !page.value.mayEdit) return null
  const restore = async () => {
    setTrouble('busy')
    const restored = await history.restore(pageId, version)
    setTrouble(restored.ok ? null : restored.error)
  }
  return (
    <>
      <Button variant="filled" disabled={trouble === 'busy'} onClick={() => void restore()}>
        {t('history.restore')}
      </Button>
      {trouble !== null && trouble !== 'busy' && <Notice tone="stop">{t(`history.trouble.${trouble}`)}</Notice>}
    </>
  )
}

function RestoredNotice({ pageId }: { pageId: PageId }) {
  const { t } = useTranslation()
  const { history } = usePlein()
  const isRestored = useIsRestored(pageId)
  if (!isRestored) return null
  const undo = (
    <Button size="sm" onClick={() => history.undoRestore(pageId)}>
      {t('history.undo')}
    </Button>
  )
  return (
    <div className={classes['notice']} role="status">
      <Notice tone="calm" action={undo}>
        {t('history.restored')}
      </Notice>
    </div>
  )
}
