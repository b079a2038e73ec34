import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { rowChecksum } from '../../model/checksum.ts'
import type { DocumentId, PersonId } from '../../model/ids.ts'
import type { DocumentRow } from '../../model/protocol/messages.ts'
import { seedOf } from '../../model/seeds.ts'
import { putKeepPolicy } from '../storage/keep-settings.ts'
import type { OwnChange, StorageProblem } from '../storage/laptop-storage.ts'
import { copyDisk } from '../storage/memory-disk.ts'
import { MemoryLaptopStorage } from '../storage/memory-storage.ts'
import { fillRandom } from '../storage/test-random.ts'
import {
  connected,
  documentRow,
  emptyRows,
  grant,
  organisationId,
  otherPage,
  page,
  spaceId,
  testLaptop,
  turns,
  welcome,
  type TestLaptop,
} from './fake-server.ts'

const seed = seedOf('page', 'wiki')
const registration = { spaceId, kind: 'page', pageKind: 'wiki' } as const

/** A page with text by one client, as updates: the seed, then one for each letter. */
function writtenPage(text: string, clientId: number, title?: string): Uint8Array[] {
  const doc = new Y.Doc()
  doc.clientID = clientId
  Y.applyUpdate(doc, seed)
  const updates: Uint8Array[] = [seed]
  doc.on('update', (update: Uint8Array) => updates.push(update))
  if (title !== undefined) doc.getMap('meta').set('title', title)
  for (const [place, letter] of [...text].entries()) doc.getText('body').insert(place, letter)
  return updates
}

function textOf(updates: readonly Uint8Array[]): string {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc.getText('body').toString()
}

function own(documentId: DocumentId, update: Uint8Array, isNew = false): OwnChange {
  return { documentId, update, schema: 1, restored: false, registration: isNew ? registration : null }
}

async function write(test: TestLaptop, changes: readonly OwnChange[]): Promise<void> {
  const rows = await test.storage.appendOwn(changes)
  test.engine.handle({
    type: 'own-rows',
    windowId: 'w',
    changes: changes.map(({ documentId, update }) => ({ documentId, update })),
    rows,
  })
  await turns()
}

async function storedText(test: TestLaptop, id: DocumentId): Promise<string> {
  return textOf((await test.storage.load(id)).updates)
}

function feedUpdate(documentId: DocumentId, n: number, update: Uint8Array, title = 'Quay') {
  const row = documentRow(documentId, { title })
  return {
    type: 'feed',
    spaceId,
    to: n,
    head: n,
    records: [{ type: 'update', n, row, update: new Uint8Array(update) }],
  } as const
}

/** Opens the document in a window and answers the number of its channel. */
function openChannel(test: TestLaptop, documentId: DocumentId): number {
  test.engine.handle({ type: 'open', windowId: 'w', channelId: 'c', documentId, schema: 1 })
  return test.server.heard('open').at(-1)?.channel ?? 0
}

describe('hello', () => {
  it('PR4 says first who this laptop is and how far it is', async () => {
    const test = testLaptop()
    await test.storage.putSpaces([{ ...record(), cursor: 4 }])
    const { logId } = await test.storage.logState()
    test.engine.start()
    await turns()
    const [hello] = test.server.heard('hello')
    expect(hello).toMatchObject({ organisationId, logId, lastRow: 0, generation: null })
    expect(hello?.spaces).toEqual([{ spaceId, cursor: 4, keep: 'everything' }])
  })

  it('stores the spaces that it is welcomed to', async () => {
    const test = await connected(testLaptop())
    expect(await test.storage.spaces()).toMatchObject([{ ...record(), cursor: 0, description: '', joining: 'ask' }])
    expect(test.heard('status').at(-1)).toMatchObject({ state: 'online' })
  })

  it('refuses a server of another organisation', async () => {
    const test = testLaptop()
    test.engine.start()
    await turns()
    const other = (await connected(testLaptop())).storage.organisationId.replace(/./, 'q') as typeof organisationId
    await test.server.say(welcome({ organisationId: other }))
    expect(test.heard('status').at(-1)).toMatchObject({ state: 'refused', reason: 'other-organisation' })
    expect(await test.storage.spaces()).toEqual([])
  })
})

