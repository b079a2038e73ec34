import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { NewAct } from '../../model/act.ts'
import { writeAct } from '../../model/acts.ts'
import { plainText } from '../../model/comment-text.ts'
import { mintId, type DocumentId, type PageId, type PersonId } from '../../model/ids.ts'
import type { SpaceRole } from '../../model/permission.ts'
import { seedOf } from '../../model/seeds.ts'
import { MemoryLaptopStorage } from '../storage/memory-storage.ts'
import type { PageComments } from './comments.ts'
import { LiveValue } from './live.ts'
import { localOrganisation, makeLocalSpace } from './local-organisation.ts'
import type { OpenOrganisation } from './organisation.ts'
import { fillRandom, openForTest, standingClock } from './test-organisation.ts'
import type { Live } from './plein.ts'
import type { Heard } from './sync-link.ts'
import { WindowComments } from './window-comments.ts'
import { WindowInbox } from './window-inbox.ts'
import { WindowMarks } from './window-marks.ts'

async function setUp(options: { readonly role?: SpaceRole; readonly serverUrl?: string } = {}) {
  const laptop = new MemoryLaptopStorage({ fillRandom })
  const local = localOrganisation('personal', { organisation: 'Haven', person: 'Noor' }, fillRandom)
  const record = { ...local, serverUrl: options.serverUrl ?? null }
  await laptop.putOrganisation(record)
  const storage = laptop.organisation(record.id)
  let hear: (message: Heard) => void = () => undefined
  const organisation = await openForTest(laptop, record, {
    subscribe: (listener) => {
      hear = listener
      return () => undefined
    },
  })
  const spaceId = await makeLocalSpace(organisation, { name: 'Bouw', kind: 'team' })
  const page = await organisation.createPage({ spaceId, kind: 'wiki', title: 'Plan', parent: null })
  await organisation.storage.acknowledge((await storage.logState()).lastRow)
  const [space] = await storage.spaces()
  if (space !== undefined) await storage.putSpaces([{ ...space, role: options.role ?? 'commenter' }])
  await organisation.lists.refresh([page], true)
  const open = new LiveValue<OpenOrganisation | null>(organisation)
  const marks = new WindowMarks(open)
  const comments = new WindowComments(open, marks, { clock: standingClock, fillRandom })
  const inbox = new WindowInbox(open, marks)
  return { organisation, storage, spaceId, page, comments, inbox, hear: (message: Heard) => hear(message) }
}

/** Waits until what is live fits. */
function until<T>(live: Live<T>, fits: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    const look = () => {
      const value = live.snapshot()
      if (!fits(value)) return
      resolve(value)
      queueMicrotask(() => stop())
    }
    const stop = live.subscribe(look)
    look()
  })
}

const words = (comments: PageComments | null) =>
  (comments?.threads ?? []).flatMap(({ opening, replies }) =>
    [opening, ...replies].map((remark) => (remark === null ? '' : plainText(remark.text))),
  )

async function hearFromSem(
  world: Awaited<ReturnType<typeof setUp>>,
  text: string,
  say: Pick<NewAct, 'kind'> & Partial<NewAct> = { kind: 'comment' },
): Promise<void> {
  const document = mintId<DocumentId>(fillRandom)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedOf('acts', null))
  const act = { ...(say.kind === 'comment' ? { anchor: null } : {}), page: world.page, text: [text], ...say } as NewAct
  writeAct(doc, document, { act, nowMs: 1, counter: 50, fillRandom })
  const ownerId = mintId<PersonId>(fillRandom)
  const { spaceId } = world
  await world.storage.storeRemote({
    changes: [{ documentId: document, update: Y.encodeStateAsUpdate(doc) }],
    documents: [{ id: document, spaceId, kind: 'acts', pageKind: null, ownerId, held: true }],
    cursors: [],
  })
  world.hear({ type: 'documents-changed', documentIds: [document], spacesChanged: false })
  world.hear({ type: 'acts-folded', pages: await world.storage.acts.fold() })
}

