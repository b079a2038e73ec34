import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { AuthorsOf } from '../../model/away.ts'
import { mintId, type PageId, type PersonId } from '../../model/ids.ts'
import { writeBody } from '../../model/page-body.ts'
import { bodyName } from '../../model/page.ts'
import { MemoryLaptopStorage } from '../storage/memory-storage.ts'
import { readPageMentions } from '../storage/page-mentions.ts'
import { fillRandom } from '../storage/test-random.ts'
import { FakeClock, organisationId, personId, spaceId } from './fake-server.ts'
import { PageMentionsWatch } from './page-mentions-watch.ts'
import type { FromWorker } from './sync-messages.ts'

const random = fillRandom(5)
const [page, other] = [mintId<PageId>(random), mintId<PageId>(random)]
const daan = mintId<PersonId>(random)
const nobody: AuthorsOf = { inserted: () => null, deleted: () => null }

function bytesNaming(person: PersonId, words = 'Vraag '): Uint8Array {
  const doc = new Y.Doc()
  const content = [
    { type: 'text', text: words },
    { type: 'mention', attrs: { person, label: 'Anna' } },
  ]
  writeBody(doc.getXmlFragment(bodyName), { type: 'doc', content: [{ type: 'paragraph', content }] })
  return Y.encodeStateAsUpdate(doc)
}

/** A laptop and its watch; `asked` are the pages whose writers the server was asked for. */
function setUp(fetchAuthors: () => Promise<AuthorsOf> = async () => ({ ...nobody, inserted: () => daan })) {
  const storage = new MemoryLaptopStorage({ fillRandom: random }).organisation(organisationId)
  const clock = new FakeClock()
  const emitted: FromWorker[] = []
  const asked: PageId[] = []
  const watch = new PageMentionsWatch({
    ...{ storage, clock, personId },
    fetchAuthors: (id) => {
      asked.push(id)
      return fetchAuthors()
    },
    emit: (message) => emitted.push(message),
    report: (error) => {
      throw error
    },
  })
  const comes = (id: PageId, update: Uint8Array) =>
    storage.storeRemote({
      changes: [{ documentId: id, update }],
      documents: [{ id, spaceId, kind: 'page', pageKind: 'wiki', title: 'Kade', changedAtMs: 7 }],
      cursors: [],
    })
  const look = async () => {
    watch.heard({ type: 'documents-changed', documentIds: [], spacesChanged: false })
    await clock.advance(600)
    await watch.settled()
  }
  const notices = async () =>
    [...(await readPageMentions(storage)).pages].flatMap(([id, all]) => all.map((each) => ({ page: id, ...each })))
  return { storage, comes, look, notices, emitted, asked }
}

describe('who is named in the text of pages', () => {
  it('is told once, with who wrote it, and windows hear of which page', async () => {
    const { comes, look, notices, emitted, asked } = setUp()
    await comes(other, bytesNaming(daan))
    await comes(page, bytesNaming(personId))
    await look()
    expect(await notices()).toMatchObject([{ page, author: daan, text: 'Vraag Anna', atMs: 7 }])
    expect(emitted).toEqual([{ type: 'acts-folded', pages: [page] }])
    await look()
    expect([(await notices()).length, asked]).toEqual([1, [page]])
  })

  it('is not asked about where they wrote it here themselves', async () => {
    const { storage, look, notices, asked } = setUp()
    const registration = { spaceId, kind: 'page', pageKind: 'wiki' } as const
    await storage.appendOwn(
      [{ documentId: page, update: bytesNaming(personId), schema: 2, restored: false, registration }],
      [{ id: page, ...registration, held: true }],
    )
    await look()
    expect([(await notices()).map(({ author }) => author), asked]).toEqual([[personId], []])
  })

  it('is looked at again where nobody could be asked who wrote it', async () => {
    let isReachable = false
    const { comes, look, notices } = setUp(() => (isReachable ? Promise.resolve(nobody) : Promise.reject(new Error())))
    await comes(page, bytesNaming(personId))
    await look()
    expect(await notices()).toEqual([])
    isReachable = true
    await look()
    expect(await notices()).toMatchObject([{ page, author: null }])
  })

  it('has no notice of a page that this laptop holds no more', async () => {
    const { storage, comes, look, notices } = setUp()
    await comes(page, bytesNaming(personId))
    await look()
    await storage.drop(page, { forget: true })
    await look()
    expect(await notices()).toEqual([])
  })
})