describe('rows', () => {
  it('LO1 pushes waiting rows in order after welcome, and new ones as they are written', async () => {
    const test = testLaptop()
    await test.storage.appendOwn([own(page, seed, true), own(page, new Uint8Array([1]))])
    await connected(test)
    expect(test.server.pushedRows().map(({ row }) => row)).toEqual([1, 2])
    expect(test.server.pushedRows()[0]?.registration).toEqual(registration)
    await write(test, [own(page, new Uint8Array([2]))])
    expect(test.server.pushedRows().map(({ row }) => row)).toEqual([1, 2, 3])
  })

  it('LO1 never sends more than four commits ahead, and goes on with each acknowledgement', async () => {
    const test = testLaptop()
    const large = new Uint8Array(600_000)
    await test.storage.appendOwn(Array.from({ length: 12 }, () => own(page, large)))
    await connected(test)
    const before = test.server.pushedRows().length
    expect(before).toBeLessThan(9)
    await test.server.say({ type: 'acknowledged', row: 3 })
    expect(test.server.pushedRows().length).toBeGreaterThan(before)
    await test.server.say({ type: 'acknowledged', row: 9 })
    expect(test.server.pushedRows().map(({ row }) => row)).toEqual(Array.from({ length: 12 }, (_, place) => place + 1))
  })

  it('LO5 fills the receipt only when the server has acknowledged', async () => {
    const test = await connected(testLaptop())
    await write(test, [own(page, seed, true)])
    expect((await test.storage.document(page))?.waiting).toBe(1)
    expect(test.heard('acknowledged')).toEqual([])
    await test.server.say({ type: 'acknowledged', row: 1 })
    expect((await test.storage.document(page))?.waiting).toBe(0)
    expect(test.heard('acknowledged').at(-1)?.documentIds).toEqual([page])
  })

  it('LO5 pushes again after a broken line what was not acknowledged', async () => {
    const test = await connected(testLaptop())
    await write(test, [own(page, seed, true)])
    await test.server.close(1006)
    await test.clock.advance(1000)
    await test.server.say(welcome())
    expect(test.server.pushedRows().map(({ row }) => row)).toEqual([1])
  })

  it('LO5 believes welcome only where the documents on the server hold what was pushed', async () => {
    const test = testLaptop()
    const updates = writtenPage('abc', 21)
    const rows = await test.storage.appendOwn([
      own(page, seed, true),
      ...updates.slice(1).map((update) => own(page, update)),
    ])
    await connected(test, { acknowledgedRow: 3, acknowledgedChecksum: rows[2]?.checksum ?? 0 })
    expect(test.server.pushedRows()).toEqual([])
    expect((await test.storage.document(page))?.waiting).toBe(4)
    const server = Y.mergeUpdates(updates.slice(0, 3))
    await test.server.say(found(0, page, new Uint8Array([0, 0]), Y.encodeStateVectorFromUpdate(server)))
    expect((await test.storage.document(page))?.waiting).toBe(1)
    expect(test.server.pushedRows().map(({ row }) => row)).toEqual([4])
  })

  it('LO6 hears a refusal again that a broken line has swallowed', async () => {
    const test = testLaptop()
    const updates = writtenPage('ab', 21)
    const rows = await test.storage.appendOwn([
      own(page, seed, true),
      ...updates.slice(1).map((update) => own(page, update)),
    ])
    await connected(test, { acknowledgedRow: 3, acknowledgedChecksum: rows[2]?.checksum ?? 0 })
    const server = Y.mergeUpdates(updates.slice(0, 2))
    await test.server.say(found(0, page, new Uint8Array([0, 0]), Y.encodeStateVectorFromUpdate(server)))
    expect(test.server.pushedRows().map(({ row, update }) => [row, update])).toEqual([[4, updates[2]]])
    expect(test.heard('acknowledged').flatMap(({ documentIds }) => documentIds)).toEqual([page])
    await test.server.say(
      { type: 'refused', row: 4, documentId: page, reason: 'schema-too-old' },
      { type: 'acknowledged', row: 4 },
    )
    expect((await test.storage.setAsideRecords()).map(({ reason }) => reason)).toEqual(['schema-too-old'])
  })

  it('LO4 begins a new log when the server knows another row of that number', async () => {
    const test = testLaptop()
    await test.storage.appendOwn([own(page, seed, true), own(page, new Uint8Array([1]))])
    const before = await test.storage.logState()
    test.engine.start()
    await turns()
    await test.server.say(welcome({ acknowledgedRow: 1, acknowledgedChecksum: 99 }))
    const [hello] = test.server.heard('hello')
    expect(test.server.lines.length).toBe(2)
    expect(hello?.logId).not.toBe(before.logId)
    await test.server.say(welcome(), emptyRows())
    expect(test.server.pushedRows().map(({ row, checksum }) => [row, checksum])[0]).toEqual([
      1,
      rowChecksum(0, 1, page, seed),
    ])
    expect((await test.storage.document(page))?.compare).toBe(true)
  })

  it('LO4 begins a new log when the server knows a row that this laptop never wrote: a cloned disk', async () => {
    const first = testLaptop()
    await first.storage.appendOwn([own(page, seed, true)])
    const disk = first.laptop.disks.get(organisationId)
    if (disk === undefined) throw new Error('no disk')
    const laptop = new MemoryLaptopStorage({ fillRandom: fillRandom(70) })
    laptop.disks.set(organisationId, copyDisk(disk))
    const clone = testLaptop({ laptop })
    const [, later] = [null, (await first.storage.appendOwn([own(page, new Uint8Array([1]))]))[0]]
    clone.engine.start()
    await turns()
    await clone.server.say(welcome({ acknowledgedRow: 2, acknowledgedChecksum: later?.checksum ?? 0 }))
    expect((await clone.storage.logState()).logId).not.toBe((await first.storage.logState()).logId)
  })

  it('LO4 begins a new log when the server has forgotten this one', async () => {
    const test = await connected(testLaptop())
    await write(test, [own(page, seed, true)])
    await test.server.say({ type: 'acknowledged', row: 1 })
    const { logId } = await test.storage.logState()
    await test.server.close(1006)
    await test.clock.advance(1000)
    await test.server.say(welcome())
    expect((await test.storage.logState()).logId).not.toBe(logId)
  })

  it('LO3 pushes reused rows again under a new log, on a new line', async () => {
    const test = await connected(testLaptop())
    await write(test, [own(page, seed, true), own(page, new Uint8Array([1]))])
    const { logId } = await test.storage.logState()
    await test.server.say(
      { type: 'refused', row: 1, documentId: page, reason: 'row-reused' },
      { type: 'refused', row: 2, documentId: page, reason: 'row-reused' },
    )
    expect((await test.storage.logState()).logId).not.toBe(logId)
    await test.server.say(welcome(), emptyRows())
    expect(test.server.pushedRows().map(({ row }) => row)).toEqual([1, 2])
    expect(await test.storage.setAsideRecords()).toEqual([])
  })

  it('LO6 sets a refused row aside, in sight, lets the others go on, and leaves the page as the server has it', async () => {
    const test = await connected(testLaptop())
    const theirs = writtenPage('sea', 11)
    await test.server.say(feedUpdate(page, 1, Y.mergeUpdates(theirs)))
    const mine = new Y.Doc()
    mine.clientID = 12
    for (const update of theirs) Y.applyUpdate(mine, update)
    mine.getText('body').insert(3, '!')
    const update = Y.encodeStateAsUpdate(mine, Y.encodeStateVectorFromUpdate(Y.mergeUpdates(theirs)))
    await write(test, [own(page, update), own(otherPage, seed, true)])
    await test.server.say(
      { type: 'refused', row: 1, documentId: page, reason: 'forbidden' },
      { type: 'acknowledged', row: 2 },
    )
    expect((await test.storage.setAsideRecords()).map(({ documentId, reason }) => [documentId, reason])).toEqual([
      [page, 'forbidden'],
    ])
    expect(await test.storage.waitingRows(0, 100)).toEqual([])
    const fetch = test.server.heard('fetch').at(-1)
    expect(fetch?.documents).toEqual([{ documentId: page, stateVector: new Uint8Array([0]) }])
    await test.server.say(found(fetch?.key ?? 0, page, Y.mergeUpdates(theirs)))
    expect(await storedText(test, page)).toBe('sea')
    expect(test.heard('document-reset').map(({ documentId }) => documentId)).toEqual([page])
    expect(test.heard('set-aside-changed').length).toBe(1)
  })

  it('LO6 never takes a refused row for an acknowledged one, however the answers come', async () => {
    const test = await connected(testLaptop())
    await write(test, [own(page, seed, true), own(page, new Uint8Array([1])), own(page, new Uint8Array([2]))])
    // All in one turn: the first acknowledgement is still to be stored when the last arrives.
    await test.server.say(
      { type: 'acknowledged', row: 1 },
      { type: 'refused', row: 2, documentId: page, reason: 'too-large' },
      { type: 'acknowledged', row: 3 },
    )
    expect((await test.storage.setAsideRecords()).map(({ update }) => update)).toEqual([new Uint8Array([1])])
  })

  it('LO6 repairs a gap by fetching the document and pushing the difference, with no draft', async () => {
    const test = await connected(testLaptop())
    const updates = writtenPage('abc', 21)
    await write(test, [own(page, updates[0] ?? seed, true), ...updates.slice(1).map((update) => own(page, update))])
    await test.server.say(
      { type: 'acknowledged', row: 2 },
      { type: 'refused', row: 3, documentId: page, reason: 'gap' },
    )
    await test.server.say(
      { type: 'refused', row: 4, documentId: page, reason: 'gap' },
      { type: 'acknowledged', row: 4 },
    )
    expect(await test.storage.setAsideRecords()).toEqual([])
    const [fetch] = test.server.heard('fetch')
    const server = Y.mergeUpdates(updates.slice(0, 2))
    await test.server.say(found(fetch?.key ?? 0, page, new Uint8Array([0, 0]), Y.encodeStateVectorFromUpdate(server)))
    const given = test.server.pushedRows().at(-1)
    expect(given?.restored).toBe(true)
    expect(textOf([server, given?.update ?? new Uint8Array()])).toBe('abc')
  })

  it('renews the log and comes back where a waiting row is damaged on disk', async () => {
    const test = testLaptop()
    await test.storage.appendOwn([own(page, new Uint8Array([1, 2]), true), own(otherPage, seed, true)])
    const entry = test.laptop.disks.get(organisationId)?.outbox.get(1)
    if (entry === undefined) throw new Error('no row')
    test.laptop.disks.get(organisationId)?.outbox.set(1, { ...entry, sealed: { ...entry.sealed, sum: 1 } })
    await connected(test)
    await test.server.say(welcome())
    await test.clock.advance(1000)
    await test.server.say(welcome(), emptyRows())
    expect(test.server.pushedRows().map(({ row, documentId }) => [row, documentId])).toEqual([[1, otherPage]])
    expect((await test.storage.setAsideRecords()).map(({ reason }) => reason)).toEqual(['damaged-record'])
  })
})