describe('comments in a window', () => {
  it('shows what one says, and changes and takes it back', async () => {
    const { comments, page } = await setUp()
    const live = comments.page(page)
    await comments.comment(page, { anchor: null, text: ['  Klopt dit? '] })
    const [thread] = (await until(live, (now) => words(now).length === 1))?.threads ?? []
    if (thread?.opening === undefined || thread.opening === null) throw new Error('There is no thread')
    expect(thread).toMatchObject({
      mayResolve: true,
      opening: { isMine: true, receipt: 'local', text: ['Klopt dit?'] },
    })
    await comments.edit(page, thread.ref, ['Klopt dat?'])
    await until(live, (now) => words(now)[0] === 'Klopt dat?')
    await comments.react(page, thread.ref, 'heart', true)
    await until(live, (now) => now?.threads[0]?.opening?.reactions[0]?.reaction === 'heart')
    await comments.setResolved(page, thread.ref, true)
    await until(live, (now) => now?.threads[0]?.resolved !== null)
    await comments.remove(page, thread.ref, thread)
    expect(words(await until(live, (now) => words(now).length === 0))).toEqual([])
  })

  it('says which of one\u2019s own words wait for the server, until it has them', async () => {
    const { organisation, storage, comments, page } = await setUp({ serverUrl: 'http://127.0.0.1:1' })
    const live = comments.page(page)
    await comments.comment(page, { anchor: null, text: ['Wacht'] })
    await until(live, (now) => now?.threads[0]?.opening?.receipt === 'waiting')
    const acknowledged = await storage.acknowledge((await storage.logState()).lastRow)
    await organisation.lists.refresh(acknowledged, false)
    const now = await until(live, (each) => each?.threads[0]?.opening?.receipt === 'on-server')
    expect(words(now)).toEqual(['Wacht'])
  })

  it('shows what others say when it comes, which a commenter may not resolve', async () => {
    const world = await setUp()
    const live = world.comments.page(world.page)
    await until(live, (now) => now !== null)
    await hearFromSem(world, 'Van Sem')
    const now = await until(live, (each) => words(each).length === 1)
    expect(now?.threads[0]).toMatchObject({ mayResolve: false, opening: { isMine: false } })
    expect((await until(world.comments.counts, (each) => each.size === 1)).get(world.page)?.openThreads).toBe(1)
  })

  it('lets an editor resolve what another began', async () => {
    const world = await setUp({ role: 'editor' })
    await hearFromSem(world, 'Van Sem')
    const now = await until(world.comments.page(world.page), (each) => words(each).length === 1)
    expect(now?.threads[0]?.mayResolve).toBe(true)
  })

  it('writes nothing for a reader', async () => {
    const { organisation, spaceId, comments, page } = await setUp({ role: 'reader' })
    await expect(comments.comment(page, { anchor: null, text: ['Nee'] })).rejects.toMatchObject({ name: 'ActDenied' })
    expect(organisation.acts.ownDocuments(spaceId)).toEqual([])
    expect((await until(comments.page(page), (now) => now !== null))?.mayComment).toBe(false)
  })

  it('keeps all of one\u2019s words in one document, also when they are said at once', async () => {
    const { organisation, spaceId, comments, page } = await setUp()
    await Promise.all(['a', 'b', 'c'].map((text) => comments.comment(page, { anchor: null, text: [text] })))
    expect(organisation.acts.ownDocuments(spaceId)).toHaveLength(1)
    const now = await until(comments.page(page), (each) => words(each).length === 3)
    expect(words(now)).toEqual(['a', 'b', 'c'])
  })

  it('tells in the inbox who answers, and counts it until it is read', async () => {
    const world = await setUp()
    const { comments, inbox, page } = world
    await comments.comment(page, { anchor: null, text: ['Wie weet dit?'] })
    const [thread] = (await until(comments.page(page), (now) => words(now).length === 1))?.threads ?? []
    if (thread === undefined) throw new Error('There is no thread')
    await hearFromSem(world, 'Ik', { kind: 'reply', thread: thread.ref })
    const [item] = (await until(inbox.items, (items) => items?.length === 1)) ?? []
    expect(item).toMatchObject({ why: 'reply', text: ['Ik'], page, pageTitle: 'Plan', isRead: false })
    expect(await until(inbox.unread, (count) => count === 1)).toBe(1)
  })

  it('knows nothing of a page that is not here', async () => {
    const { comments } = await setUp()
    const now = await until(comments.page(mintId<PageId>(fillRandom)), (each) => each !== null)
    expect(now).toEqual({ threads: [], mayComment: false })
  })
})
