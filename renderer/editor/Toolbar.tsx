import type { KeyboardEvent, ReactNode } from 'react'
import styles from './menus.module.css'

/** A row of buttons: arrows move between them, Escape goes back to the text. */
export function Toolbar(props: { readonly label: string; readonly onLeave: () => void; readonly children: ReactNode }) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      props.onLeave()
    }
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0 || event.target instanceof HTMLInputElement) return
    const buttons = [...event.currentTarget.querySelectorAll('button')]
    const current = buttons.findIndex((button) => button === document.activeElement)
    buttons[(current + step + buttons.length) % buttons.length]?.focus()
    event.preventDefault()
  }
  return (
    <div role="toolbar" aria-label={props.label} className={styles['toolbar']} onKeyDown={onKeyDown}>
      {props.children}
    </div>
  )
}

export function ToolButton(props: {
  readonly name: string
  readonly shortcut?: string
  readonly isPressed?: boolean
  readonly onPress: () => void
  readonly children: ReactNode
}) {
  const title = props.shortcut === undefined ? props.name : `${props.name} (${props.shortcut})`
  return (
    <button
      type="button"
      className={styles['tool']}
      aria-label={props.name}
      aria-pressed={props.isPressed}
      title={title}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  )
}
