import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { refOf, type ActRef } from '../../model/act-ref.ts'
import type { NewAct } from '../../model/act.ts'
import { readActs, writeAct } from '../../model/acts.ts'
import { mintId, type ActId, type DocumentId, type PageId, type SpaceId } from '../../model/ids.ts'
import type { SpaceRole } from '../../model/permission.ts'
import { seedOf } from '../../model/seeds.ts'
import { maxActsDocuments } from '../../sync-server/check-acts.ts'
import type { Identity } from '../../sync-server/sync-options.ts'
import { Writer, type FakeDevice } from './fake-device.ts'
import { FakeWorld, mint, person } from './fake-world.ts'

let filled = 0
const fillRandom = (bytes: Uint8Array) => new DataView(bytes.buffer).setUint32(8, (filled += 1))

/** Somebody at a device, with an acts document of their own in the space. */
interface Commenter {
  readonly identity: Identity
  readonly device: FakeDevice
  readonly document: DocumentId
  readonly writer: Writer
  /** Pushes acts; answers their references. */
  say(...acts: readonly NewAct[]): Promise<readonly ActRef[]>
  refusals(): readonly string[]
}

let clientId = 100

async function openActsWorld() {
  const world = await FakeWorld.open()
  const [owner, commenter, reader] = [person('Ann'), person('Bob'), person('Cas')]
  const roles: readonly (readonly [Identity, SpaceRole])[] = [
    [owner, 'owner'],
    [commenter, 'commenter'],
    [reader, 'reader'],
  ]
  const spaceId = await world.done(world.space(roles))
  const page = mint<PageId>()
  const device = await world.device(owner)
  device.register(page, spaceId)
  await world.settle()

  const join = async (identity: Identity, space: SpaceId = spaceId): Promise<Commenter> => {
    const own = await world.device(identity)
    const document = mint<DocumentId>()
    const writer = new Writer((clientId += 1), seedOf('acts', null))
    own.register(document, space, 'acts', null)
    await world.settle()
    return {
      identity,
      device: own,
      document,
      writer,
      say: async (...acts) => {
        const refs: ActRef[] = []
        for (const act of acts) {
          const update = writer.change((doc) => refs.push(write(doc, document, act)))
          own.push(document, update)
        }
        await world.settle()
        return refs
      },
      refusals: () => [...own.refusals().values()],
    }
  }
  const comment: NewAct = { kind: 'comment', page, anchor: null, text: ['Klopt dit?'] }
  return { world, spaceId, page, owner, commenter, reader, join, comment }
}

function only<T>(values: readonly T[]): T {
  const [value] = values
  if (value === undefined) throw new Error('Nothing was written')
  return value
}

