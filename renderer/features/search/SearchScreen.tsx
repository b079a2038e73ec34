import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type PersonId, parseId, type SpaceId } from '../../../model/ids.ts'
import type { SearchFilter, SearchHit } from '../../../model/search/search-index.ts'
import { type FoundElsewhere, useFoundOnServer } from '../../documents/use-found-on-server.ts'
import { useFound, useSearchState } from '../../documents/use-search.ts'
import { useSpaces } from '../../documents/use-spaces.ts'
import { Screen } from '../../ui/Screen.tsx'
import { useNow } from '../../ui/use-now.ts'
import { ElsewhereStatus } from './ElsewhereStatus.tsx'
import { Hits } from './Hits.tsx'
import classes from './SearchScreen.module.css'

const dayMs = 24 * 60 * 60 * 1000
const times = { day: dayMs, week: 7 * dayMs, month: 31 * dayMs, year: 366 * dayMs } as const
type Time = keyof typeof times
const kinds = ['wiki', 'document', 'note'] as const
const step = 30

interface Choice {
  readonly space: SpaceId | null
  readonly kind: (typeof kinds)[number] | null
  readonly time: Time | null
  readonly archived: boolean
}

/** Search with filters and as many results as there are; the palette is for what one knows, this for what one is looking for. */
export function SearchScreen({ text: first, person }: { text: string; person: PersonId | undefined }) {
  const { t } = useTranslation()
  const [text, setText] = useState(first)
  const [choice, setChoice] = useState<Choice>({ space: null, kind: null, time: null, archived: false })
  const [limit, setLimit] = useState(step)
  const nowMs = useNow(60_000)
  // To the hour: a question that changes with every second is asked with every second.
  const hour = Math.floor(nowMs / 3_600_000)
  const asked = useDeferredValue(text)
  const question = useMemo(
    () => ({ text: asked, filter: filterOf(choice, person, hour * 3_600_000), limit }),
    [asked, choice, person, hour, limit],
  )
  const found = useFound(question)
  const elsewhere = useFoundOnServer(question)
  return (
    <Screen title={t('find.screen')}>
      <TextInput
        size="md"
        type="search"
        aria-label={t('find.screen')}
        leftSection={<IconSearch size={18} stroke={1.75} aria-hidden="true" />}
        value={text}
        autoFocus
        onChange={(event) => {
          setText(event.target.value)
          setLimit(step)
        }}
      />
      <Filters choice={choice} onChoice={setChoice} />
      <Results
        text={asked}
        hits={found === null ? null : found.answer.hits}
        mayHaveMore={(found?.answer.hits.length ?? 0) >= limit}
        onMore={() => setLimit(limit + step)}
      />
      <Elsewhere found={elsewhere} />
    </Screen>
  )
}

function filterOf({ space, kind, time, archived }: Choice, person: PersonId | undefined, nowMs: number): SearchFilter {
  return {
    ...(space === null ? {} : { spaceIds: [space] }),
    ...(kind === null ? {} : { kinds: [kind] }),
    ...(time === null ? {} : { changedAfterMs: nowMs - times[time] }),
    ...(person === undefined ? {} : { ownerId: person }),
    ...(archived ? { archived } : {}),
  }
}

function Filters({ choice, onChoice }: { choice: Choice; onChoice: (choice: Choice) => void }) {
  const { t } = useTranslation()
  const spaces = useSpaces()
  return (
    <div className={classes['filters']} role="group" aria-label={t('find.filters')}>
      <Select
        label={t('find.space')}
        placeholder={t('find.everySpace')}
        clearable
        data={spaces.map(({ id, name }) => ({ value: id, label: name }))}
        value={choice.space}
        onChange={(value) => onChoice({ ...choice, space: parseId<SpaceId>(value) ?? null })}
      />
      <Select
        label={t('find.kind')}
        placeholder={t('find.everyKind')}
        clearable
        data={kinds.map((kind) => ({ value: kind, label: t(`find.kinds.${kind}`) }))}
        value={choice.kind}
        onChange={(value) => onChoice({ ...choice, kind: kinds.find((kind) => kind === value) ?? null })}
      />
      <Select
        label={t('find.time')}
        placeholder={t('find.everyTime')}
        clearable
        data={timeNames.map((time) => ({ value: time, label: t(`find.times.${time}`) }))}
        value={choice.time}
        onChange={(value) => onChoice({ ...choice, time: timeNames.find((time) => time === value) ?? null })}
      />
      <Checkbox
        className={classes['check'] ?? ''}
        label={t('find.archived')}
        checked={choice.archived}
        onChange={(event) => onChoice({ ...choice, archived: event.currentTarget.checked })}
      />
    </div>
  )
}

const timeNames = ['day', 'week', 'month', 'year'] as const satisfies readonly Time[]

interface ResultsProps {
  readonly text: string
  readonly hits: readonly SearchHit[] | null
  readonly mayHaveMore: boolean
  readonly onMore: () => void
}

function Results({ text, hits, mayHaveMore, onMore }: ResultsProps) {
  const { t } = useTranslation()
  const state = useSearchState()
  if (text.trim() === '') return <p className={classes['count']}>{t('find.start')}</p>
  const count = hits?.length ?? 0
  return (
    <>
      <p className={classes['count']} role="status">
        {hits === null ? t('find.searching') : t('find.found', { count })}
        {state.stage === 'filling' && state.of > 0 && ` · ${t('find.filling', { done: state.done, of: state.of })}`}
      </p>
      {count > 0 && <Hits hits={hits ?? []} />}
      {mayHaveMore && <Button onClick={onMore}>{t('find.more')}</Button>}
    </>
  )
}

/** What the server found, below what is here: it comes later and moves nothing. */
function Elsewhere({ found }: { found: FoundElsewhere }) {
  const { t } = useTranslation()
  return (
    <section aria-label={t('find.elsewhere')}>
      <ElsewhereStatus found={found} className={classes['count']} />
      {found.stage === 'found' && found.hits.length > 0 && <Hits hits={found.hits} />}
    </section>
  )
}
