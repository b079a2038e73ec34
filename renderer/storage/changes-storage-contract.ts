import { equal, idOf, organisationId, type ContractCase } from './contract-case.ts'
import type { DocumentId, OrganisationId, SpaceId } from '../../model/ids.ts'
import type { DocumentChange, OrganisationStorage } from './laptop-storage.ts'

const spaceId = idOf<SpaceId>('space')
const page = idOf<DocumentId>('page')
const otherPage = idOf<DocumentId>('otherpage')

const record = (id: DocumentId, title = 'Titel'): DocumentChange => ({
  ...{ id, spaceId, kind: 'page', pageKind: 'wiki', title, held: true },
})

function store(storage: OrganisationStorage, id: DocumentId, byte: number): Promise<void> {
  const changes = [{ documentId: id, update: new Uint8Array([byte]) }]
  return storage.storeRemote({ changes, documents: [record(id)], cursors: [] })
}

/** What changed, for what is derived from documents. */
export const changesStorageContract: readonly ContractCase[] = [
  {
    title: 'names every document first, and nothing while nothing changes',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      await store(organisation, page, 1)
      await store(organisation, otherPage, 2)
      const first = await organisation.changes.since(null)
      equal([...first.ids].toSorted(), [page, otherPage].toSorted())
      equal((await organisation.changes.since(first.mark)).ids, [])
    },
  },
  {
    title: 'names documents whose content changed and whose list entry did not, own changes too',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      await store(organisation, page, 1)
      await store(organisation, otherPage, 2)
      const { mark } = await organisation.changes.since(null)
      await store(organisation, page, 3)
      const second = await organisation.changes.since(mark)
      equal(second.ids, [page])
      await organisation.appendOwn([
        { documentId: otherPage, update: new Uint8Array([4]), schema: 1, restored: false, registration: null },
      ])
      equal((await organisation.changes.since(second.mark)).ids, [otherPage])
    },
  },
  {
    title: 'names documents that were renamed, dropped or whose space was removed',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      await organisation.putSpaces([
        ...[{ id: spaceId, kind: 'team', name: 'Ruimte', role: 'editor', archived: false } as const].map((space) => ({
          ...space,
          keep: 'everything' as const,
          cursor: null,
        })),
      ])
      await store(organisation, page, 1)
      let { mark } = await organisation.changes.since(null)
      const next = async () => {
        const changed = await organisation.changes.since(mark)
        mark = changed.mark
        return changed.ids
      }
      await organisation.updateDocuments([record(page, 'Anders')])
      equal(await next(), [page])
      await organisation.drop(page, { forget: false })
      equal(await next(), [page])
      await organisation.removeSpace(spaceId)
      equal(await next(), [page])
    },
  },
  {
    title: 'begins anew with a mark of another storage, and says nothing of another organisation',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      await store(organisation, page, 1)
      equal((await organisation.changes.since('999999:7')).ids, [page])
      equal((await organisation.changes.since('nonsense')).ids, [page])
      const { mark } = await organisation.changes.since(null)
      await store(storage.organisation(idOf<OrganisationId>('second')), otherPage, 1)
      equal((await organisation.changes.since(mark)).ids, [])
    },
  },
]