describe('feed', () => {
  it('FE1 stores records and cursor, and then says taken', async () => {
    const test = await connected(testLaptop())
    await test.server.say(feedUpdate(page, 3, Y.mergeUpdates(writtenPage('hi', 11))))
    expect(await storedText(test, page)).toBe('hi')
    expect((await test.storage.spaces())[0]?.cursor).toBe(3)
    expect(test.server.heard('taken').at(-1)).toEqual({ type: 'taken', spaceId, n: 3 })
    expect(
      test
        .heard('remote-changes')
        .at(-1)
        ?.changes.map(({ documentId }) => documentId),
    ).toEqual([page])
    expect(test.heard('documents-changed').at(-1)?.documentIds).toEqual([page])
  })

  it('FE1 says nothing and moves no cursor while the disk is full, and goes on when there is room', async () => {
    let problem: StorageProblem | null = null
    const laptop = new MemoryLaptopStorage({ fillRandom: fillRandom(7), problem: () => problem })
    const test = await connected(testLaptop({ laptop }))
    problem = 'full'
    await test.server.say(feedUpdate(page, 1, seed), { type: 'feed', spaceId, to: 2, head: 2, records: [] })
    expect(test.server.heard('taken').map(({ n }) => n)).toEqual([0])
    expect(test.heard('status').at(-1)).toMatchObject({ state: 'online', storageFull: true })
    problem = null
    await test.clock.advance(5000)
    expect(test.server.heard('taken').map(({ n }) => n)).toEqual([0, 1, 2])
    expect(test.heard('status').at(-1)).toMatchObject({ storageFull: false })
  })

  it('RC1 says that it holds a space only when every page of it is here', async () => {
    const test = testLaptop()
    test.engine.start()
    await turns()
    await test.server.say(welcome(), { type: 'rows', spaceId, at: 1, isLast: true, rows: [documentRow(page)] })
    expect(test.server.heard('holds')).toEqual([])
    const [fetch] = test.server.heard('fetch')
    await test.server.say(found(fetch?.key ?? 0, page, Y.mergeUpdates(writtenPage('o', 11)), undefined, 1))
    expect(test.server.heard('holds')).toEqual([{ type: 'holds', spaceId, n: 1 }])
    const stale = { type: 'stale', n: 2, row: documentRow(page) } as const
    await test.server.say({ type: 'feed', spaceId, to: 2, head: 2, records: [stale] })
    expect(test.server.heard('holds')).toHaveLength(1)
  })

  it('RC1 passes a number of colleagues on only while nothing newer waits', async () => {
    const test = await connected(testLaptop())
    await test.server.say(feedUpdate(page, 3, seed))
    const channel = openChannel(test, page)
    await test.server.say({ type: 'with-colleagues', channel, people: 2 })
    expect(test.heard('with-colleagues')).toEqual([{ type: 'with-colleagues', documentId: page, people: 2 }])
    await write(test, [own(page, new Uint8Array([1, 2]))])
    await test.server.say({ type: 'with-colleagues', channel, people: 3 })
    expect(test.heard('with-colleagues')).toHaveLength(1)
    await test.server.say({ type: 'acknowledged', row: 1 }, { type: 'with-colleagues', channel, people: 1 })
    expect(test.heard('with-colleagues').at(-1)?.people).toBe(1)
  })

  it('FE1 comes back from the stored cursor after a broken line', async () => {
    const test = await connected(testLaptop())
    await test.server.say(feedUpdate(page, 3, seed))
    await test.server.close(1006)
    await test.clock.advance(1000)
    expect(test.server.heard('hello')[0]?.spaces).toEqual([{ spaceId, cursor: 3, keep: 'everything' }])
  })

  it('FE3 lists first, then fetches what it keeps: the space, then acts and ledger, then pages, newest first', async () => {
    const test = testLaptop()
    const ids = ids6()
    const asked = await askedAfter(test, [
      documentRow(ids[0], { changedAtMs: 1 }),
      documentRow(ids[1], { changedAtMs: 9 }),
      documentRow(ids[2], { kind: 'ledger', pageKind: null }),
      documentRow(ids[3], { kind: 'space', pageKind: null }),
    ])
    expect((await test.storage.documents()).every(({ held }) => !held)).toBe(true)
    expect((await test.storage.spaces())[0]?.cursor).toBe(8)
    expect(asked).toEqual([ids[3], ids[2], ids[1], ids[0]])
  })

  it('FE3 fetches no more pages of a space than it keeps', async () => {
    const test = testLaptop({ keepPages: 2 })
    const ids = ids6()
    expect(await askedAfter(test, pagesByAge(ids))).toEqual([ids[3], ids[2]])
  })

  it('FE3 fetches all pages of a space of which somebody wants everything here', async () => {
    const test = testLaptop({ keepPages: 2 })
    await putKeepPolicy(test.storage, spaceId, { pages: 'everything', files: 'recent' })
    const ids = ids6()
    expect(await askedAfter(test, pagesByAge(ids))).toEqual([ids[3], ids[2], ids[1], ids[0]])
  })

  it('FE3 changes only the list entry of a document that is not held', async () => {
    const test = testLaptop({ keepPages: 0 })
    test.engine.start()
    await turns()
    await test.server.say(welcome(), { type: 'rows', spaceId, at: 1, isLast: true, rows: [documentRow(page)] })
    await test.server.say(feedUpdate(page, 2, new Uint8Array([0, 0]), 'Renamed'))
    expect((await test.storage.load(page)).updates).toEqual([])
    expect(await test.storage.document(page)).toMatchObject({ title: 'Renamed', held: false })
  })

  it('FE3 keeps what is fetched, and asks again when the feed has passed the answer', async () => {
    const test = testLaptop()
    test.engine.start()
    await turns()
    await test.server.say(welcome(), { type: 'rows', spaceId, at: 1, isLast: true, rows: [documentRow(page)] })
    const [first] = test.server.heard('fetch')
    await test.server.say(feedUpdate(page, 5, new Uint8Array([0, 0])))
    await test.server.say(found(first?.key ?? 0, page, Y.mergeUpdates(writtenPage('o', 11)), undefined, 4))
    expect((await test.storage.document(page))?.held).toBe(false)
    const second = test.server.heard('fetch').at(-1)
    expect(second?.key).not.toBe(first?.key)
    await test.server.say(found(second?.key ?? 0, page, Y.mergeUpdates(writtenPage('ok', 11)), undefined, 5))
    expect(await test.storage.document(page)).toMatchObject({ held: true, compare: false })
    expect(await storedText(test, page)).toBe('ok')
  })

  it('FE4 fetches a stale document with its state vector and stores the difference', async () => {
    const test = await connected(testLaptop())
    const updates = writtenPage('abc', 11)
    await test.server.say(feedUpdate(page, 1, Y.mergeUpdates(updates.slice(0, 2))))
    await test.server.say({
      type: 'feed',
      spaceId,
      to: 4,
      head: 4,
      records: [{ type: 'stale', n: 4, row: documentRow(page) }],
    })
    const fetch = test.server.heard('fetch').at(-1)
    const stateVector = fetch?.documents[0]?.stateVector ?? new Uint8Array()
    expect(Y.decodeStateVector(stateVector).get(11)).toBe(1)
    await test.server.say(found(fetch?.key ?? 0, page, Y.diffUpdate(Y.mergeUpdates(updates), stateVector)))
    expect(await storedText(test, page)).toBe('abc')
    expect((await test.storage.document(page))?.compare).toBe(false)
    expect(test.server.pushedRows()).toEqual([])
  })

  it('FE4 fetches nothing where only the title was read later', async () => {
    const test = await connected(testLaptop())
    await test.server.say(feedUpdate(page, 3, Y.mergeUpdates(writtenPage('abc', 11)), ''))
    const row = documentRow(page, { title: 'Read later' })
    await test.server.say({ type: 'feed', spaceId, to: 3, head: 3, records: [{ type: 'stale', n: 3, row }] })
    expect(test.server.heard('fetch')).toEqual([])
    expect(await test.storage.document(page)).toMatchObject({ title: 'Read later', compare: false })
  })

  it('FE8 drops a revoked space and sets aside what waits there', async () => {
    const test = await connected(testLaptop())
    await write(test, [own(page, seed, true)])
    await test.server.say({ type: 'revoked', spaceId })
    expect(await test.storage.spaces()).toEqual([])
    expect(await test.storage.documents()).toEqual([])
    expect((await test.storage.setAsideRecords()).map(({ documentId }) => documentId)).toEqual([page])
    expect(test.heard('space-revoked')).toEqual([{ type: 'space-revoked', spaceId }])
  })

  it('takes the title from the page itself while own changes wait, within 2 s', async () => {
    const test = await connected(testLaptop())
    const [, titled] = writtenPage('', 31, 'My title')
    await write(test, [own(page, seed, true), own(page, titled ?? seed)])
    await test.server.say(feedUpdate(page, 1, new Uint8Array([0, 0]), 'Old title'))
    await test.clock.advance(2000)
    expect((await test.storage.document(page))?.title).toBe('My title')
  })

  it('fetches for a person, and says so where it cannot', async () => {
    const test = await connected(testLaptop({ keepPages: 0 }))
    await test.server.say({
      type: 'feed',
      spaceId,
      to: 1,
      head: 1,
      records: [{ type: 'stale', n: 1, row: documentRow(page) }],
    })
    test.engine.handle({ type: 'fetch', documentId: otherPage })
    await turns()
    const key = test.server.heard('fetch').at(-1)?.key ?? 0
    await test.server.say({ type: 'documents', key, isLast: true, documents: [notFound(otherPage, 'forbidden')] })
    expect(test.heard('fetch-failed')).toEqual([{ type: 'fetch-failed', documentId: otherPage, reason: 'forbidden' }])
    await test.server.close(1006)
    test.engine.handle({ type: 'fetch', documentId: otherPage })
    expect(test.heard('fetch-failed').at(-1)?.reason).toBe('offline')
  })
})

