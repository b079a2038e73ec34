import * as Y from 'yjs'
import type { NewAct } from '../../model/act.ts'
import { addToLedger, writeAct } from '../../model/acts.ts'
import type { DocumentId, PageId, PersonId, SpaceId } from '../../model/ids.ts'
import { seedOf } from '../../model/seeds.ts'
import { equal, idOf, organisationId, type ContractCase } from './contract-case.ts'
import { organisationRecord } from './laptop-storage-contract.ts'
import type { DocumentChange, OrganisationStorage, OwnChange } from './laptop-storage.ts'

const me = organisationRecord(organisationId).personId
const sem = idOf<PersonId>('sem')
const spaceId = idOf<SpaceId>('space')
const page = idOf<PageId>('page')
const mine = idOf<DocumentId>('mine')
const theirs = idOf<DocumentId>('theirs')
const ledger = idOf<DocumentId>('ledger')

/** Run beside `laptopStorageContract`, on every implementation. */
export const actsStorageContract: readonly ContractCase[] = [
  {
    title: 'folds what a window wrote and what came, once',
    async run({ storage, otherWindow }) {
      await storage.putOrganisation(organisationRecord(organisationId))
      const one = storage.organisation(organisationId)
      await say(one, mine, comment('Klopt dit?'))
      equal(await one.acts.ofPage(page), [])
      equal(await one.acts.fold(), [page])
      equal(await one.acts.fold(), [])
      equal(texts(await one.acts.ofPage(page)), ['Klopt dit?'])
      const other = otherWindow.organisation(organisationId)
      await hear(other, theirs, [comment('Ja')])
      equal(await other.acts.fold(), [page])
      equal(texts(await one.acts.ofPage(page)).toSorted(), ['Ja', 'Klopt dit?'])
      equal((await one.acts.pages())[0]?.openThreads, 2)
    },
  },
  {
    title: 'AC4 forgets folded acts that are gone from their document',
    async run({ storage }) {
      await storage.putOrganisation(organisationRecord(organisationId))
      const organisation = storage.organisation(organisationId)
      const doc = await say(organisation, mine, comment('Weg'))
      await organisation.acts.fold()
      const [act] = await organisation.acts.ofPage(page)
      if (act === undefined) throw new Error('nothing was folded')
      await say(organisation, mine, { kind: 'delete', page, target: act.ref, thread: null, anchor: null }, doc)
      equal(await organisation.acts.fold(), [page])
      equal(
        (await organisation.acts.ofPage(page)).map((each) => each.act.kind),
        ['delete'],
      )
      equal((await organisation.acts.pages())[0]?.remarks, 0)
    },
  },
  {
    title: 'AC4 shows no acts that stand in another space than their page',
    async run({ storage }) {
      await storage.putOrganisation(organisationRecord(organisationId))
      const organisation = storage.organisation(organisationId)
      const elsewhere = { id: page, spaceId: idOf<SpaceId>('elsewhere'), kind: 'page', pageKind: 'wiki' } as const
      await organisation.updateDocuments([elsewhere])
      await hear(organisation, theirs, [comment('Vals')])
      await organisation.acts.fold()
      equal(await organisation.acts.ofPage(page), [])
      equal(await organisation.acts.pages(), [])
    },
  },
  {
    title: 'knows about which pages a document speaks',
    async run({ storage }) {
      await storage.putOrganisation(organisationRecord(organisationId))
      const organisation = storage.organisation(organisationId)
      await hear(organisation, theirs, [comment('x'), comment('y')])
      await organisation.acts.fold()
      equal(await organisation.acts.pagesOf([theirs, mine]), [page])
      equal(await organisation.acts.pagesOf([mine]), [])
    },
  },
  {
    title: 'knows what others say for this person',
    async run({ storage }) {
      await storage.putOrganisation(organisationRecord(organisationId))
      const organisation = storage.organisation(organisationId)
      await hear(organisation, theirs, [{ ...comment('x'), text: [{ person: me, name: 'Anna' }] }, comment('y')])
      await organisation.acts.fold()
      equal((await organisation.acts.pages())[0]?.forMe.length, 1)
    },
  },
  {
    title: 'AC6 folds a ledger',
    async run({ storage }) {
      await storage.putOrganisation(organisationRecord(organisationId))
      const organisation = storage.organisation(organisationId)
      const doc = new Y.Doc()
      const source = actsDocument()
      const { ref, act } = writeAct(source, theirs, { act: comment('Mee'), nowMs: 1, counter: 0, fillRandom })
      addToLedger(doc, [{ ref, author: sem, mark: 'moved', act }])
      const update = Y.encodeStateAsUpdate(doc)
      const documents = [{ id: ledger, spaceId, kind: 'ledger', pageKind: null, held: true }] as const
      await organisation.storeRemote({ changes: [{ documentId: ledger, update }], documents, cursors: [] })
      await organisation.acts.fold()
      equal(
        (await organisation.acts.ofPage(page)).map(({ author, mark }) => [author, mark]),
        [[sem, 'moved']],
      )
    },
  },
  {
    title: 'AC6 counts what is said about a page anew when it stands in another space',
    async run({ storage }) {
      await storage.putOrganisation(organisationRecord(organisationId))
      const organisation = storage.organisation(organisationId)
      await organisation.updateDocuments([{ id: page, spaceId, kind: 'page', pageKind: 'wiki' }])
      await hear(organisation, theirs, [comment('Hier')])
      await organisation.acts.fold()
      equal((await organisation.acts.pages()).length, 1)
      const elsewhere = idOf<SpaceId>('elsewhere')
      await organisation.updateDocuments([{ id: page, spaceId: elsewhere, kind: 'page', pageKind: 'wiki' }])
      equal(await organisation.acts.fold(), [page])
      equal(await organisation.acts.pages(), [])
    },
  },
  {
    title: 'gives the updates of acts that wait, until they are acknowledged',
    async run({ storage }) {
      await storage.putOrganisation(organisationRecord(organisationId))
      const organisation = storage.organisation(organisationId)
      await say(organisation, mine, comment('Wacht'))
      equal((await organisation.acts.waiting([mine])).length, 2)
      equal((await organisation.acts.waiting([theirs])).length, 0)
      await organisation.acknowledge(2)
      equal((await organisation.acts.waiting([mine])).length, 0)
    },
  },
  {
    title: 'removes the acts of a space with it',
    async run({ storage }) {
      await storage.putOrganisation(organisationRecord(organisationId))
      const organisation = storage.organisation(organisationId)
      await hear(organisation, theirs, [comment('Weg')])
      await organisation.acts.fold()
      await organisation.removeSpace(spaceId)
      await organisation.acts.fold()
      equal(await organisation.acts.ofPage(page), [])
      equal(await organisation.acts.pages(), [])
    },
  },
]

