import classes from './Kbd.module.css'

/** A key, as text of the shortcut it belongs to. */
export function Kbd({ children, onAccent = false }: { children: string; onAccent?: boolean }) {
  return (
    <kbd className={classes['kbd']} data-on-accent={onAccent}>
      {children}
    </kbd>
  )
}
