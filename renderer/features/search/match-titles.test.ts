import { describe, expect, it } from 'vitest'
import { mustParseId, type PageId, type SpaceId } from '../../../model/ids.ts'
import { matchTitles } from './match-titles.ts'

function listed(title: string) {
  const id = mustParseId<PageId>('p'.repeat(26))
  const spaceId = mustParseId<SpaceId>('s'.repeat(26))
  const row = { kind: 'wiki', icon: null, archived: false, held: true, waitingChanges: 0, changedAtMs: 0 } as const
  return { page: { ...row, id, spaceId, title }, spaceName: 'Ruimte' }
}

const pages = ['Beton en zout', 'Coördinatie winter', 'Zout', 'Zoutvoorraad'].map(listed)
const found = (query: string) => matchTitles(pages, query).map(({ page }) => page.title)

describe('matchTitles', () => {
  it('puts titles that begin with the query first and keeps the order else', () => {
    expect(found('zout')).toEqual(['Zout', 'Zoutvoorraad', 'Beton en zout'])
  })

  it('does not care for accents, capitals and the order of words', () => {
    expect(found('WINTER coordinatie')).toEqual(['Coördinatie winter'])
  })

  it('finds the beginnings of words before what stands within them, and a title by its first letters last', () => {
    expect(found('voor')).toEqual(['Zoutvoorraad'])
    expect(found('win coo')).toEqual(['Coördinatie winter'])
    expect(found('cw')).toEqual(['Coördinatie winter'])
  })

  it('finds everything for nothing, and nothing for what is not there', () => {
    expect(found('  ')).toHaveLength(4)
    expect(found('pekel')).toEqual([])
  })
})
