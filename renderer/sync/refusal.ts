import type { DocumentId } from '../../model/ids.ts'
import type { OrganisationStorage } from '../storage/laptop-storage.ts'
import type { DocumentIndex } from './document-index.ts'
import type { DocumentFetcher } from './fetcher.ts'
import type { RemoteStore } from './remote-store.ts'
import type { SpaceSync } from './space-sync.ts'
import type { FromWorker } from './sync-messages.ts'

export interface RefusalParts {
  readonly storage: OrganisationStorage
  readonly index: DocumentIndex
  readonly fetcher: DocumentFetcher
  readonly spaces: SpaceSync
  readonly store: RemoteStore
  readonly emit: (message: FromWorker) => void
}

/** LO6: the server refused a row. A gap (`isKept` false) is repaired by comparing; anything else leaves the page as the server has it. */
export async function takeRefusal(
  { storage, index, fetcher, spaces, store, emit }: RefusalParts,
  { documentId, isKept }: { readonly documentId: DocumentId; readonly isKept: boolean },
): Promise<void> {
  index.rowsGone([documentId])
  const known = index.get(documentId)
  if (!isKept) fetcher.leftUnkept(documentId)
  if (!isKept && known !== undefined) {
    const { id, spaceId, kind, pageKind } = known
    const marked = [{ id, spaceId, kind, pageKind, compare: true }]
    await storage.updateDocuments(marked)
    index.apply(marked)
  }
  // A server that lost the whole space would have the page thrown away: what is here may be all that there is (GE1).
  const isLost = known !== undefined && spaces.isUnlisted(known.spaceId)
  if (!isLost) fetcher.wantWhenDrained(documentId, isKept ? 'reset' : 'compare')
  if (isKept) emit({ type: 'set-aside-changed' })
  store.changed([documentId])
}
