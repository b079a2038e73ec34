import { Modal } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useDeferredValue, useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ListedPage, usePages } from '../../documents/use-pages.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { PageIcon } from '../../ui/PageIcon.tsx'
import { matchTitles } from './match-titles.ts'
import classes from './QuickOpen.module.css'

/** As many as one looks through; typing on narrows them further. */
const shown = 12

/** Opens a page by its title, over all pages on this laptop. */
export function QuickOpen({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const pages = usePages()
  const [query, setQuery] = useState('')
  const deferred = useDeferredValue(query)
  const found = useMemo(() => matchTitles(pages, deferred).slice(0, shown), [pages, deferred])
  const open = (listed: ListedPage | undefined) => {
    if (listed === undefined) return
    onClose()
    void navigate({ to: '/page/$pageId', params: { pageId: listed.page.id } })
  }
  // Who types fast means what stands in the field, not what is still drawn.
  const openAt = (index: number) => {
    open(query === deferred ? found[index] : matchTitles(pages, query)[0])
  }
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      size={680}
      centered={false}
      yOffset="10vh"
      padding={0}
      title={t('search.title')}
      classNames={{ body: classes['body'] ?? '', header: classes['header'] ?? '' }}
    >
      <Field query={query} onQuery={setQuery} found={found} onOpen={openAt} />
      <footer className={classes['foot']}>
        <span aria-hidden="true">
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t('search.choose')}
        </span>
        <span aria-hidden="true">
          <Kbd>↵</Kbd> {t('search.open')}
        </span>
        <span className={classes['count']}>{t('search.count', { count: pages.length })}</span>
      </footer>
    </Modal>
  )
}

interface FieldProps {
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly found: readonly ListedPage[]
  /** Opens what stands at this place of the list. */
  readonly onOpen: (index: number) => void
}

function Field({ query, onQuery, found, onOpen }: FieldProps) {
  const { t } = useTranslation()
  const listId = useId()
  const [chosen, setChosen] = useState(0)
  const index = Math.min(chosen, Math.max(found.length - 1, 0))
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setChosen((index + step + found.length) % Math.max(found.length, 1))
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) onOpen(index)
  }
  return (
    <>
      <div className={classes['field']}>
        <IconSearch size={20} stroke={1.75} aria-hidden="true" />
        <input
          data-autofocus
          className={classes['input']}
          role="combobox"
          aria-label={t('search.field')}
          aria-expanded={found.length > 0}
          aria-controls={listId}
          aria-activedescendant={found.length > 0 ? `${listId}-${index}` : undefined}
          autoComplete="off"
          placeholder={t('search.placeholder')}
          value={query}
          onChange={(event) => {
            onQuery(event.target.value)
            setChosen(0)
          }}
          onKeyDown={onKeyDown}
        />
        <span aria-hidden="true">
          <Kbd>Esc</Kbd>
        </span>
      </div>
      <div className={classes['found']}>
        <p className={classes['heading']} aria-hidden="true">
          {t(query.trim() === '' ? 'search.recent' : 'search.pages')}
        </p>
        <ul id={listId} className={classes['list']} role="listbox" aria-label={t('search.results')}>
          {found.map((listed, position) => (
            <Found
              key={listed.page.id}
              id={`${listId}-${position}`}
              listed={listed}
              isChosen={position === index}
              onChoose={() => setChosen(position)}
              onOpen={() => onOpen(position)}
            />
          ))}
        </ul>
        {found.length === 0 && (
          <p className={classes['none']} role="status">
            {query.trim() === '' ? t('search.noneYet') : t('search.none', { query: query.trim() })}
          </p>
        )}
      </div>
    </>
  )
}

interface FoundProps {
  readonly id: string
  readonly listed: ListedPage
  readonly isChosen: boolean
  readonly onChoose: () => void
  readonly onOpen: () => void
}

function Found({ id, listed, isChosen, onChoose, onOpen }: FoundProps) {
  const { t } = useTranslation()
  const { page, spaceName } = listed
  return (
    <li
      id={id}
      role="option"
      ref={isChosen ? showChosen : null}
      aria-selected={isChosen}
      className={classes['page']}
      onPointerMove={onChoose}
      onClick={onOpen}
    >
      <PageIcon kind={page.kind} icon={page.icon} size={18} />
      <span className={classes['words']}>
        <b className={classes['title']}>{page.title === '' ? t('common.untitled') : page.title}</b>
        <span className={classes['space']}>{spaceName}</span>
      </span>
      {isChosen && (
        <span aria-hidden="true">
          <Kbd>↵</Kbd>
        </span>
      )}
    </li>
  )
}

function showChosen(row: HTMLElement | null): void {
  row?.scrollIntoView({ block: 'nearest' })
}
