import type { PersonId, RequestId } from '../../model/ids.ts'
import { usePeople } from './use-people.ts'
import { usePlein } from './use-plein.tsx'
import { useRequests } from './use-requests.ts'

interface AskDecision {
  nameOf(personId: PersonId): string
  /** The decision is made and has not reached the server. */
  isWaiting(id: RequestId): boolean
  decide(id: RequestId, isGranted: boolean): void
}

/** An owner's word about what others ask. */
export function useAskDecision(): AskDecision {
  const { spaceAdmin } = usePlein()
  const people = usePeople()
  const requests = useRequests()
  return {
    nameOf: (personId) => people.find(({ id }) => id === personId)?.name ?? '',
    isWaiting: (id) =>
      requests.some(({ ask, state }) => state === 'waiting' && ask.type === 'decide-ask' && ask.requestId === id),
    decide: (id, isGranted) => void spaceAdmin.decideAsk(id, isGranted),
  }
}
