import { useTranslation } from 'react-i18next'
import { useTimes } from '../../i18n/use-times.ts'
import { Marked } from '../../ui/Marked.tsx'
import { useNow } from '../../ui/use-now.ts'
import classes from './Palette.module.css'
import type { PaletteRow } from './palette-rows.ts'

/** Where the chosen page says it. Not for the keyboard: everything in it is on the page itself. */
export function PalettePreview({ row }: { row: PaletteRow | undefined }) {
  const { t } = useTranslation()
  const times = useTimes()
  const nowMs = useNow(60_000)
  if (row?.type !== 'page') return <div className={classes['preview']} role="group" aria-label={t('find.preview')} />
  const { page, spaceName } = row.listed
  return (
    <div className={classes['preview']} role="group" aria-label={t('find.preview')}>
      <p className={classes['previewSpace']}>{spaceName}</p>
      <p className={classes['previewTitle']}>{page.title === '' ? t('common.untitled') : page.title}</p>
      {row.excerpt.length > 0 && (
        <p className={classes['previewText']}>
          <Marked parts={row.excerpt} />
        </p>
      )}
      <p className={classes['previewFoot']}>{t('find.changed', { time: times.moment(page.changedAtMs, nowMs) })}</p>
    </div>
  )
}