describe('acts on the server', () => {
  it('AC3 takes the comment of a commenter, who may not write the page', async () => {
    const { world, page, commenter, join, comment } = await openActsWorld()
    const bob = await join(commenter)
    await bob.say(comment)
    bob.device.push(page, new Writer(900).write('x'))
    await world.settle()
    expect(bob.refusals()).toEqual(['forbidden'])
  })

  it('AC3 takes no acts document of a reader', async () => {
    const { reader, join } = await openActsWorld()
    expect((await join(reader)).refusals()).toEqual(['forbidden'])
  })

  it('AC3 lets nobody write in the acts document of somebody else', async () => {
    const { world, owner, commenter, join, comment } = await openActsWorld()
    const bob = await join(commenter)
    const ann = await join(owner)
    const forger = new Writer(901, seedOf('acts', null))
    const update = forger.change((doc) => {
      write(doc, bob.document, comment)
    })
    ann.device.push(bob.document, update)
    await world.settle()
    expect(ann.refusals()).toEqual(['forbidden'])
  })

  it.each([
    ['text', (doc: Y.Doc) => doc.getText('acts').insert(0, 'x')],
    ['another root', (doc: Y.Doc) => doc.getArray('more').push(['x'])],
    ['no act', (doc: Y.Doc) => doc.getMap('acts').set('x', { kind: 'comment', text: '<b>' })],
    ['its own kind changed', (doc: Y.Doc) => doc.getMap('meta').set('kind', 'page')],
    ['its seed deleted', (doc: Y.Doc) => doc.getMap('meta').delete('kind')],
  ])('AC1 refuses %s in an acts document', async (_name, change) => {
    const { world, commenter, join } = await openActsWorld()
    const bob = await join(commenter)
    bob.device.push(bob.document, bob.writer.change(change))
    await world.settle()
    expect(bob.refusals()).toEqual(['malformed'])
  })

  it('AC1 commits nothing of random documents but acts', { timeout: 60_000 }, async () => {
    const { world, commenter, join, comment } = await openActsWorld()
    const bob = await join(commenter)
    await bob.say(comment)
    const names = fc.constantFrom('acts', 'meta', 'body', 'kind')
    const id = mint<ActId>()
    const value = fc.oneof(fc.anything({ maxDepth: 1 }), fc.constant({ ...comment, id, counter: 1, atMs: 1 }))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(names, fc.nat(4), value), { minLength: 1, maxLength: 5 }), async (steps) => {
        const writer = new Writer((clientId += 1), seedOf('acts', null))
        const update = writer.change((doc) => {
          for (const [name, how, what] of steps) tryTo(doc, { name, id, how, what })
        })
        bob.device.push(bob.document, update)
        await world.settle()
      }),
      { numRuns: 150 },
    )
    const doc = new Y.Doc()
    for (const { update } of (await world.store.loadDocuments([bob.document]))[0]?.tail ?? []) {
      if (update !== 'damaged') Y.applyUpdate(doc, update)
    }
    expect(readActs(doc).length).toBe(doc.getMap('acts').size)
    expect([...doc.share.keys()].toSorted()).toEqual(['acts', 'meta'])
    expect(doc.getMap('meta').toJSON()).toEqual({ kind: 'acts' })
    expect(world.lines.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('AC3 refuses acts about a page of another space, and about a page that there is not', async () => {
    const { world, commenter, join, comment } = await openActsWorld()
    const elsewhere = await world.done(world.space([[commenter, 'owner']]))
    const bob = await join(commenter, elsewhere)
    await bob.say(comment)
    await bob.say({ kind: 'comment', page: mint<PageId>(), anchor: null, text: ['?'] })
    expect(bob.refusals()).toEqual(['forbidden', 'unknown-document'])
  })

  it('AC3 takes back a whole document with what was said about a page that has moved since', async () => {
    const { world, commenter, join, comment } = await openActsWorld()
    const elsewhere = await world.done(world.space([[commenter, 'owner']]))
    const bob = await join(commenter, elsewhere)
    const update = bob.writer.change((doc) => write(doc, bob.document, comment))
    bob.device.send({ type: 'push', rows: [bob.device.makeRow(bob.document, update, { restored: true })] })
    await world.settle()
    expect(bob.refusals()).toEqual([])
  })

  it('AC3 takes an act about a page that comes in the same push', async () => {
    const { world, spaceId, owner, join } = await openActsWorld()
    const ann = await join(owner)
    const page = mint<PageId>()
    const seed = ann.device.makeRow(page, seedOf('page', 'wiki'), {
      registration: { spaceId, kind: 'page', pageKind: 'wiki' },
    })
    const update = ann.writer.change((doc) => {
      write(doc, ann.document, { kind: 'comment', page, anchor: null, text: ['Nieuw'] })
    })
    ann.device.send({ type: 'push', rows: [seed, ann.device.makeRow(ann.document, update)] })
    await world.settle()
    expect(ann.refusals()).toEqual([])
  })

  it('AC3 lets an editor and the author resolve a thread, and no other commenter', async () => {
    const { world, spaceId, page, owner, commenter, join, comment } = await openActsWorld()
    const dia = person('Dia')
    await world.done(world.server.grantSpace(dia.personId, spaceId, 'commenter'))
    const [ann, bob, other] = [await join(owner), await join(commenter), await join(dia)]
    const thread = only(await bob.say(comment))
    await bob.say({ kind: 'resolve', page, thread })
    await ann.say({ kind: 'reopen', page, thread })
    await other.say(
      { kind: 'reply', page, thread, text: ['Mag wel'] },
      { kind: 'reaction', page, target: thread, reaction: 'yes', on: true },
    )
    expect([...bob.refusals(), ...ann.refusals(), ...other.refusals()]).toEqual([])
    await other.say({ kind: 'resolve', page, thread })
    expect(other.refusals()).toEqual(['forbidden'])
  })

  it('AC3 lets nobody edit or take back what somebody else said', async () => {
    const { page, owner, commenter, join, comment } = await openActsWorld()
    const [ann, bob] = [await join(owner), await join(commenter)]
    const target = only(await bob.say(comment))
    await ann.say({ kind: 'edit', page, target, text: ['Vals'] })
    await ann.say({ kind: 'delete', page, target, thread: null, anchor: null })
    const nowhere = refOf(mint<DocumentId>(), mintId<ActId>(fillRandom))
    await ann.say({ kind: 'reply', page, thread: nowhere, text: ['Aan niemand'] })
    expect(ann.refusals()).toEqual(['forbidden', 'forbidden', 'unknown-document'])
  })

  it('AC2 gives one person a few acts documents in a space and no more', async () => {
    const { world, spaceId, commenter, join } = await openActsWorld()
    const bob = await join(commenter)
    for (let i = 1; i < maxActsDocuments + 1; i += 1) bob.device.register(mint<DocumentId>(), spaceId, 'acts', null)
    await world.settle()
    bob.device.register(mint<DocumentId>(), spaceId, 'acts', null)
    await world.settle()
    expect(bob.refusals()).toEqual(['too-large', 'too-large'])
  })
})

const write = (doc: Y.Doc, document: DocumentId, act: NewAct): ActRef =>
  writeAct(doc, document, { act, nowMs: 1, counter: 0, fillRandom }).ref

function tryTo(
  doc: Y.Doc,
  { name, id, how, what }: { readonly name: string; readonly id: ActId; readonly how: number; readonly what: unknown },
): void {
  try {
    if (how === 0) doc.getArray(name).push([what])
    else if (how === 1) doc.getMap(name).set('kind', what)
    else if (how === 2) doc.getText(name).insert(0, 'x')
    else if (how === 3) doc.getMap(name).set(id, what)
    else doc.getMap(name).delete('kind')
  } catch {
    // Yjs refuses what it cannot hold; then there is that much less to send.
    return
  }
}
