/** The worker of the leading window that holds the search index. Its first message says for which organisation; closing it stops it. */
import { parseId, type OrganisationId } from '../../model/ids.ts'
import { startSearchHost } from './search-host.ts'

/** Opening the app comes first: SQLite is loaded when the page stands, or sooner when somebody looks for something. */
const afterStartMs = 1500

let isStarted = false

function start(organisationId: OrganisationId): void {
  if (isStarted) return
  isStarted = true
  startSearchHost(organisationId).catch((error: unknown) => console.warn('Search does not start', error))
}

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const organisationId = parseId<OrganisationId>(Reflect.get(Object(data), 'organisationId'))
  if (organisationId === undefined) return
  const asked = new BroadcastChannel(`plein-search-${organisationId}`)
  asked.onmessage = ({ data: heard }: MessageEvent<unknown>) => {
    if (Reflect.get(Object(Reflect.get(Object(heard), 'message')), 'type') === 'ask') begin()
  }
  const begin = () => {
    asked.close()
    start(organisationId)
  }
  setTimeout(begin, afterStartMs)
})
