import { useState, type KeyboardEvent, type RefObject } from 'react'
import type { PersonCard } from '../../documents/people.ts'
import { usePeople } from '../../documents/use-people.ts'
import { findPeople, mentionQuery, takeMention, type Written } from './compose-text.ts'

/** More would hide what is being written. */
const mostShown = 6

export interface Mentions {
  readonly found: readonly PersonCard[]
  readonly index: number
  /** Looks at what stands before the caret. */
  look(): void
  choose(person: PersonCard): void
  /** Whether the key was for the list. */
  handleKey(event: KeyboardEvent): boolean
}

/** Completes names after an `@`: arrows choose, Enter or Tab takes, Escape closes the list. */
export function useMentions(
  field: RefObject<HTMLTextAreaElement | null>,
  written: Written,
  onChange: (written: Written) => void,
): Mentions {
  const people = usePeople()
  const [caret, setCaret] = useState<number | null>(null)
  const [index, setIndex] = useState(0)
  const asked = caret === null ? null : mentionQuery(written.text, caret)
  const found = asked === null ? [] : findPeople(people, asked.query, mostShown)

  const choose = (person: PersonCard) => {
    if (asked === null) return
    const taken = takeMention(written, asked, { person: person.id, name: person.name })
    onChange(taken.written)
    setCaret(null)
    // After React has put the new text into the field.
    requestAnimationFrame(() => field.current?.setSelectionRange(taken.caret, taken.caret))
  }

  const handleKey = (event: KeyboardEvent): boolean => {
    const person = found[Math.min(index, found.length - 1)]
    if (person === undefined) return false
    if (event.key === 'ArrowDown') setIndex((index + 1) % found.length)
    else if (event.key === 'ArrowUp') setIndex((index + found.length - 1) % found.length)
    else if ((event.key === 'Enter' && !event.ctrlKey) || event.key === 'Tab') choose(person)
    else if (event.key === 'Escape') setCaret(null)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  return {
    found,
    index: Math.min(index, Math.max(found.length - 1, 0)),
    look: () => {
      const at = field.current?.selectionStart ?? null
      if (at !== caret) setIndex(0)
      setCaret(at)
    },
    choose,
    handleKey,
  }
}