describe('generation', () => {
  it('GE1 compares everything held under another generation and gives back what the server lost', async () => {
    const test = await connected(testLaptop())
    const all = writtenPage('abc', 11)
    await test.server.say(feedUpdate(page, 3, Y.mergeUpdates(all)))
    await test.storage.files.takeList(spaceId, [], 9)
    await test.server.close(1006)
    await test.clock.advance(1000)
    await test.server.say(welcome({ generation: 'second' }))
    expect(test.server.heard('hello')[0]).toMatchObject({ generation: 'second', spaces: [{ spaceId, cursor: null }] })
    await test.server.say(welcome({ generation: 'second' }), {
      type: 'rows',
      spaceId,
      at: 1,
      isLast: true,
      rows: [documentRow(page)],
    })
    const fetch = test.server.heard('fetch').at(-1)
    const kept = Y.mergeUpdates(all.slice(0, 2))
    await test.server.say(found(fetch?.key ?? 0, page, new Uint8Array([0, 0]), Y.encodeStateVectorFromUpdate(kept)))
    const [given] = test.server.pushedRows()
    expect(given).toMatchObject({ documentId: page, restored: true, registration: null })
    expect(textOf([kept, given?.update ?? seed])).toBe('abc')
    expect((await test.storage.document(page))?.compare).toBe(false)
    expect(await test.storage.files.cursor(spaceId)).toBe(0)
  })

  it('GE1 registers again what the server knows no more, beginning with the seed', async () => {
    const test = await underNewGeneration(Y.mergeUpdates(writtenPage('abc', 11)))
    const key = test.server.heard('fetch').at(-1)?.key ?? 0
    await test.server.say({ type: 'documents', key, isLast: true, documents: [notFound(page, 'unknown')] })
    const [first, second] = test.server.pushedRows()
    expect(first).toMatchObject({ registration, restored: true, update: seed })
    expect(textOf([seed, second?.update ?? seed])).toBe('abc')
  })

  it('GE1 gives nothing back that the server has, deletions included', async () => {
    const doc = new Y.Doc()
    doc.clientID = 11
    Y.applyUpdate(doc, seed)
    doc.getText('body').insert(0, 'abc')
    doc.getText('body').delete(1, 1)
    const state = Y.encodeStateAsUpdate(doc)
    const test = await underNewGeneration(state)
    const key = test.server.heard('fetch').at(-1)?.key ?? 0
    const answer = Y.diffUpdate(state, Y.encodeStateVectorFromUpdate(state))
    await test.server.say(found(key, page, answer, Y.encodeStateVectorFromUpdate(state)))
    expect(test.server.pushedRows()).toEqual([])
  })

  it('GE1 gives back a deletion that the server lost', async () => {
    const doc = new Y.Doc()
    doc.clientID = 11
    Y.applyUpdate(doc, seed)
    doc.getText('body').insert(0, 'abc')
    const before = Y.encodeStateAsUpdate(doc)
    doc.getText('body').delete(1, 1)
    const test = await underNewGeneration(Y.encodeStateAsUpdate(doc))
    const key = test.server.heard('fetch').at(-1)?.key ?? 0
    await test.server.say(found(key, page, new Uint8Array([0, 0]), Y.encodeStateVectorFromUpdate(before)))
    expect(textOf([before, test.server.pushedRows()[0]?.update ?? seed])).toBe('ac')
  })

  it('GE1 keeps a space that a restored server has lost', async () => {
    const test = await connected(testLaptop())
    await test.server.say(feedUpdate(page, 3, seed))
    await test.server.close(1006)
    await test.clock.advance(1000)
    await test.server.say(welcome({ generation: 'second', spaces: [] }))
    await test.server.say(welcome({ generation: 'second', spaces: [] }), { type: 'revoked', spaceId })
    expect((await test.storage.load(page)).updates.length).toBe(1)
  })

  it('CH5 gives nobody else’s note back', async () => {
    const note = { kind: 'page', pageKind: 'note', ownerId: otherPage as string as PersonId } as const
    const test = await underNewGeneration(Y.mergeUpdates(writtenPage('abc', 11)), note)
    const key = test.server.heard('fetch').at(-1)?.key ?? 0
    await test.server.say({ type: 'documents', key, isLast: true, documents: [notFound(page, 'unknown')] })
    expect(test.server.pushedRows()).toEqual([])
  })
})

