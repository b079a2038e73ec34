/** The dedicated worker of the leading window. Its first message says for which organisation; closing the worker stops it. */
import { parseId, type OrganisationId } from '../../model/ids.ts'
import { startSyncHost } from './sync-host.ts'

/** Storage that cannot be opened now (another version is upgrading it, a full disk) is tried again. */
const retryMs = 5000

async function start(organisationId: OrganisationId, appVersion: string): Promise<void> {
  try {
    await startSyncHost({ organisationId, appVersion })
  } catch (error) {
    // The windows open the same storage and say what is wrong with it.
    console.warn('Sync cannot start', error)
    setTimeout(() => void start(organisationId, appVersion), retryMs)
  }
}

let isStarted = false
addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isStarted || typeof data !== 'object' || data === null) return
  const organisationId = parseId<OrganisationId>(Reflect.get(data, 'organisationId'))
  const appVersion: unknown = Reflect.get(data, 'appVersion')
  if (organisationId === undefined || typeof appVersion !== 'string') return
  isStarted = true
  void start(organisationId, appVersion)
})
