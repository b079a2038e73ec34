import { describe, expect, it } from 'vitest'
import { FakeWorld, person } from './fake-world.ts'
import type { DocumentId, SpaceId } from '../../model/ids.ts'
import { pageUpdate } from '../../model/page-update.ts'
import { pageFromMarkdown } from '../../sync-server/page-writing.ts'
import { indexWasLost, type SearchCall, type SearchReturn } from '../../sync-server/search/search-calls.ts'
import { ServerSearch } from '../../sync-server/search/search.ts'
import { ServerIndex } from '../../sync-server/search/server-index.ts'

const ann = person('Ann')
const actor = { personId: ann.personId, organisationRole: 'member', suspended: false } as const

interface SearchWorld {
  readonly world: FakeWorld
  readonly spaceId: SpaceId
  readonly calls: SearchCall['type'][]
  /** What is done to a call before the index has it. */
  trouble: ((call: SearchCall) => void) | null
  write(title: string, text: string): Promise<DocumentId>
  found(text: string): Promise<readonly string[]>
  isComplete(): Promise<boolean>
}

/** A server in memory with the real index beside it; time moves by hand. */
async function openSearchWorld(pages: number): Promise<SearchWorld & { readonly search: ServerSearch }> {
  const index = new ServerIndex(':memory:', 'one')
  let search: ServerSearch | null = null
  const world = await FakeWorld.open({ onChanged: (record) => search?.changed(record) })
  const spaceId = await world.space([[ann, 'owner']])
  const write = (title: string, text: string) => {
    const page = { kind: 'wiki', title, icon: null, ...pageFromMarkdown(title, text) } as const
    const { update } = pageUpdate(page)
    return world.server.createDocument({ spaceId, kind: 'page', pageKind: 'wiki', ownerId: ann.personId, update })
  }
  for (let at = 0; at < pages; at += 1) await settled(world, write(`Pagina ${at}`, 'Over zeeanemonen.'))
  const opened: SearchWorld = {
    ...{ world, spaceId, calls: [], trouble: null },
    write: (title, text) => settled(world, write(title, text)),
    async found(text) {
      const answer = await search?.find(actor, { text, filter: {}, limit: 20 })
      if (answer?.ok !== true) throw new Error('The search is busy')
      return answer.value.hits.map(({ title }) => title.map((part) => part.text).join('')).toSorted()
    },
    async isComplete() {
      const answer = await search?.find(actor, { text: 'pagina', filter: {}, limit: 1 })
      return answer?.ok === true && answer.value.complete
    },
  }
  const run = (call: SearchCall): SearchReturn => {
    opened.calls.push(call.type)
    opened.trouble?.(call)
    if (call.type === 'lacking') return { type: 'lacking', ids: index.lacking(call.documents) }
    if (call.type === 'find') return { type: 'found', hits: index.find(call.request) }
    index.put(call.documents)
    return { type: 'put' }
  }
  search = new ServerSearch({
    source: world.server,
    ask: (call) => Promise.resolve().then(() => run(call)),
    schedule: world.clock.schedule,
    clock: world.clock,
    log: () => undefined,
  })
  search.start()
  return Object.assign(opened, { search })
}

async function settled<T>(world: FakeWorld, work: Promise<T>): Promise<T> {
  await world.clock.advance(10)
  return work
}

describe('the search of a server', () => {
  it('reads at its start what it lacks, in small steps, and says when it is complete', async () => {
    const test = await openSearchWorld(40)
    expect(await test.isComplete()).toBe(false)
    await test.world.clock.advance(60_000)
    expect(await test.isComplete()).toBe(true)
    expect(test.calls.filter((type) => type === 'put').length).toBeGreaterThan(2)
    expect(await test.found('zeeanemoon')).toHaveLength(20)
  })

  it('reads what a commit changed a while after the commit, many changes at once', async () => {
    const test = await openSearchWorld(1)
    await test.world.clock.advance(60_000)
    const before = test.calls.length
    const id = await test.write('Nieuw', 'Over pekel.')
    expect(test.calls).toHaveLength(before)
    for (const text of ['een', 'twee', 'drie'])
      await settled(
        test.world,
        test.world.server.updateDocument(id, (doc) => doc.getMap('meta').set('title', text)),
      )
    await test.world.clock.advance(5000)
    expect(test.calls.slice(before)).toEqual(['put'])
    expect(await test.found('pekel')).toEqual(['drie'])
  })

  it('answers nobody from a space that is not theirs, and nothing to who is suspended', async () => {
    const test = await openSearchWorld(2)
    await test.world.clock.advance(60_000)
    const stranger = { ...actor, personId: person('Bob').personId }
    for (const asker of [stranger, { ...actor, suspended: true }]) {
      const answer = await test.search.find(asker, {
        text: 'zeeanemoon',
        filter: { spaceIds: [test.spaceId] },
        limit: 5,
      })
      expect(answer).toMatchObject({ ok: true, value: { hits: [] } })
    }
  })

  it('finds a page that breaks its reader by its title, and all others as ever', async () => {
    const test = await openSearchWorld(0)
    test.trouble = (call) => {
      if (call.type === 'put' && call.documents.some(({ title, pieces }) => title === 'Kapot' && pieces !== null))
        throw new Error('Out of memory')
    }
    await test.write('Kapot', 'Over pekel.')
    await test.write('Heel', 'Over pekel.')
    await test.world.clock.advance(60_000)
    expect([await test.found('pekel'), await test.found('kapot')]).toEqual([['Heel'], ['Kapot']])
  })

  it('tries again later where the index cannot be written, and looks anew where it was lost', async () => {
    const test = await openSearchWorld(3)
    test.trouble = (call) => {
      if (call.type === 'put') throw new Error('database or disk is full')
    }
    await test.world.clock.advance(10_000)
    test.trouble = null
    await test.world.clock.advance(60_000)
    expect(await test.found('zeeanemoon')).toHaveLength(3)
    test.trouble = () => {
      throw new Error(indexWasLost)
    }
    await expect(test.found('zeeanemoon')).rejects.toThrow(indexWasLost)
    test.trouble = null
    const before = test.calls.length
    await test.world.clock.advance(1000)
    expect(test.calls.slice(before)).toContain('lacking')
  })

  it('takes no more questions of one person at a time than three', async () => {
    const test = await openSearchWorld(0)
    const ask = () => test.search.find(actor, { text: 'brug', filter: {}, limit: 1 })
    const answers = await Promise.all([ask(), ask(), ask(), ask()])
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, false])
    expect(await ask()).toMatchObject({ ok: true })
  })
})
