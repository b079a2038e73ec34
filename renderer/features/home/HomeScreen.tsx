import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpaceSnapshot } from '../../documents/plein.ts'
import { pagesOf } from '../../documents/page-tree.ts'
import { useMay, useMayInSpace } from '../../documents/use-may.ts'
import { usePages } from '../../documents/use-pages.ts'
import { useOpenSession } from '../../documents/use-session.ts'
import { useManySpaces, useSpaces } from '../../documents/use-spaces.ts'
import { useTimes } from '../../i18n/use-times.ts'
import { useDialog } from '../../ui/dialogs.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PageRow, Rows } from '../../ui/Rows.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { Section } from '../../ui/Section.tsx'
import { SpaceMark } from '../../ui/SpaceMark.tsx'
import { useNow } from '../../ui/use-now.ts'
import { greetingAt } from './greeting.ts'
import classes from './HomeScreen.module.css'
import { QuickNote } from './QuickNote.tsx'

/** As many as fit a screen: the list ends, and says so. */
const shown = 10

/** What changed last in one's spaces, a place to note something, and the spaces. */
export function HomeScreen() {
  const { t } = useTranslation()
  const times = useTimes()
  const { me } = useOpenSession()
  const nowMs = useNow(60_000)
  const greeting = greetingAt(new Date(nowMs).getHours())
  return (
    <Screen title={t(`home.${greeting}`, { name: firstName(me.name) })} lead={times.longDay(nowMs)}>
      <div className={classes['columns']}>
        <Changed nowMs={nowMs} />
        <aside>
          <QuickNote />
          <YourSpaces />
        </aside>
      </div>
    </Screen>
  )
}

function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name
}

function Changed({ nowMs }: { nowMs: number }) {
  const { t } = useTranslation()
  const times = useTimes()
  const pages = usePages()
  return (
    <div>
      <Section title={t('home.changed')}>
        {pages.length === 0 ? (
          <NothingYet />
        ) : (
          <Rows>
            {pages.slice(0, shown).map(({ page, spaceName }) => (
              <PageRow
                key={page.id}
                page={page}
                text={page.kind === 'note' ? t('page.kind.note') : spaceName}
                side={times.day(page.changedAtMs, nowMs)}
              />
            ))}
          </Rows>
        )}
      </Section>
      {pages.length > 0 && (
        <p className={classes['end']}>
          <span className={classes['endMark']} aria-hidden="true" />
          {t('home.allRead')}
        </p>
      )}
    </div>
  )
}

/** A new organisation: the one thing to do is a first page, or before that a first space. */
function NothingYet() {
  const { t } = useTranslation()
  const openDialog = useDialog()
  const may = useMayInSpace()
  const mayCreateSpace = useMay('create-space')
  const space = useSpaces().find((one) => may('create-shared-page', one))
  const action =
    space !== undefined ? (
      <Button
        variant="filled"
        onClick={() => {
          openDialog({ name: 'create-page', spaceId: space.id, parent: null, kind: 'wiki' })
        }}
      >
        {t('home.firstPage')}
      </Button>
    ) : mayCreateSpace ? (
      <Button
        variant="filled"
        onClick={() => {
          openDialog({ name: 'create-space' })
        }}
      >
        {t('frame.createSpace')}
      </Button>
    ) : null
  return <EmptyState text={t('home.changedEmpty')} action={action} />
}

function YourSpaces() {
  const { t } = useTranslation()
  const summaries = useSpaces()
  const ids = useMemo(() => summaries.map((space) => space.id), [summaries])
  const spaces = useManySpaces(ids).filter((space) => space !== null)
  if (spaces.length === 0) return null
  return (
    <Section title={t('home.yourSpaces')}>
      <ul className={classes['spaces']}>
        {spaces.map((space) => (
          <SpaceLine key={space.space.id} snapshot={space} />
        ))}
      </ul>
    </Section>
  )
}

function SpaceLine({ snapshot }: { snapshot: SpaceSnapshot }) {
  const { t } = useTranslation()
  const { space, tree, notes } = snapshot
  const count = pagesOf(tree).length + notes.length
  return (
    <li>
      <Link to="/space/$spaceId" params={{ spaceId: space.id }} className={classes['space']}>
        <SpaceMark spaceId={space.id} name={space.name} size={32} />
        <span className={classes['spaceWords']}>
          <b>{space.name}</b>
          <span className={classes['small']}>{t('home.pages', { count })}</span>
        </span>
      </Link>
    </li>
  )
}
