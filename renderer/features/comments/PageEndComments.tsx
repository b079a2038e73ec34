import { useTranslation } from 'react-i18next'
import type { PageCommentsProps } from '../../documents/page-comments-parts.ts'
import { usePageComments } from '../../documents/use-comments.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { Composer } from './Composer.tsx'
import classes from './PageEndComments.module.css'
import { ThreadCard } from './ThreadCard.tsx'
import { useThreads } from './use-threads.ts'

/** What is said about the page as a whole, below its text. */
export function PageEndComments({ page, board }: PageCommentsProps) {
  const { t } = useTranslation()
  const { comments } = usePlein()
  const threads = useThreads(page, board)
  const mayComment = usePageComments(page.id)?.mayComment === true
  if (threads === null || (threads.ofPage.length === 0 && !mayComment)) return null
  return (
    <section className={classes['end']} aria-label={t('comments.onPage')} data-threads="">
      <h2 className={classes['title']}>{t('comments.onPage')}</h2>
      {threads.ofPage.map((thread) => (
        <ThreadCard key={thread.ref} pageId={page.id} thread={thread} mayComment={mayComment} isActive />
      ))}
      {mayComment ? (
        <div data-page-composer="">
          <Composer
            label={t('comments.pageLabel')}
            keepAs={`page ${page.id}`}
            placeholder={t('comments.pagePlaceholder')}
            sendLabel={t('comments.send')}
            onSend={(text) => comments.comment(page.id, { anchor: null, text })}
          />
        </div>
      ) : (
        <p className={classes['note']}>{t('comments.mayOnlyRead')}</p>
      )}
    </section>
  )
}
