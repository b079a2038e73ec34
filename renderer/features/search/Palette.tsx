import { IconDeviceLaptop } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type FoundElsewhere, useFoundOnServer } from '../../documents/use-found-on-server.ts'
import { type Found, useFound, useSearchState } from '../../documents/use-search.ts'
import { usePages } from '../../documents/use-pages.ts'
import { usePeople } from '../../documents/use-people.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useAllCommands } from '../../ui/commands.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { PaletteField } from './PaletteField.tsx'
import { PaletteList } from './PaletteList.tsx'
import { PalettePreview } from './PalettePreview.tsx'
import {
  paletteSections,
  rowAfterWait,
  rowOnEnter,
  type Known,
  type PaletteRow,
  type PaletteSection,
} from './palette-rows.ts'
import classes from './Palette.module.css'
import { useNewPageCommand } from './use-new-page-command.ts'
import { useRunRow } from './use-run-row.ts'

/** As many as are looked through beside the titles. */
const asked = 20

/** Finds pages, words, people and everything that one can do, without leaving the keyboard. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog
      onClose={onClose}
      withCloseButton={false}
      size={880}
      centered={false}
      yOffset={84}
      padding={0}
      title={t('find.title')}
      classNames={{ body: classes['body'] ?? '', header: classes['header'] ?? '', content: classes['content'] ?? '' }}
    >
      <PaletteBody onClose={onClose} />
    </Dialog>
  )
}

/** An Enter that came before it was known what it opens. */
interface Waiting {
  readonly query: string
  readonly inNewTab: boolean
  readonly shown: readonly PaletteRow[]
}

function PaletteBody({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('')
  const [chosenId, setChosenId] = useState<string | null>(null)
  const listId = useId()
  const [waiting, setWaiting] = useState<Waiting | null>(null)
  const { sections, tookMs, elsewhere, known } = useSections(query, waiting !== null)
  const run = useRunRow(onClose)
  const rows = useMemo(() => sections.flatMap((section) => section.rows), [sections])
  const found = rows.findIndex(({ id }) => id === chosenId)
  const index = Math.max(found, 0)
  const chosen = rows[index]
  const onEnter = (inNewTab: boolean) => {
    const row = rowOnEnter(rows, { chosenId, known })
    if (row === 'wait') setWaiting({ query, inNewTab, shown: rows })
    else if (row !== undefined) run(row, inNewTab)
  }
  const onAnswer = useEffectEvent(({ inNewTab, shown }: Waiting) => {
    const row = rowAfterWait(rows, { chosenId, known, shown })
    if (row !== 'wait' && row !== undefined) run(row, inNewTab)
  })
  // Enter was pressed before the answer: what opens is outside of this component, and closes it.
  useEffect(() => {
    if (known !== 'titles' && waiting !== null && waiting.query === query) onAnswer(waiting)
  }, [known, waiting, query])
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && rows.length > 0) {
      event.preventDefault()
      setChosenId(rows[(index + step + rows.length) % rows.length]?.id ?? null)
    }
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    onEnter(event.ctrlKey || event.metaKey)
  }
  return (
    <>
      <PaletteField
        query={query}
        onQuery={(next) => {
          setQuery(next)
          setChosenId(null)
          setWaiting(null)
        }}
        list={{ id: listId, chosen: chosen === undefined ? null : `${listId}-${index}` }}
        onKeyDown={onKeyDown}
      />
      <div className={classes['columns']}>
        <PaletteList
          listId={listId}
          query={query}
          sections={sections}
          elsewhere={elsewhere}
          chosen={chosen}
          onChoose={(row) => setChosenId(row.id)}
          onRun={run}
        />
        <PalettePreview row={chosen} />
      </div>
      <Foot tookMs={tookMs} isWaiting={waiting !== null} />
    </>
  )
}

function useSections(
  query: string,
  isWaiting: boolean,
): {
  readonly sections: readonly PaletteSection[]
  readonly elsewhere: FoundElsewhere
  readonly tookMs: number | null
  readonly known: Known
} {
  const pages = usePages()
  const people = usePeople()
  const commands = useAllCommands()
  const last = useNewPageCommand(query)
  const question = useMemo(() => ({ text: query, filter: {}, limit: asked }), [query])
  const fresh = useMemo(() => ({ ...question, fresh: true }), [question])
  const found = useFound(isWaiting ? fresh : question)
  const hits = found?.question.text === query ? found.answer.hits : none
  const elsewhere = useFoundOnServer(question)
  const hitsElsewhere = elsewhere.stage === 'found' ? elsewhere.hits : none
  const sections = useMemo(
    () => paletteSections({ query, pages, hits, elsewhere: hitsElsewhere, people, commands, last }),
    [query, pages, hits, hitsElsewhere, people, commands, last],
  )
  const known = knownOf(query, { found, elsewhere })
  return { sections, elsewhere, known, tookMs: found === null || query.trim() === '' ? null : found.answer.tookMs }
}

const none: readonly never[] = []

function knownOf(query: string, { found, elsewhere }: { found: Found | null; elsewhere: FoundElsewhere }): Known {
  if (query.trim() === '') return 'all'
  if (found?.question.text !== query) return 'titles'
  return found.question.fresh === true && elsewhere.stage !== 'searching' ? 'all' : 'index'
}

function Foot({ tookMs, isWaiting }: { tookMs: number | null; isWaiting: boolean }) {
  const { t } = useTranslation()
  return (
    <footer className={classes['foot']}>
      <span aria-hidden="true">
        <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t('find.choose')}
      </span>
      <span aria-hidden="true">
        <Kbd>↵</Kbd> {t('find.open')}
      </span>
      <span aria-hidden="true">
        <Kbd>Ctrl ↵</Kbd> {t('find.newTab')}
      </span>
      <span className={classes['count']}>
        <IconDeviceLaptop size={16} stroke={1.75} aria-hidden="true" />
        {isWaiting ? t('find.waiting') : <Searched tookMs={tookMs} />}
      </span>
    </footer>
  )
}

/** How much was looked through, and how long it took. */
function Searched({ tookMs }: { tookMs: number | null }) {
  const { t } = useTranslation()
  const state = useSearchState()
  const pages = usePages().filter(({ page }) => page.held).length
  if (state.stage === 'filling' && state.of > 0) return t('find.filling', { done: state.done, of: state.of })
  const counted = t('find.count', { count: pages })
  return tookMs === null ? counted : `${counted}, ${t('find.took', { ms: Math.max(1, Math.round(tookMs)) })}`
}

export type RunRow = (row: PaletteRow, inNewTab: boolean) => void
