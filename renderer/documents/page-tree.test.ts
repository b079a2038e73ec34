import { describe, expect, it } from 'vitest'
import { mustParseId, type PageId, type SpaceId } from '../../model/ids.ts'
import { pagesOf, pathTo, siblingsOf } from './page-tree.ts'
import type { TreePage } from './plein.ts'

const spaceId = mustParseId<SpaceId>('s'.repeat(26))
const id = (letter: string) => mustParseId<PageId>(letter.repeat(26))

function page(letter: string, ...children: readonly TreePage[]): TreePage {
  return {
    id: id(letter),
    spaceId,
    kind: 'wiki',
    title: letter,
    icon: null,
    archived: false,
    held: true,
    waitingChanges: 0,
    changedAtMs: 0,
    children,
  }
}

const tree = [page('a', page('b', page('c')), page('d')), page('e')]
const titles = (pages: readonly TreePage[]) => pages.map((one) => one.title).join('')

describe('the page tree', () => {
  it('finds the way from the top to a page', () => {
    expect(titles(pathTo(tree, id('c')))).toBe('abc')
    expect(pathTo(tree, id('z'))).toEqual([])
  })

  it('lists parents before their children', () => {
    expect(titles(pagesOf(tree))).toBe('abcde')
  })

  it('knows the siblings and parents of a page', () => {
    const place = siblingsOf(tree, id('d'))
    expect(titles(place?.siblings ?? [])).toBe('bd')
    expect(place?.index).toBe(1)
    expect(titles(place?.parents ?? [])).toBe('a')
    expect(siblingsOf(tree, id('z'))).toBeUndefined()
  })
})
