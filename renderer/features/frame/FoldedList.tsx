import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import { useStored } from '../../ui/use-stored.ts'
import classes from './MarkedPages.module.css'

interface FoldedListProps {
  /** Under which it is remembered whether it is open. */
  readonly name: string
  readonly title: string
  readonly isOpenAtFirst: boolean
  /** The rows, made only while it is open; each a list item. */
  readonly rows: () => ReactNode
}

/** A list of the sidebar under a heading that folds it. */
export function FoldedList({ name, title, isOpenAtFirst, rows }: FoldedListProps) {
  const listId = useId()
  const [stored, store] = useStored(`plein.fold.${name}`, isOpenAtFirst ? 'open' : 'closed')
  const isOpen = stored === 'open'
  const Icon = isOpen ? IconChevronDown : IconChevronRight
  return (
    <section aria-label={title}>
      <button
        type="button"
        className={classes['head']}
        aria-expanded={isOpen}
        aria-controls={listId}
        onClick={() => store(isOpen ? 'closed' : 'open')}
      >
        {title}
        <Icon size={14} stroke={1.75} aria-hidden="true" />
      </button>
      <ul id={listId} className={classes['list']} hidden={!isOpen}>
        {isOpen && rows()}
      </ul>
    </section>
  )
}
