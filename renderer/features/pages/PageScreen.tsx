import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageId } from '../../../model/ids.ts'
import { AnchorBoard } from '../../documents/anchor-board.ts'
import type { PageCommentsParts } from '../../documents/page-comments-parts.ts'
import type { PageSnapshot } from '../../documents/plein.ts'
import { usePage } from '../../documents/use-page.ts'
import { usePageBody } from '../../documents/use-page-body.tsx'
import { usePlein } from '../../documents/use-plein.tsx'
import { useLanguage } from '../../i18n/use-times.ts'
import { GreyBlocks } from '../../ui/GreyBlocks.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { ScreenCatch } from '../../ui/ScreenCatch.tsx'
import { useScreenTitle } from '../../ui/use-screen-title.ts'
import { Byline } from './Byline.tsx'
import { PageBar } from './PageBar.tsx'
import classes from './PageScreen.module.css'
import { PageTitle } from './PageTitle.tsx'
import { PageTrouble } from './PageTrouble.tsx'
import { RightsNotice } from './RightsNotice.tsx'
import { useMayRestore } from './use-may-restore.ts'
import { useNoteRead } from './use-note-read.ts'
import { useOpenLink } from './use-open-link.tsx'

interface PageScreenProps {
  readonly pageId: PageId
  readonly comments: PageCommentsParts
  /** Stands beside the page. */
  readonly panel?: ReactNode
}

/** One page: its bar, title, byline and text, and a panel beside them. */
export function PageScreen({ pageId, comments, panel = null }: PageScreenProps) {
  const opened = usePage(pageId)
  if (opened === undefined) return <LoadingPage />
  if (!opened.ok) return <PageTrouble error={opened.error} />
  // A page is another screen, not the same with other text: no field keeps what was typed for the page before.
  return <OpenPage key={pageId} page={opened.value} comments={comments} panel={panel} />
}

function LoadingPage() {
  return (
    <div className={classes['scroll']}>
      <div className={classes['sheet']}>
        <GreyBlocks lines={7} />
      </div>
    </div>
  )
}

type OpenPageProps = Omit<PageScreenProps, 'pageId'> & { readonly page: PageSnapshot }

function OpenPage({ page, comments, panel }: OpenPageProps) {
  const { t } = useTranslation()
  const [board] = useState(() => new AnchorBoard())
  useScreenTitle(page.title === '' ? t('common.untitled') : page.title)
  useNoteRead(page.id)
  const drawBody = usePageBody()
  const language = useLanguage()
  const { openLink, trouble } = useOpenLink(page.spaceId)
  return (
    <>
      <PageBar page={page} comments={<comments.Button page={page} board={board} />} />
      <div className={classes['row']}>
        <div className={classes['scroll']} data-page-scroll="">
          <article className={classes['sheet']}>
            <ReadOnlyNotice page={page} />
            <PageTitle page={page} />
            <Byline page={page} />
            <div className={classes['body']}>
              <section aria-label={t('page.bodyLabel')}>
                <ScreenCatch>
                  {drawBody({ pageId: page.id, language, onOpenLink: openLink, comments: board })}
                </ScreenCatch>
              </section>
              <comments.Margin page={page} board={board} />
            </div>
            <comments.End page={page} board={board} />
          </article>
        </div>
        {panel}
      </div>
      {trouble}
    </>
  )
}

function ReadOnlyNotice({ page }: { page: PageSnapshot }) {
  const { t } = useTranslation()
  const plein = usePlein()
  const mayRestore = useMayRestore(page)
  if (page.readOnlyReason === null) return null
  if (page.readOnlyReason === 'archived') {
    const restore = mayRestore && (
      <Button size="sm" onClick={() => void plein.restorePage(page.id)}>
        {t('page.restore')}
      </Button>
    )
    return (
      <div className={classes['notice']}>
        <Notice tone="wait" action={restore}>
          {t('page.archivedNotice')}
        </Notice>
      </div>
    )
  }
  return (
    <div className={classes['notice']}>
      {page.readOnlyReason === 'rights' ? (
        <RightsNotice page={page} />
      ) : (
        <Notice tone="wait">{t('page.schemaNotice')}</Notice>
      )}
    </div>
  )
}
