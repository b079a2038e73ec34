import { UnstyledButton } from '@mantine/core'
import { IconFold } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DifferentLine } from '../../../model/page-difference.ts'
import { DifferentText } from '../../ui/DifferentText.tsx'
import classes from './Difference.module.css'
import { foldLines, groupRows, type Stretch } from './fold-lines.ts'

/** As in the editor. */
const listIndentPx = 24

/** What became of a page, with its headings, lists and tables as such. */
export function Difference({ lines }: { lines: readonly DifferentLine[] }) {
  return (
    <div className={classes['difference']}>
      {foldLines(lines).map((stretch, index) => (
        <ShownStretch key={index} stretch={stretch} />
      ))}
    </div>
  )
}

function ShownStretch({ stretch }: { stretch: Stretch }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(!stretch.isFolded)
  if (!isOpen) {
    return (
      <UnstyledButton className={classes['fold'] ?? ''} onClick={() => setOpen(true)}>
        <IconFold size={16} stroke={1.75} aria-hidden="true" />
        {t('history.fold', { count: stretch.lines.length })}
      </UnstyledButton>
    )
  }
  return groupRows(stretch.lines).map((group, index) =>
    group[0]?.kind === 'row' ? (
      <Table key={index} rows={group} />
    ) : (
      group.map((line) => <Line key={index} line={line} />)
    ),
  )
}

function Table({ rows }: { rows: readonly DifferentLine[] }) {
  return (
    <table className={classes['table']}>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index} data-change={row.change}>
            {row.cells.map((cell, column) => (
              <td key={column}>
                <DifferentText words={cell} />
                {column === row.cells.length - 1 && <ChangeName line={row} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Line({ line }: { line: DifferentLine }) {
  const { kind, level, depth, isQuoted, change, cells } = line
  const words = <DifferentText words={cells[0] ?? []} />
  const data = { 'data-change': change, 'data-quoted': isQuoted, style: { marginInlineStart: depth * listIndentPx } }
  if (kind === 'rule') return <hr className={classes['rule']} {...data} />
  if (kind === 'code') {
    return (
      <pre className={classes['code']} {...data}>
        {words}
      </pre>
    )
  }
  const Tag = kind === 'heading' ? (headings[level] ?? 'h3') : 'p'
  return (
    <Tag className={classes[kind]} data-level={level} {...data}>
      <Marker line={line} />
      {words}
      <ChangeName line={line} />
    </Tag>
  )
}

/** The title of the page is the first heading of the screen. */
const headings: Readonly<Record<number, 'h2' | 'h3'>> = { 1: 'h2', 2: 'h2' }

function Marker({ line: { marker, ordinal } }: { line: DifferentLine }) {
  if (marker === 'none') return null
  const signs = { bullet: '•', number: `${ordinal}.`, task: '☐', done: '☑' }
  return <span className={classes['marker']}>{signs[marker]}</span>
}

/** Said where no word of the line shows it. */
function ChangeName({ line: { change, cells } }: { line: DifferentLine }) {
  const { t } = useTranslation()
  const isEmpty = cells.every((words) => words.length === 0)
  if (change === 'restyled') return <span className={classes['name']}>{t('history.restyled')}</span>
  if (!isEmpty || (change !== 'added' && change !== 'removed')) return null
  return <span className={classes['name']}>{t(`history.${change}`)}</span>
}
