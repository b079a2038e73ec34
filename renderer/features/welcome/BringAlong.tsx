import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../ui/Notice.tsx'
import classes from './BringAlong.module.css'
import { useBringAlong } from './use-bring-along.ts'

/** Just joined, with a space of one's own on this laptop from before: take it along, or leave it where it is. */
export function BringAlong({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const { own, isBusy, brought, failure, bring } = useBringAlong()
  if (own === null) return null
  if (brought !== null && failure === null && !isBusy) return <Done {...brought} onDone={onDone} />
  return (
    <div className={classes['bring']}>
      <ul className={classes['list']}>
        {own.map(({ id, name, pages }) => (
          <li key={id}>
            <b>{name}</b>
            <span className={classes['count']}>{t('own.pages', { count: pages })}</span>
          </li>
        ))}
      </ul>
      <p className={classes['text']}>{t('own.text')}</p>
      {failure !== null && (
        <Notice tone="stop">
          {failure === 'not-yet-here' || failure === 'storage-full'
            ? t(`own.failed.${failure}`)
            : t(`accountError.${failure}`)}
        </Notice>
      )}
      <div className={classes['actions']}>
        <Button variant="filled" size="lg" loading={isBusy} onClick={() => void bring()} data-autofocus>
          {t('own.bring')}
        </Button>
        <Button size="lg" variant="subtle" disabled={isBusy} onClick={onDone}>
          {t('own.leave')}
        </Button>
      </div>
    </div>
  )
}

function Done({ pages, isWhole, onDone }: { pages: number; isWhole: boolean; onDone: () => void }) {
  const { t } = useTranslation()
  return (
    <div className={classes['bring']}>
      <p className={classes['text']} role="status">
        {t('own.done', { count: pages })}
      </p>
      {!isWhole && <Notice tone="wait">{t('own.notWhole')}</Notice>}
      <div className={classes['actions']}>
        <Button variant="filled" size="lg" onClick={onDone} autoFocus>
          {t('own.continue')}
        </Button>
      </div>
    </div>
  )
}
