import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { DocumentId } from '../../model/ids.ts'
import type { ServerMessage } from '../../model/protocol/messages.ts'
import { seedOf } from '../../model/seeds.ts'
import {
  connected,
  documentRow,
  emptyRows,
  grant,
  page,
  spaceId,
  testLaptop,
  turns,
  welcome,
  type TestLaptop,
} from '../../renderer/sync/fake-server.ts'
import { FetchPlan } from '../../renderer/sync/fetch-plan.ts'
import type { OwnChange } from '../../renderer/storage/laptop-storage.ts'

const seed = seedOf('page', 'wiki')
const registration = { spaceId, kind: 'page', pageKind: 'wiki' } as const

/** The seed, then one update for each letter. */
function written(text: string, clientId: number): Uint8Array[] {
  const doc = new Y.Doc()
  doc.clientID = clientId
  Y.applyUpdate(doc, seed)
  const updates: Uint8Array[] = [seed]
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const [place, letter] of [...text].entries()) doc.getText('body').insert(place, letter)
  return updates
}

function own(documentId: DocumentId, update: Uint8Array | undefined, isNew = false): OwnChange {
  if (update === undefined) throw new Error('no update')
  return { documentId, update, schema: 1, restored: false, registration: isNew ? registration : null }
}

async function write(test: TestLaptop, ...changes: readonly OwnChange[]): Promise<void> {
  const rows = await test.storage.appendOwn(changes)
  test.engine.handle({ type: 'own-rows', windowId: 'w', changes, rows })
  await turns()
}

/** Answers the last fetch of the engine with a document as the server has it. */
async function answer(test: TestLaptop, id: DocumentId, updates: readonly Uint8Array[] | null): Promise<void> {
  const fetch = test.server.heard('fetch').at(-1)
  if (fetch === undefined) throw new Error('nothing was fetched')
  const asked = fetch.documents.find(({ documentId }) => documentId === id)
  if (asked === undefined) throw new Error('this document was not fetched')
  const whole = updates === null ? null : Y.mergeUpdates([...updates])
  await test.server.say({
    type: 'documents',
    key: fetch.key,
    isLast: true,
    documents: [
      {
        documentId: id,
        spaceId: null,
        state: whole === null ? 'unknown' : 'found',
        row: whole === null ? null : documentRow(id),
        update: new Uint8Array(whole === null ? [] : Y.diffUpdate(whole, asked.stateVector)),
        stateVector: new Uint8Array(whole === null ? [] : Y.encodeStateVectorFromUpdate(whole)),
        n: 1,
      },
    ],
  } satisfies ServerMessage)
}

/** The server refuses for good whatever is handed in after a row, and answers every fetch, until nothing more comes. */
async function refuseAllAfter(test: TestLaptop, row: number, updates: readonly Uint8Array[]): Promise<void> {
  let refused = row
  for (let i = 0; i < 5; i += 1) {
    await answer(test, page, updates)
    const more = test.server.pushedRows().filter((pushed) => pushed.row > refused)
    for (const { row: next } of more) {
      refused = next
      await test.server.say(
        { type: 'refused', row: next, documentId: page, reason: 'malformed' },
        { type: 'acknowledged', row: next },
      )
    }
  }
}

/** All words that this laptop still has, in the page, waiting, or set aside in sight. */
async function wordsOf(test: TestLaptop, id: DocumentId): Promise<{ page: string; aside: string }> {
  const doc = new Y.Doc()
  for (const update of (await test.storage.load(id)).updates) Y.applyUpdate(doc, update)
  const aside: string[] = []
  for (const { update } of await test.storage.setAsideRecords()) {
    for (const struct of Y.decodeUpdate(update).structs)
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentString) aside.push(struct.content.str)
  }
  return { page: doc.getText('body').toString(), aside: aside.join('') }
}

