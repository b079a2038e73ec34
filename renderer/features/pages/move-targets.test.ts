import { describe, expect, it } from 'vitest'
import { mustParseId, type PageId, type SpaceId } from '../../../model/ids.ts'
import type { SpaceSnapshot, TreePage } from '../../documents/plein.ts'
import { mostTargets, moveTargets } from './move-targets.ts'

const idOf = <T extends PageId | SpaceId>(letter: string) => mustParseId<T>(letter.repeat(26))

function page(letter: string, title: string, ...children: readonly TreePage[]): TreePage {
  const row = { kind: 'wiki', icon: null, archived: false, held: true, waitingChanges: 0, changedAtMs: 0 } as const
  return { ...row, id: idOf<PageId>(letter), spaceId: idOf<SpaceId>('s'), title, children }
}

function space(...tree: readonly TreePage[]): SpaceSnapshot {
  const summary = { id: idOf<SpaceId>('s'), name: 'Openbare ruimte', kind: 'team', role: 'editor' } as const
  return { space: summary, treeIsHere: true, tree, notes: [], archived: [] }
}

const titles = (spaces: readonly SpaceSnapshot[], moving: readonly PageId[], query: string) =>
  moveTargets(spaces, new Set(moving), query).map(({ title, spaceName }) => (title === '' ? spaceName : title))

describe('where pages can go', () => {
  const spaces = [space(page('a', 'Winterdienst', page('b', 'Routes')), page('c', 'Coördinatie'))]

  it('is every space and page but those that move and what stands under them', () => {
    expect(titles(spaces, [], '')).toEqual(['Openbare ruimte', 'Winterdienst', 'Routes', 'Coördinatie'])
    expect(titles(spaces, [idOf<PageId>('a')], '')).toEqual(['Openbare ruimte', 'Coördinatie'])
  })

  it('is found by words of the title and of the space, without accents and capitals', () => {
    expect(titles(spaces, [], 'COORD')).toEqual(['Coördinatie'])
    expect(titles(spaces, [], 'openbare routes')).toEqual(['Routes'])
  })

  it('is no longer than one looks through', () => {
    const many = Array.from({ length: 500 }, () => page('d', 'Pagina'))
    expect(titles([space(...many)], [], '')).toHaveLength(mostTargets)
  })
})
