import type { ReactNode } from 'react'
import classes from './EmptyState.module.css'
import { Pips } from './Pips.tsx'

/** Where there is nothing (yet): one sentence, and one action where there is one. */
export function EmptyState({ title, text, action }: { title?: string; text: string; action?: ReactNode }) {
  return (
    <div className={classes['empty']}>
      <Pips filled={0} />
      {title !== undefined && <h2 className={classes['title']}>{title}</h2>}
      <p className={classes['text']}>{text}</p>
      {action}
    </div>
  )
}
