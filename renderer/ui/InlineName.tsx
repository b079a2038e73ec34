import { useRef } from 'react'
import classes from './InlineName.module.css'

interface InlineNameProps {
  readonly label: string
  readonly value: string
  /** The new name, or null where it was given up. */
  readonly onDone: (name: string | null) => void
}

/** A name that is edited where it stands: Enter and leaving keep it, Escape gives it up. */
export function InlineName({ label, value, onDone }: InlineNameProps) {
  // Enter removes the field, and a removed field loses focus: it must not be done twice.
  const isDone = useRef(false)
  const done = (name: string | null) => {
    if (isDone.current) return
    isDone.current = true
    onDone(name)
  }
  return (
    <input
      ref={focusAndSelect}
      className={classes['field']}
      aria-label={label}
      defaultValue={value}
      maxLength={200}
      onClick={(event) => event.stopPropagation()}
      onBlur={(event) => done(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') done(event.currentTarget.value)
        if (event.key === 'Escape') done(null)
      }}
    />
  )
}

function focusAndSelect(field: HTMLInputElement | null): void {
  field?.focus()
  field?.select()
}
