import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { actIdOf, refOf, type ActRef } from '../../model/act-ref.ts'
import type { NewAct } from '../../model/act.ts'
import { actsUpdate, readActsUpdate, writeAct } from '../../model/acts.ts'
import { mintId, type DocumentId, type PageId, type SpaceId } from '../../model/ids.ts'
import type { SpaceRole } from '../../model/permission.ts'
import { seedOf } from '../../model/seeds.ts'
import { foldThreads } from '../../model/threads.ts'
import type { SpaceRecord } from '../storage/laptop-storage.ts'
import { MemoryLaptopStorage } from '../storage/memory-storage.ts'
import { fillRandom } from '../storage/test-random.ts'
import { ActsHoming } from './acts-homing.ts'
import { FakeClock, organisationId, personId } from './fake-server.ts'
import type { FromWorker, ToWorker } from './sync-messages.ts'

const random = fillRandom(3)
const [here, there] = [mintId<SpaceId>(random), mintId<SpaceId>(random)]
const page = mintId<PageId>(random)
const acts = mintId<DocumentId>(random)

/** A laptop that was offline in the space `here`, where its person spoke about a page; the page stands in `there` now. */
async function laptopAfterMove(roleThere: SpaceRole | null = 'commenter') {
  const laptop = new MemoryLaptopStorage({ fillRandom: random })
  await laptop.putOrganisation({
    ...{ id: organisationId, name: 'Haven', kind: 'server', serverUrl: 'http://127.0.0.1:1', generation: null },
    ...{ personId, personName: 'Noor', email: 'noor@example.org', role: 'member' },
  })
  const storage = laptop.organisation(organisationId)
  const spaceOf = (id: SpaceId, role: SpaceRole): SpaceRecord => {
    const words = { name: 'Team', description: '', icon: null, parent: null } as const
    return { id, kind: 'team', role, archived: false, keep: 'everything', cursor: 1, joining: 'ask', ...words }
  }
  await storage.putSpaces([spaceOf(here, 'commenter'), ...(roleThere === null ? [] : [spaceOf(there, roleThere)])])
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedOf('acts', null))
  const place = { id: page, kind: 'page', pageKind: 'wiki' } as const
  await storage.updateDocuments([{ ...place, spaceId: here, title: 'Kade', held: true }])
  const registration = { spaceId: here, kind: 'acts', pageKind: null } as const
  const row = { documentId: acts, schema: 1, restored: false, registration: null }
  await storage.appendOwn(
    [{ ...row, update: seedOf('acts', null), registration }],
    [{ id: acts, ...registration, ownerId: personId, held: true }],
  )
  const say = async (act: NewAct): Promise<ActRef> => {
    const updates: Uint8Array[] = []
    const hear = (update: Uint8Array) => void updates.push(update)
    doc.on('update', hear)
    const { ref } = writeAct(doc, acts, { act, nowMs: 1, counter: 0, fillRandom: random })
    doc.off('update', hear)
    await storage.appendOwn([{ ...row, update: Y.mergeUpdates(updates) }])
    return ref
  }
  const refuseAll = async () => {
    const rows = await storage.waitingRows(1, 1e6)
    for (const waiting of rows) await storage.setAside(waiting.row, 'forbidden', true)
    await storage.acknowledge(rows.at(-1)?.row ?? 1)
  }
  const move = () => storage.updateDocuments([{ ...place, spaceId: there }])
  const clock = new FakeClock()
  const [posted, emitted]: [ToWorker[], FromWorker[]] = [[], []]
  const options = { storage, clock, fillRandom: random, me: async () => ({ personId, role: 'member' }) as const }
  const homing = new ActsHoming({
    ...options,
    post: (message) => posted.push(message),
    emit: (message) => emitted.push(message),
    report: (error) => {
      throw error
    },
  })
  const look = async () => {
    homing.heard({ type: 'set-aside-changed' })
    await clock.advance(200)
    await homing.settled()
  }
  const aside = async () => (await storage.setAsideRecords()).length
  const waiting = async () =>
    (await storage.waitingRows(0, 1e6)).map(({ registration: made, update }) => {
      const read = readActsUpdate(update)
      return { spaceId: made?.spaceId, acts: read.ok ? read.value : [] }
    })
  return { storage, say, refuseAll, move, look, aside, waiting, posted, emitted, homing, clock }
}

const comment = (text: string): NewAct => ({ kind: 'comment', page, anchor: null, text: [text] })

