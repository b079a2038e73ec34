import type { FileRecord } from '../storage/file-storage.ts'
import type { FileActivity } from '../sync/sync-messages.ts'
import type { FileState } from './files.ts'

/** Where a file stands, from its row and what is being done with it. Without a row it is one that a page names and no list does yet. */
export function fileStateOf(
  record: FileRecord | undefined,
  activity: FileActivity | undefined,
  { hasServer, isHere }: { readonly hasServer: boolean; readonly isHere: boolean },
): FileState {
  const refusal = record?.refusal ?? null
  if (refusal !== null) return { kind: 'refused', reason: refusal }
  if (record !== undefined && !record.onServer) return unsentState(record, activity, hasServer)
  if (!hasServer) return isHere ? { kind: 'here' } : { kind: 'fetch-failed', reason: 'unknown' }
  return sentState(activity, isHere || record?.here === true)
}

function sentState(activity: FileActivity | undefined, isHere: boolean): FileState {
  if (activity?.kind === 'fetching') return activity
  if (isHere) return { kind: 'on-server' }
  return activity?.kind === 'failed' ? { kind: 'fetch-failed', reason: activity.reason } : { kind: 'not-here' }
}

function unsentState({ paused }: FileRecord, activity: FileActivity | undefined, hasServer: boolean): FileState {
  if (!hasServer) return { kind: 'here' }
  if (paused) return { kind: 'waiting', reason: 'paused' }
  if (activity?.kind === 'uploading') return activity
  const reason = activity?.kind === 'waiting' && activity.reason !== 'offline' ? activity.reason : 'line'
  return { kind: 'waiting', reason }
}

export function isSameState(one: FileState, other: FileState): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
