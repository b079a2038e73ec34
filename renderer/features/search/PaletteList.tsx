import { IconFile, IconMessage } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FoundElsewhere } from '../../documents/use-found-on-server.ts'
import { useSpaces } from '../../documents/use-spaces.ts'
import { Face } from '../../ui/Face.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { Marked } from '../../ui/Marked.tsx'
import { PageIcon } from '../../ui/PageIcon.tsx'
import { keysHere } from '../../ui/use-shortcuts.ts'
import classes from './Palette.module.css'
import type { RunRow } from './Palette.tsx'
import { ElsewhereStatus } from './ElsewhereStatus.tsx'
import type { PaletteRow, PaletteSection } from './palette-rows.ts'

interface PaletteListProps {
  readonly listId: string
  readonly query: string
  readonly sections: readonly PaletteSection[]
  readonly elsewhere: FoundElsewhere
  readonly chosen: PaletteRow | undefined
  readonly onChoose: (row: PaletteRow) => void
  readonly onRun: RunRow
}

/** What was found, in sections under one another; one list for the keyboard. */
export function PaletteList({ listId, query, sections, elsewhere, chosen, onChoose, onRun }: PaletteListProps) {
  const { t } = useTranslation()
  const places = new Map(sections.flatMap(({ rows }) => rows).map((row, place) => [row, place]))
  const hasPages = sections.some(({ name }) => name !== 'people' && name !== 'do')
  return (
    <div className={classes['found']}>
      {!hasPages && elsewhere.stage !== 'searching' && (
        <p className={classes['none']} role="status">
          {query.trim() === '' ? t('find.noneYet') : t('find.none', { query: query.trim() })}
        </p>
      )}
      <div id={listId} className={classes['list']} role="listbox" aria-label={t('find.results')}>
        {sections.map(({ name, rows }) => (
          <div key={name} role="group" aria-label={t(`find.${name}`)}>
            <p className={classes['heading']} aria-hidden="true">
              {t(`find.${name}`)}
            </p>
            {rows.map((row) => (
              <Row
                key={row.id}
                id={`${listId}-${places.get(row) ?? 0}`}
                row={row}
                isChosen={row === chosen}
                onChoose={() => onChoose(row)}
                onRun={(inNewTab) => onRun(row, inNewTab)}
              />
            ))}
          </div>
        ))}
      </div>
      <ElsewhereStatus found={elsewhere} className={classes['elsewhere']} />
    </div>
  )
}

interface RowProps {
  readonly id: string
  readonly row: PaletteRow
  readonly isChosen: boolean
  readonly onChoose: () => void
  readonly onRun: (inNewTab: boolean) => void
}

function Row({ id, row, isChosen, onChoose, onRun }: RowProps) {
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      ref={isChosen ? showChosen : null}
      aria-selected={isChosen}
      className={classes['row']}
      data-tall={row.type !== 'command'}
      onPointerMove={onChoose}
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => onRun(event.ctrlKey || event.metaKey)}
      onKeyDown={undefined}
    >
      <RowContent row={row} isChosen={isChosen} />
    </div>
  )
}

function RowContent({ row, isChosen }: { row: PaletteRow; isChosen: boolean }) {
  const { t } = useTranslation()
  if (row.type === 'command') {
    const { Icon, title, keys } = row.command
    return (
      <>
        {Icon === undefined ? (
          <span className={classes['noIcon']} />
        ) : (
          <Icon size={18} stroke={1.75} aria-hidden="true" />
        )}
        <b className={classes['title']}>{title}</b>
        {keys !== undefined && <Kbd>{keysHere(keys)}</Kbd>}
      </>
    )
  }
  if (row.type === 'person') {
    const { person } = row
    return (
      <>
        <Face personId={person.id} name={person.name} size={28} />
        <Words title={person.name} text={person.role === 'guest' ? t('find.guest') : ''} />
        {isChosen && <Enter />}
      </>
    )
  }
  if (row.type === 'comment') return <CommentContent row={row} isChosen={isChosen} />
  if (row.type === 'file') return <FileContent row={row} isChosen={isChosen} />
  const { page, spaceName } = row.listed
  return (
    <>
      <PageIcon kind={page.kind} icon={page.icon} size={18} />
      <span className={classes['words']}>
        <b className={classes['title']}>
          {row.title.length === 0 ? t('common.untitled') : <Marked parts={row.title} />}
        </b>
        <span className={classes['text']}>
          {!page.held && `${t('find.onServer')} · `}
          {row.snippet.length === 0 ? spaceName : <Marked parts={row.snippet} />}
        </span>
      </span>
      {isChosen && <Enter />}
    </>
  )
}

type RowOf<Type extends PaletteRow['type']> = Extract<PaletteRow, { type: Type }>

function CommentContent({ row, isChosen }: { row: RowOf<'comment'>; isChosen: boolean }) {
  const { t } = useTranslation()
  const { title } = row.listed.page
  return (
    <>
      <IconMessage size={18} stroke={1.75} aria-hidden="true" />
      <span className={classes['words']}>
        <b className={classes['title']}>{title === '' ? t('common.untitled') : title}</b>
        <span className={classes['text']}>
          <Marked parts={row.hit.snippet} />
        </span>
      </span>
      {isChosen && <Enter />}
    </>
  )
}

function FileContent({ row, isChosen }: { row: RowOf<'file'>; isChosen: boolean }) {
  const space = useSpaces().find(({ id }) => id === row.file.spaceId)
  return (
    <>
      <IconFile size={18} stroke={1.75} aria-hidden="true" />
      <span className={classes['words']}>
        <b className={classes['title']}>
          <Marked parts={row.hit.title} />
        </b>
        <span className={classes['text']}>{space?.name}</span>
      </span>
      {isChosen && <Enter />}
    </>
  )
}

function Words({ title, text }: { title: string; text: string }) {
  return (
    <span className={classes['words']}>
      <b className={classes['title']}>{title}</b>
      {text !== '' && <span className={classes['text']}>{text}</span>}
    </span>
  )
}

function Enter() {
  return (
    <span aria-hidden="true">
      <Kbd>↵</Kbd>
    </span>
  )
}

function showChosen(row: HTMLElement | null): void {
  row?.scrollIntoView({ block: 'nearest' })
}
