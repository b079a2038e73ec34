import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Progress } from '../../../model/markdown/import-survey.ts'
import { Squares } from '../../ui/Squares.tsx'
import classes from './import-export.module.css'

interface WorkProgressProps {
  readonly title: string
  readonly text: string
  readonly progress: Progress | null
  readonly onStop: () => void
}

/** A long work on its way, and its end. */
export function WorkProgress({ title, text, progress, onStop }: WorkProgressProps) {
  const { t } = useTranslation()
  const { done, total } = progress ?? { done: 0, total: 0 }
  const words = total === 0 ? t('common.loading') : t('inOut.progress', { done, total })
  return (
    <section className={classes['work']} aria-labelledby="work-title">
      <h2 id="work-title" className={classes['dropTitle']}>
        {title}
      </h2>
      <p className={classes['soft']}>{text}</p>
      <Squares label={title} text={words} done={done} total={total} />
      <div className={classes['foot']}>
        <span className={classes['soft']}>{words}</span>
        <Button onClick={onStop}>{t('inOut.stop')}</Button>
      </div>
    </section>
  )
}