describe('what was said about a page that moved meanwhile', () => {
  it('AC7 is said again where the page stands now, once, under the same id', async () => {
    const { storage, say, refuseAll, move, look, aside, waiting, posted } = await laptopAfterMove()
    const ref = await say(comment('Past dit?'))
    await refuseAll()
    await move()
    await look()
    expect(await aside()).toBe(0)
    const said = { id: actIdOf(ref), kind: 'comment', text: ['Past dit?'] }
    expect(await waiting()).toMatchObject([{ spaceId: there, acts: [] }, { acts: [said] }])
    expect(posted).toMatchObject([{ type: 'own-rows', rows: [{}, {}] }])
    expect(foldThreads(await storage.acts.ofPage(page))).toMatchObject([{ opening: { text: ['Past dit?'] } }])
    await look()
    expect(await waiting()).toHaveLength(2)
  })

  it('AC7 waits until the laptop has heard that the page moved', async () => {
    const { say, refuseAll, move, look, aside, homing, clock } = await laptopAfterMove()
    await say(comment('Nog even'))
    await refuseAll()
    await look()
    expect(await aside()).toBe(1)
    await move()
    homing.heard({ type: 'documents-changed', documentIds: [page], spacesChanged: false })
    await clock.advance(200)
    await homing.settled()
    expect(await aside()).toBe(0)
  })

  it('AC7 is said again by who lost the old space and may speak in the new one', async () => {
    const { storage, say, move, look, aside, waiting } = await laptopAfterMove()
    await say(comment('Van buiten'))
    await move()
    await storage.removeSpace(here)
    expect(await aside()).toBe(2)
    await look()
    expect([await aside(), (await waiting()).length]).toEqual([0, 2])
  })

  it.each(['reader', null] as const)('AC7 stays set aside where its writer is %s in the new space', async (role) => {
    const { say, refuseAll, move, look, aside, waiting } = await laptopAfterMove(role)
    await say(comment('Mag niet'))
    await refuseAll()
    await move()
    await look()
    expect([await aside(), await waiting()]).toEqual([1, []])
  })

  it('AC7 stays in order: answers and new words follow their comment, what was taken back stays away', async () => {
    const { storage, say, refuseAll, move, look, waiting } = await laptopAfterMove()
    const [kept, gone] = [await say(comment('Blijft')), await say(comment('Gaat'))]
    await say({ kind: 'reply', page, thread: kept, text: ['En dit'] })
    await say({ kind: 'edit', page, target: kept, text: ['Blijft echt'] })
    await say({ kind: 'delete', page, target: gone, thread: null, anchor: null })
    await refuseAll()
    await move()
    await look()
    const [thread, ...more] = foldThreads(await storage.acts.ofPage(page)).filter(({ opening }) => opening !== null)
    expect(more).toEqual([])
    expect(thread).toMatchObject({ opening: { text: ['Blijft echt'] }, replies: [{ text: ['En dit'] }] })
    expect(JSON.stringify(await waiting())).not.toContain('Gaat')
  })

  it('AC7 names what was said again before by its new reference', async () => {
    const { storage, say, refuseAll, move, look } = await laptopAfterMove()
    const first = await say(comment('Eerst'))
    await refuseAll()
    await move()
    await look()
    await say({ kind: 'edit', page, target: first, text: ['Later'] })
    const last = (await storage.waitingRows(0, 1e6)).at(-1)?.row ?? 0
    await storage.setAside(last, 'forbidden', true)
    await look()
    expect(foldThreads(await storage.acts.ofPage(page))).toMatchObject([{ opening: { text: ['Later'] } }])
  })

  it('AC7 is not said again where it came along with the page', async () => {
    const { storage, say, refuseAll, move, look, aside, waiting } = await laptopAfterMove()
    const ref = await say(comment('Kwam mee'))
    const said = readActsUpdate((await storage.waitingRows(1, 1e6))[0]?.update ?? new Uint8Array())
    await refuseAll()
    await move()
    const [act] = said.ok ? said.value : []
    if (act === undefined) throw new Error('Nothing was said')
    const other = mintId<DocumentId>(random)
    await storage.storeRemote({
      changes: [{ documentId: other, update: actsUpdate([act]) }],
      documents: [{ id: other, spaceId: there, kind: 'acts', pageKind: null, ownerId: personId, held: true }],
      cursors: [],
    })
    await look()
    expect([await aside(), await waiting()]).toEqual([0, []])
    expect((await storage.acts.ofPage(page)).map((each) => each.ref)).toEqual([refOf(other, act.id)])
    expect(ref).toBe(refOf(acts, act.id))
  })
})
