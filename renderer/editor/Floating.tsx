import type { ReactNode } from 'react'
import type { Place } from './editor-menus.ts'
import styles from './menus.module.css'

/** Something that stands over the text at a place, and keeps the text's selection when it is clicked. */
export function Floating({ place, children }: { readonly place: Place; readonly children: ReactNode }) {
  return (
    <div
      className={styles['floating']}
      data-above={place.isAbove}
      data-end={place.isEnd === true}
      style={{ insetInlineStart: place.left, top: place.top }}
      onMouseDown={(event) => {
        if (!(event.target instanceof HTMLInputElement)) event.preventDefault()
      }}
    >
      {children}
    </div>
  )
}
