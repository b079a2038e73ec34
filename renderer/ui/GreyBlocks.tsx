import { useTranslation } from 'react-i18next'
import classes from './GreyBlocks.module.css'

/** Still grey blocks where text will come; they appear after 300 ms, for local content needs less. */
export function GreyBlocks({ lines = 4 }: { lines?: number }) {
  const { t } = useTranslation()
  return (
    <div className={classes['blocks']} role="status" aria-label={t('common.loading')}>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className={classes['block']} style={{ inlineSize: `${92 - ((index * 17) % 38)}%` }} />
      ))}
    </div>
  )
}
