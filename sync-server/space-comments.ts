import { addToLedger, saidIn, saidInLedger, type SaidAct } from '../model/acts.ts'
import { mintId, type ActId, type DocumentId, type PageId, type PersonId, type SpaceId } from '../model/ids.ts'
import { commentsToLedger, type ExportedComments } from '../model/markdown/exported-comments.ts'
import { withDocument } from './page-writing.ts'
import type { Services } from './services.ts'

type CommentServices = Pick<Services, 'syncServer' | 'directory' | 'random'>

/** Everything that was said about these pages of a space: by people, and what the ledger keeps. */
export async function readSpaceComments(
  spaceId: SpaceId,
  pages: ReadonlySet<PageId>,
  { syncServer }: CommentServices,
): Promise<readonly SaidAct[]> {
  const said: SaidAct[] = []
  for (const { documentId, kind, ownerId } of await syncServer.documentsOf(spaceId)) {
    if (kind !== 'ledger' && kind !== 'acts') continue
    const update = await syncServer.readDocument(documentId)
    if (update === undefined || update === 'damaged') continue
    const acts = withDocument(update, (doc) => {
      if (kind === 'ledger') return saidInLedger(doc)
      return ownerId === null ? [] : saidIn(doc, documentId, ownerId)
    })
    said.push(...acts.filter(({ act }) => pages.has(act.page)))
  }
  return said
}

/** Writes what was said elsewhere into the ledger of the space, marked as imported. */
export async function importComments(
  comments: ExportedComments,
  {
    spaceId,
    importerId,
    pages,
  }: {
    readonly spaceId: SpaceId
    readonly importerId: PersonId
    readonly pages: ReadonlyMap<string, PageId>
  },
  services: CommentServices,
): Promise<void> {
  const { syncServer, directory, random } = services
  const documents = await syncServer.documentsOf(spaceId)
  const people = new Set((await directory.listPeople()).map(({ id }) => id))
  const own = documents.find(({ kind, ownerId }) => kind === 'acts' && ownerId === importerId)?.documentId
  const acts = commentsToLedger(comments, {
    pageOf: (id) => pages.get(id),
    document: own ?? (await createDocument('acts', { spaceId, importerId }, services)),
    isKnown: (id) => people.has(id),
    importer: importerId,
    mintActId: () => mintId<ActId>(random),
  })
  if (acts.length === 0) return
  const ledger = documents.find(({ kind }) => kind === 'ledger')?.documentId
  await syncServer.updateDocument(
    ledger ?? (await createDocument('ledger', { spaceId, importerId }, services)),
    (doc) => {
      doc.transact(() => {
        addToLedger(doc, acts)
      })
    },
  )
}

function createDocument(
  kind: 'acts' | 'ledger',
  { spaceId, importerId }: { readonly spaceId: SpaceId; readonly importerId: PersonId },
  { syncServer }: CommentServices,
): Promise<DocumentId> {
  return syncServer.createDocument({ spaceId, kind, pageKind: null, ownerId: importerId, update: null })
}
