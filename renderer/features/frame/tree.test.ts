import { describe, expect, it } from 'vitest'
import { mustParseId, type PageId, type SpaceId } from '../../../model/ids.ts'
import type { SpaceSnapshot, TreePage } from '../../documents/plein.ts'
import { destinationOf } from './move-page.ts'
import { parseTabs, withTab } from './open-tabs.ts'
import { treeAction } from './tree-keys.ts'
import { isItem, titleOf, treeRows } from './tree-rows.ts'

const idOf = <T extends PageId | SpaceId>(letter: string) => mustParseId<T>(letter.repeat(26))

function page(letter: string, ...children: readonly TreePage[]): TreePage {
  const id = idOf<PageId>(letter)
  const row = { kind: 'wiki', icon: null, archived: false, held: true, waitingChanges: 0, changedAtMs: 0 } as const
  return { ...row, id, spaceId: idOf<SpaceId>('s'), title: letter, children }
}

function space(letter: string, kind: 'team' | 'community', ...tree: readonly TreePage[]): SpaceSnapshot {
  return {
    space: { id: idOf<SpaceId>(letter), name: letter, kind, role: 'editor' },
    treeIsHere: true,
    tree,
    notes: [],
    archived: [],
  }
}

const spaces = [space('h', 'community'), space('s', 'team', page('a', page('b')), page('c'))]
const all = new Set([idOf('s'), idOf('a')].map(String))
const shown = (expanded: ReadonlySet<string>) =>
  treeRows(spaces, expanded)
    .map((row) => (isItem(row) ? titleOf(row) : `[${row.section}]`))
    .join(' ')
const press = (key: string, altKey = false) => ({ key, altKey, shiftKey: false, ctrlKey: false, metaKey: false })

describe('rows of the tree', () => {
  it('puts communities under their own heading, after the spaces', () => {
    expect(shown(new Set())).toBe('s [communities] h')
  })

  it('leaves out what is collapsed', () => {
    expect(shown(new Set([idOf('s')]))).toBe('s a c [communities] h')
    expect(shown(all)).toBe('s a b c [communities] h')
  })

  it('draws no pages of a space until their order is on this laptop', () => {
    const coming = spaces.map((one) => ({ ...one, treeIsHere: false }))
    expect(treeRows(coming, all).map((row) => (isItem(row) ? titleOf(row) : ''))).toEqual(['s', '', 'h'])
  })

  it('counts level, position and siblings', () => {
    const row = treeRows(spaces, all).find((one) => one.key === idOf('b'))
    expect(row).toMatchObject({ level: 3, position: 1, siblings: 1, parentKey: idOf('a') })
  })
})

describe('keys of the tree', () => {
  const rows = treeRows(spaces, all)

  it('walks over headings', () => {
    expect(treeAction(press('ArrowDown'), rows, idOf('c'))).toEqual({ type: 'go', key: idOf('h') })
    expect(treeAction(press('End'), rows, null)).toEqual({ type: 'go', key: idOf('h') })
  })

  it('goes into an open branch, closes it, and leaves to its parent', () => {
    expect(treeAction(press('ArrowRight'), rows, idOf('a'))).toEqual({ type: 'go', key: idOf('b') })
    expect(treeAction(press('ArrowLeft'), rows, idOf('a'))).toMatchObject({ type: 'collapse' })
    expect(treeAction(press('ArrowLeft'), rows, idOf('b'))).toEqual({ type: 'go', key: idOf('a') })
  })

  it('moves a page with Alt and an arrow, and finds a row by its letter', () => {
    expect(treeAction(press('ArrowUp', true), rows, idOf('c'))).toMatchObject({ type: 'move', way: 'up' })
    expect(treeAction(press('C'), rows, idOf('s'))).toEqual({ type: 'go', key: idOf('c') })
  })

  it('leaves the shortcuts of the window alone', () => {
    expect(treeAction({ ...press('k'), ctrlKey: true }, rows, idOf('s'))).toBeUndefined()
  })
})

describe('a step of a page', () => {
  const tree = spaces[1]?.tree ?? []
  const a = idOf<PageId>('a')
  const b = idOf<PageId>('b')
  const c = idOf<PageId>('c')

  it('goes up, down, under the page before and out of its parent', () => {
    expect(destinationOf(tree, c, 'up')).toEqual({ parent: null, before: a })
    expect(destinationOf(tree, a, 'down')).toEqual({ parent: null, before: null })
    expect(destinationOf(tree, c, 'in')).toEqual({ parent: a, before: null })
    expect(destinationOf(tree, b, 'out')).toEqual({ parent: null, before: c })
  })

  it('does not exist at the edge', () => {
    expect(destinationOf(tree, a, 'up')).toBeUndefined()
    expect(destinationOf(tree, c, 'down')).toBeUndefined()
    expect(destinationOf(tree, a, 'in')).toBeUndefined()
    expect(destinationOf(tree, a, 'out')).toBeUndefined()
  })
})

describe('open tabs', () => {
  it('keep their places and let the oldest give way', () => {
    const five = ['a', 'b', 'c', 'd', 'e'].map((letter) => idOf<PageId>(letter))
    expect(withTab(five, idOf<PageId>('b'))).toEqual(five)
    expect(withTab(five, idOf<PageId>('f'))).toEqual([...five.slice(1), idOf('f')])
  })

  it('survive nonsense in storage', () => {
    expect(parseTabs(`x ${idOf('a')} <script>`)).toEqual([idOf('a')])
  })
})
