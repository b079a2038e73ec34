import type { ReactNode } from 'react'
import classes from './EmptyState.module.css'
import { Pips } from './Pips.tsx'

interface EmptyStateProps {
  readonly title?: string
  /** Where nothing else is on the screen, the title is the screen's own. */
  readonly isScreen?: boolean
  readonly text: string
  readonly action?: ReactNode
}

/** Where there is nothing (yet): one sentence, and one action where there is one. */
export function EmptyState({ title, isScreen = false, text, action }: EmptyStateProps) {
  const Heading = isScreen ? 'h1' : 'h2'
  return (
    <div className={classes['empty']}>
      <Pips filled={0} />
      {title !== undefined && <Heading className={classes['title']}>{title}</Heading>}
      <p className={classes['text']}>{text}</p>
      {action}
    </div>
  )
}
