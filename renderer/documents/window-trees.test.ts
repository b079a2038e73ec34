import { describe, expect, it } from 'vitest'
import { MemoryLaptopStorage } from '../storage/memory-storage.ts'
import { localOrganisation, makeLocalSpace } from './local-organisation.ts'
import { PageVerbs } from './page-verbs.ts'
import { fillRandom, openForTest } from './test-organisation.ts'
import { WindowTrees } from './window-trees.ts'

/** A space with three pages, and what a window does to its tree. */
async function setUp() {
  const laptop = new MemoryLaptopStorage({ fillRandom })
  const record = localOrganisation('personal', { organisation: 'Haven', person: 'Noor' }, fillRandom)
  await laptop.putOrganisation(record)
  const organisation = await openForTest(laptop, record)
  const spaceId = await makeLocalSpace(organisation, { name: 'Bouw', kind: 'team' })
  const make = (title: string) => organisation.createPage({ spaceId, kind: 'wiki', title, parent: null })
  const pages = [await make('Noord'), await make('Oost'), await make('Zuid')] as const
  const trees = new WindowTrees(() => organisation, new PageVerbs(() => organisation))
  const shown = () => organisation.tree(spaceId)?.roots.map(({ id }) => id)
  return { organisation, spaceId, pages, trees, shown }
}

describe('moves in a tree', () => {
  it('are taken back one after another, and only the newest is offered as news', async () => {
    const { spaceId, pages, trees, shown } = await setUp()
    const [noord, oost, zuid] = pages
    expect(await trees.undoMove()).toBe(false)
    await trees.movePages(spaceId, [zuid], { parent: null, before: noord })
    await trees.movePages(spaceId, [noord, oost], { parent: zuid, before: null })
    expect(shown()).toEqual([zuid])
    expect(trees.lastMove.snapshot()).toEqual({ spaceId, ids: [noord, oost], isNew: true })
    expect(await trees.undoMove()).toBe(true)
    expect(shown()).toEqual([zuid, noord, oost])
    expect(trees.lastMove.snapshot()).toEqual({ spaceId, ids: [zuid], isNew: false })
    expect(await trees.undoMove()).toBe(true)
    expect([shown(), trees.lastMove.snapshot()]).toEqual([pages, null])
  })

  it('are not taken back where the page was moved by somebody else since, nor where nothing moved', async () => {
    const { organisation, spaceId, pages, trees, shown } = await setUp()
    const [noord, oost, zuid] = pages
    expect(await trees.movePages(spaceId, [noord], { parent: noord, before: null })).toBe(false)
    expect(trees.lastMove.snapshot()).toBeNull()
    await trees.movePages(spaceId, [zuid], { parent: null, before: noord })
    ;(await organisation.openTree(spaceId))?.move(zuid, { parent: null, before: oost })
    expect(await trees.undoMove()).toBe(false)
    expect(shown()).toEqual([noord, zuid, oost])
  })
})
