import { describe, expect, it, vi } from 'vitest'
import { mustParseId, type PageId, type SpaceId } from '../../model/ids.ts'
import { MemoryIndex } from '../../model/search/memory-index.ts'
import { warmUp } from './warm-up.ts'

function indexOf(text: string): MemoryIndex {
  const index = new MemoryIndex()
  const id = mustParseId<PageId>('p'.repeat(26))
  const spaceId = mustParseId<SpaceId>('s'.repeat(26))
  const entry = { id, type: 'page', pageId: id, spaceId, kind: 'wiki', ownerId: null, title: '', text } as const
  index.write({ put: [{ ...entry, changedAtMs: 0, archived: false }], remove: [], archivedBySpace: [], mark: 'm' })
  return index
}

describe('warming up', () => {
  it('asks what the index holds, one question in each turn', async () => {
    const index = indexOf('zout brug gladheid')
    const find = vi.spyOn(index, 'find')
    await warmUp(index, () => Promise.resolve(true))
    const answers = find.mock.results.map(({ value }: { value: unknown }) => Array.isArray(value) && value.length)
    expect(answers).toEqual(index.someWords(60).map(() => 1))
    expect(answers.length).toBeGreaterThan(2)
  })

  it('asks nothing of an empty index, and stops where the index is in use no more', async () => {
    const empty = new MemoryIndex()
    const index = indexOf('zout brug')
    const finds = [empty, index].map((each) => vi.spyOn(each, 'find'))
    await warmUp(empty, () => Promise.resolve(true))
    await warmUp(index, () => Promise.resolve(false))
    expect(finds.map((find) => find.mock.calls.length)).toEqual([0, 0])
  })
})
