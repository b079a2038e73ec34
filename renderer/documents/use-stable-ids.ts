import { useMemo } from 'react'
import { mustParseId, type PageId, type SpaceId } from '../../model/ids.ts'

/** The same array as long as it holds the same ids, so that whoever follows them need not subscribe anew. */
export function useStableIds<T extends PageId | SpaceId>(ids: readonly T[]): readonly T[] {
  const key = ids.join(' ')
  return useMemo(() => (key === '' ? [] : key.split(' ').map((id) => mustParseId<T>(id))), [key])
}
