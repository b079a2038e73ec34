import type { ServerMessage } from '../../model/protocol/messages.ts'
import type { OrganisationStorage } from '../storage/laptop-storage.ts'
import type { FromWorker } from './sync-messages.ts'

/** Everybody whom this person may see, kept as the server says (PP1). One step in the order of what came. */
export async function takePeople(
  { n, whole, people, members }: Extract<ServerMessage, { type: 'people' }>,
  { storage, emit }: { readonly storage: OrganisationStorage; readonly emit: (message: FromWorker) => void },
): Promise<void> {
  const cards = people.map(({ personId, ...card }) => ({ id: personId, ...card }))
  await storage.people.store({ n, whole, people: cards, members })
  emit({ type: 'people-changed' })
}
