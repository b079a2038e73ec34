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
  if (row?.type !== 'page' && row?.type !== 'comment')
    return <div className={classes['preview']} role="group" aria-label={t('find.preview')} />
  const { page, spaceName } = row.listed
  const { excerpt, changedAtMs } = row.type === 'page' ? { ...row, changedAtMs: page.changedAtMs } : row.hit
  return (
    <div className={classes['preview']} role="group" aria-label={t('find.preview')}>
      <p className={classes['previewSpace']}>{spaceName}</p>
      <p className={classes['previewTitle']}>{page.title === '' ? t('common.untitled') : page.title}</p>
      {excerpt.length > 0 && (
        <p className={classes['previewText']}>
          <Marked parts={excerpt} />
        </p>
      )}
      <p className={classes['previewFoot']}>
        {t(row.type === 'page' ? 'find.changed' : 'find.said', { time: times.moment(changedAtMs, nowMs) })}
      </p>
    </div>
  )
}
