import type { ReactNode } from 'react'
import classes from './Bar.module.css'

/** The bar of 48 above a screen. */
export function Bar({ children }: { children: ReactNode }) {
  return <div className={classes['bar']}>{children}</div>
}
