import { type KeyboardEvent, type ReactNode, useId } from 'react'
import classes from './ChoiceList.module.css'

interface ChoiceListProps<T extends { readonly key: string }> {
  readonly label: string
  readonly choices: readonly T[]
  readonly chosen: string | null
  readonly onChoose: (key: string) => void
  /** The words where there is nothing to choose. */
  readonly nothing: string
  readonly children: (choice: T) => ReactNode
}

/** A list of which one is chosen, by the arrows or a click; longer than its window, it scrolls. */
export function ChoiceList<T extends { readonly key: string }>(props: ChoiceListProps<T>) {
  const { label, choices, chosen, onChoose, nothing, children } = props
  const listId = useId()
  const index = choices.findIndex(({ key }) => key === chosen)
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(index + 1, choices.length - 1),
      ArrowUp: Math.max(index - 1, 0),
      Home: 0,
      End: choices.length - 1,
    }
    const next = choices[steps[event.key] ?? -1]
    if (next === undefined) return
    event.preventDefault()
    onChoose(next.key)
  }
  if (choices.length === 0) {
    return (
      <p className={classes['nothing']} role="status">
        {nothing}
      </p>
    )
  }
  return (
    <ul
      className={classes['list']}
      role="listbox"
      aria-label={label}
      aria-activedescendant={index === -1 ? undefined : `${listId}-${index}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {choices.map((choice, place) => (
        <li
          key={choice.key}
          id={`${listId}-${place}`}
          role="option"
          ref={choice.key === chosen ? showChosen : null}
          aria-selected={choice.key === chosen}
          className={classes['choice']}
          onClick={() => onChoose(choice.key)}
        >
          {children(choice)}
        </li>
      ))}
    </ul>
  )
}

function showChosen(row: HTMLElement | null): void {
  row?.scrollIntoView({ block: 'nearest' })
}
