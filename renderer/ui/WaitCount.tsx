import { useTranslation } from 'react-i18next'
import classes from './WaitCount.module.css'

/** How many changes of something wait on this laptop; nothing where none do. */
export function WaitCount({ count }: { count: number }) {
  const { t } = useTranslation()
  if (count === 0) return null
  return (
    <span className={classes['count']} data-count={count}>
      <span className={classes['hidden']}>{t('receipt.waitingHere', { count })}</span>
    </span>
  )
}