describe('unsent text', () => {
  it('LO6 keeps in sight what was refused as a gap behind a row that was refused for good', async () => {
    const test = await connected(testLaptop())
    const [, a, b] = written('ab', 21)
    await write(test, own(page, seed, true), own(page, a), own(page, b))
    await test.server.say(
      { type: 'refused', row: 2, documentId: page, reason: 'too-large' },
      { type: 'refused', row: 3, documentId: page, reason: 'gap' },
      { type: 'acknowledged', row: 3 },
    )
    await refuseAllAfter(test, 3, [seed])
    const { page: shown, aside } = await wordsOf(test, page)
    expect(shown + aside).toContain('a')
    expect(shown + aside).toContain('b')
    expect(shown).toBe('')
  })

  it('LO6 keeps in sight what was refused as a gap before another row was refused for good', async () => {
    const test = await connected(testLaptop())
    const [, a, b] = written('ab', 21)
    await write(test, own(page, seed, true), own(page, a), own(page, b))
    await test.server.say(
      { type: 'refused', row: 2, documentId: page, reason: 'gap' },
      { type: 'refused', row: 3, documentId: page, reason: 'malformed' },
      { type: 'acknowledged', row: 3 },
    )
    await refuseAllAfter(test, 3, [seed])
    const { page: shown, aside } = await wordsOf(test, page)
    expect(shown + aside).toContain('a')
    expect(shown + aside).toContain('b')
    expect(shown).toBe('')
  })

  it('LO6 sets a page back to what the server has also where the line breaks before the server could say it', async () => {
    const test = await connected(testLaptop())
    const [, a] = written('a', 21)
    await write(test, own(page, seed, true), own(page, a))
    await test.server.say(
      { type: 'refused', row: 2, documentId: page, reason: 'schema-too-old' },
      { type: 'acknowledged', row: 2 },
    )
    await test.server.close(1006)
    await test.clock.advance(1000)
    const checksum = await test.storage.checksumOfRow(2)
    await test.server.say(welcome({ acknowledgedRow: 2, acknowledgedChecksum: checksum ?? 0 }))
    await answer(test, page, [seed])
    expect(await wordsOf(test, page)).toEqual({ page: '', aside: 'a' })
  })

  it('LO6 sets aside what was given back and is a gap again, in place of trying for ever', async () => {
    const test = await connected(testLaptop())
    const [, a, b] = written('ab', 21)
    await write(test, own(page, seed, true))
    await test.server.say({ type: 'acknowledged', row: 1 })
    // The letter before it is nowhere: a reset threw it away in the moment in which this one was typed.
    expect(a).toBeDefined()
    await write(test, own(page, b))
    for (let row = 2; row < 8; row += 1) {
      if (!test.server.pushedRows().some((pushed) => pushed.row === row)) break
      await test.server.say({ type: 'refused', row, documentId: page, reason: 'gap' }, { type: 'acknowledged', row })
      if (test.server.heard('fetch').length >= row - 1) await answer(test, page, [seed])
    }
    expect((await wordsOf(test, page)).aside).toContain('b')
  })

  it('GE1 gives back what the server lacks also where the document is fetched for something more urgent', () => {
    for (const reasons of [
      ['compare', 'stale'],
      ['stale', 'compare'],
    ] as const) {
      const plan = new FetchPlan()
      for (const reason of reasons) plan.add({ id: page, kind: 'page', changedAtMs: 1 }, reason)
      expect(plan.take(9)).toMatchObject([{ id: page, reason: 'stale', compares: true }])
    }
  })

  it('FE3 compares what it holds where the list of a space begins anew', async () => {
    const test = testLaptop()
    await test.storage.putSpaces([
      { id: spaceId, kind: 'team', name: 'Team', role: 'editor', archived: false, keep: 'everything', cursor: null },
    ])
    // Fetched for a person before the list was whole; the line broke then, and others went on writing.
    await test.storage.storeRemote({
      changes: [{ documentId: page, update: seed }],
      documents: [{ id: page, spaceId, kind: 'page', pageKind: 'wiki' }],
      cursors: [],
    })
    test.engine.start()
    await turns()
    await test.server.say(welcome({ spaces: [{ ...grant, head: 7 }] }))
    await test.server.say({ type: 'rows', spaceId, at: 7, isLast: true, rows: [documentRow(page)] })
    expect(
      test.server.heard('fetch').flatMap(({ documents }) => documents.map(({ documentId }) => documentId)),
    ).toContain(page)
  })

  it('GE1 keeps a page of a space that the restored server lost, whatever is refused of it', async () => {
    const test = await connected(testLaptop())
    await test.server.say(emptyRows())
    const [, a, b] = written('ab', 21)
    await write(test, own(page, seed, true), own(page, a))
    await test.server.say({ type: 'acknowledged', row: 2 })
    await test.server.close(1006)
    const again = testLaptop({ laptop: test.laptop })
    again.engine.start()
    await turns()
    await again.server.say(welcome({ generation: 'second', spaces: [] }))
    await turns()
    await again.server.say(welcome({ generation: 'second', spaces: [] }))
    const fetched = () => again.server.heard('fetch').length
    if (fetched() > 0) await answer(again, page, null)
    await write(again, own(page, b))
    let answered = fetched()
    for (let i = 0; i < 4; i += 1) {
      for (const { row } of again.server.pushedRows())
        await again.server.say({ type: 'refused', row, documentId: page, reason: 'unknown-space' })
      const last = again.server.pushedRows().at(-1)?.row
      if (last !== undefined) await again.server.say({ type: 'acknowledged', row: last })
      if (fetched() > answered) await answer(again, page, null)
      answered = fetched()
    }
    expect((await wordsOf(again, page)).page).toContain('a')
  })
})
