import { useMemo } from 'react'
import type { RequestId } from '../../model/ids.ts'
import type { OpenAsk, RequestView } from './requests.ts'
import { bound, useLive } from './use-live.ts'
import { usePlein } from './use-plein.tsx'

/** What this person asked of the server, newest first. */
export function useRequests(): readonly RequestView[] {
  const { requests } = usePlein()
  return useLive(useMemo(() => bound(requests.all), [requests]))
}

/** One request; null where it is unknown here. */
export function useRequest(id: RequestId): RequestView | null {
  const { requests } = usePlein()
  return useLive(useMemo(() => bound(requests.request(id)), [requests, id]))
}

/** What others ask and this person may decide. */
export function useOpenAsks(): readonly OpenAsk[] {
  const { requests } = usePlein()
  return useLive(useMemo(() => bound(requests.openAsks), [requests]))
}
