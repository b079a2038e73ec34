import { useTranslation } from 'react-i18next'
import type { FileState } from '../documents/files.ts'
import classes from './FileStateWords.module.css'

/** Where a file stands, in words; with a bar while bytes travel. */
export function FileStateWords({ state }: { state: FileState }) {
  const { t } = useTranslation()
  const percent = percentOf(state)
  return (
    <span className={classes['state']} data-tone={toneOf(state)}>
      {t(keyOf(state), { percent })}
      {percent !== null && (
        <span className={classes['bar']} aria-hidden="true">
          <span className={classes['done']} style={{ inlineSize: `${percent}%` }} />
        </span>
      )}
    </span>
  )
}

function percentOf(state: FileState): number | null {
  if (state.kind !== 'uploading' && state.kind !== 'fetching') return null
  return state.sizeBytes === 0 ? 0 : Math.floor((state.doneBytes / state.sizeBytes) * 100)
}

function toneOf({ kind }: FileState): 'done' | 'wait' | 'stop' | 'calm' {
  if (kind === 'on-server' || kind === 'here') return 'done'
  if (kind === 'waiting' || kind === 'uploading' || kind === 'fetching') return 'wait'
  return kind === 'not-here' ? 'calm' : 'stop'
}

function keyOf(state: FileState) {
  switch (state.kind) {
    case 'waiting':
      return `files.state.waiting.${state.reason}` as const
    case 'fetch-failed':
      return `files.state.fetch-failed.${state.reason}` as const
    case 'refused':
      return `files.state.refused.${state.reason}` as const
    default:
      return `files.state.${state.kind}` as const
  }
}
