import type { SpaceId } from '../../model/ids.ts'
import type { Ask, AskType } from '../../model/request.ts'
import type { RequestView } from './requests.ts'
import { useRequests } from './use-requests.ts'

/** The last request of a kind about a space that is not decided yet; undefined where nothing waits. */
export function useWaitingRequest(types: readonly AskType[], spaceId: SpaceId): RequestView | undefined {
  return useRequests().find(
    ({ ask, state }) =>
      (state === 'waiting' || state === 'asked') && types.includes(ask.type) && spaceOf(ask) === spaceId,
  )
}

/** The space that an ask is about; null where it is about none that is named in it. */
export function spaceOf(ask: Ask): SpaceId | null {
  if ('spaceId' in ask) return ask.spaceId
  return ask.type === 'move-page' ? ask.to : null
}