let filled = 0
const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => new DataView(bytes.buffer).setUint32(0, (filled += 1))

const comment = (text: string) => ({ kind: 'comment', page, anchor: null, text: [text] }) satisfies NewAct

function actsDocument(): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedOf('acts', null))
  return doc
}

function changeOf(id: DocumentId, ownerId: PersonId): DocumentChange {
  return { id, spaceId, kind: 'acts', pageKind: null, ownerId, held: true }
}

/** As a window writes: the document is registered with its first act. */
async function say(organisation: OrganisationStorage, id: DocumentId, act: NewAct, known?: Y.Doc): Promise<Y.Doc> {
  const doc = known ?? actsDocument()
  const before = Y.encodeStateVector(doc)
  writeAct(doc, id, { act, nowMs: 1, counter: 0, fillRandom })
  const own: OwnChange = {
    documentId: id,
    update: Y.encodeStateAsUpdate(doc, before),
    schema: 1,
    restored: false,
    registration: null,
  }
  const registration = { spaceId, kind: 'acts', pageKind: null } as const
  const seed: OwnChange = { ...own, update: seedOf('acts', null), registration }
  await organisation.appendOwn(known === undefined ? [seed, own] : [own], [changeOf(id, me)])
  return doc
}

/** As sync stores what another wrote. */
async function hear(organisation: OrganisationStorage, id: DocumentId, acts: readonly NewAct[]): Promise<void> {
  const doc = actsDocument()
  for (const act of acts) writeAct(doc, id, { act, nowMs: 1, counter: 0, fillRandom })
  const update = Y.encodeStateAsUpdate(doc)
  await organisation.storeRemote({ changes: [{ documentId: id, update }], documents: [changeOf(id, sem)], cursors: [] })
}

function texts(acts: readonly { readonly act: NewAct }[]): string[] {
  return acts.flatMap(({ act }) => ('text' in act ? [String(act.text[0])] : []))
}
