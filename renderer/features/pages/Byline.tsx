import { useTranslation } from 'react-i18next'
import type { PageSnapshot } from '../../documents/plein.ts'
import { usePageRow } from '../../documents/use-page-rows.ts'
import { useOpenSession } from '../../documents/use-session.ts'
import { useTimes } from '../../i18n/use-times.ts'
import { Face } from '../../ui/Face.tsx'
import { useNow } from '../../ui/use-now.ts'
import classes from './Byline.module.css'

/** What kind of page it is and when it changed; of a note, that it is one's own. */
export function Byline({ page }: { page: PageSnapshot }) {
  const { t } = useTranslation()
  const { me } = useOpenSession()
  const times = useTimes()
  const nowMs = useNow(60_000)
  const changedAtMs = usePageRow(page.id)?.changedAtMs
  return (
    <div className={classes['byline']}>
      {page.kind === 'note' && <Face personId={me.id} name={me.name} />}
      {page.kind === 'note' && <b>{me.name}</b>}
      {page.kind === 'note' && <span aria-hidden="true">·</span>}
      <span>{page.kind === 'note' ? t('page.noteOnlyYou') : t(`page.kind.${page.kind}`)}</span>
      {changedAtMs !== undefined && (
        <>
          <span aria-hidden="true">·</span>
          <span>{t('page.changed', { moment: times.moment(changedAtMs, nowMs) })}</span>
        </>
      )}
    </div>
  )
}
