import type { ReactNode } from 'react'
import classes from './Screen.module.css'
import { useScreenTitle } from './use-screen-title.ts'

interface ScreenProps {
  readonly title: string
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly mark?: ReactNode
  readonly children: ReactNode
}

/** A screen that is not a page: title, a line below it, actions at its end, then its content, scrolling. */
export function Screen({ title, lead, actions, mark, children }: ScreenProps) {
  useScreenTitle(title)
  return (
    <div className={classes['scroll']}>
      <div className={classes['screen']}>
        <header className={classes['head']}>
          {mark}
          <div className={classes['words']}>
            <h1 className={classes['title']}>{title}</h1>
            {lead !== undefined && <p className={classes['lead']}>{lead}</p>}
          </div>
          {actions !== undefined && <div className={classes['actions']}>{actions}</div>}
        </header>
        {children}
      </div>
    </div>
  )
}
