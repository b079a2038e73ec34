import { ActionIcon } from '@mantine/core'
import { IconCheck, IconClock, IconUser, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RequestState, RequestView } from '../../documents/requests.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useTimes } from '../../i18n/use-times.ts'
import { requestWords } from '../../ui/request-words.ts'
import { useNow } from '../../ui/use-now.ts'
import classes from './RequestRow.module.css'

const icons = { waiting: IconClock, asked: IconUser, accepted: IconCheck, refused: IconX } as const satisfies Record<
  RequestState,
  unknown
>

/** One thing that was asked: what, when, and how it stands. What is answered can be taken off the list. */
export function RequestRow({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const { requests } = usePlein()
  const times = useTimes()
  const nowMs = useNow(60_000)
  const { id, state, reason, askedAtMs, answeredAtMs } = request
  const Icon = icons[state]
  const isAnswered = state === 'accepted' || state === 'refused'
  const words = requestWords(t, request)
  return (
    <li className={classes['row']} data-state={state}>
      <span className={classes['icon']}>
        <Icon size={18} stroke={1.75} aria-hidden="true" />
      </span>
      <span className={classes['words']}>
        <b className={classes['what']}>{words}</b>
        <span className={classes['state']}>
          {t(`requests.state.${state}`)}
          {reason !== null && ` · ${t(`requests.reason.${reason}`)}`}
        </span>
      </span>
      <span className={classes['side']}>{times.day(answeredAtMs ?? askedAtMs, nowMs)}</span>
      {isAnswered && (
        <ActionIcon
          aria-label={`${t('requests.dismiss')}: ${words}`}
          title={t('requests.dismiss')}
          onClick={() => void requests.dismiss(id)}
        >
          <IconX size={16} stroke={1.75} />
        </ActionIcon>
      )}
    </li>
  )
}
