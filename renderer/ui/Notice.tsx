import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './Notice.module.css'

/** A sentence that something is wrong or waits, with what to do; errors are read out at once. */
export function Notice({
  tone,
  children,
  action,
}: {
  tone: 'stop' | 'wait' | 'calm'
  children: ReactNode
  action?: ReactNode
}) {
  const Icon = tone === 'calm' ? IconInfoCircle : IconAlertTriangle
  return (
    <div className={classes['notice']} data-tone={tone} role={tone === 'stop' ? 'alert' : 'note'}>
      <Icon size={18} stroke={1.75} aria-hidden="true" />
      <div className={classes['text']}>{children}</div>
      {action}
    </div>
  )
}
