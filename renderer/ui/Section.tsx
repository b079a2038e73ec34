import type { ReactNode } from 'react'
import classes from './Section.module.css'

/** A part of a screen under its own heading. */
export function Section({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <section className={classes['section']}>
      <div className={classes['head']}>
        <h2 className={classes['title']}>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  )
}