async function underNewGeneration(
  update: Uint8Array,
  fields: Parameters<typeof documentRow>[1] = {},
): Promise<TestLaptop> {
  const test = await connected(testLaptop())
  const row = documentRow(page, fields)
  await test.server.say({
    type: 'feed',
    spaceId,
    to: 1,
    head: 1,
    records: [{ type: 'update', n: 1, row, update: new Uint8Array(update) }],
  })
  await test.server.close(1006)
  await test.clock.advance(1000)
  await test.server.say(welcome({ generation: 'second' }))
  await test.server.say(welcome({ generation: 'second' }), emptyRows())
  return test
}

function record() {
  const { kind, name, role, archived } = grant
  return { id: spaceId, kind, name, role, archived, keep: 'everything', cursor: null } as const
}

function found(
  key: number,
  documentId: DocumentId,
  update: Uint8Array,
  stateVector: Uint8Array = new Uint8Array([0]),
  n = 10,
) {
  const bytes = { update: new Uint8Array(update), stateVector: new Uint8Array(stateVector) }
  return {
    type: 'documents',
    key,
    isLast: true,
    documents: [{ documentId, spaceId, state: 'found', row: documentRow(documentId), ...bytes, n }],
  } as const
}

function notFound(documentId: DocumentId, state: 'unknown' | 'forbidden') {
  const nothing = new Uint8Array()
  return { documentId, spaceId: null, state, row: null, update: nothing, stateVector: nothing, n: 0 }
}

/** What a laptop that was just welcomed asks for, in this order, when it is told of these documents. */
async function askedAfter(test: TestLaptop, rows: DocumentRow[]): Promise<DocumentId[]> {
  test.engine.start()
  await turns()
  await test.server.say(welcome())
  await test.server.say({ type: 'rows', spaceId, at: 8, isLast: true, rows })
  return test.server.heard('fetch').flatMap(({ documents }) => documents.map(({ documentId }) => documentId))
}

/** Each page changed later than the one before. */
function pagesByAge(ids: readonly DocumentId[]): DocumentRow[] {
  return ids.map((id, place) => documentRow(id, { changedAtMs: place }))
}

function ids6(): [DocumentId, DocumentId, DocumentId, DocumentId] {
  const id = (letter: string) => page.replace(/^./, letter) as DocumentId
  return [id('2'), id('3'), id('4'), id('5')]
}
