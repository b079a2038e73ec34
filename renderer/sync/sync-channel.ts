import type { OrganisationId } from '../../model/ids.ts'
import type { FromWorker, ToWorker } from './sync-messages.ts'

/** What travels over the BroadcastChannel of an organisation; everybody hears everything. */
export type Envelope =
  | { readonly to: 'worker'; readonly message: ToWorker }
  | { readonly to: 'windows'; readonly message: FromWorker }

export function channelNameOf(organisationId: OrganisationId): string {
  return `plein-sync-${organisationId}`
}

/** Only this app's own windows and workers can post here (same origin), so the form alone is checked. */
export function readEnvelope(data: unknown): Envelope | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const to: unknown = Reflect.get(data, 'to')
  const message: unknown = Reflect.get(data, 'message')
  if ((to !== 'worker' && to !== 'windows') || typeof message !== 'object' || message === null) return undefined
  return data as Envelope
}
