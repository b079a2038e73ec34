import { describe, expect, it } from 'vitest'
import { mustParseId, type PageId, type SpaceId } from '../../../model/ids.ts'
import type { SpaceSnapshot, TreePage } from '../../documents/plein.ts'
import { speedAt } from './auto-scroll.ts'
import { destinationOf, topPages } from './move-page.ts'
import { dropOf } from './tree-drag.ts'
import { treeAction } from './tree-keys.ts'
import { isItem, titleOf, type TreeItem, treeRows } from './tree-rows.ts'
import { extended, inSight, nothingSelected, toggled } from './tree-selection.ts'

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

  it('puts a closed section in the tree of its space, behind the pages, and alone where that space is not one’s own', () => {
    const section = space('k', 'team', page('d'))
    const factsOf = (id: SpaceId) => (id === idOf('k') ? { parent: idOf<SpaceId>('s'), icon: null } : null)
    const titles = (rows: ReturnType<typeof treeRows>) =>
      rows.map((row) => (isItem(row) ? `${row.level} ${titleOf(row)}` : ''))
    const [, team = section] = spaces
    expect(titles(treeRows([team, section], new Set([...all, idOf('k')]), factsOf))).toEqual([
      '1 s',
      '2 a',
      '3 b',
      '2 c',
      '2 k',
      '3 d',
    ])
    expect(titles(treeRows([section], new Set(), factsOf))).toEqual(['1 k'])
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

  it('takes the last move back with Ctrl+Z, and leaves the shortcuts of the window alone', () => {
    expect(treeAction({ ...press('z'), ctrlKey: true }, rows, idOf('s'))).toEqual({ type: 'undo' })
    expect(treeAction({ ...press('Z'), ctrlKey: true, shiftKey: true }, rows, idOf('s'))).toBeUndefined()
    expect(treeAction({ ...press('k'), ctrlKey: true }, rows, idOf('s'))).toBeUndefined()
  })
})

describe('a step of a page', () => {
  const tree = spaces[1]?.tree ?? []
  const a = idOf<PageId>('a')
  const b = idOf<PageId>('b')
  const c = idOf<PageId>('c')

  it('goes up, down, under the page before and out of its parent', () => {
    expect(destinationOf(tree, [c], 'up')).toEqual({ parent: null, before: a })
    expect(destinationOf(tree, [a], 'down')).toEqual({ parent: null, before: null })
    expect(destinationOf(tree, [c], 'in')).toEqual({ parent: a, before: null })
    expect(destinationOf(tree, [b], 'out')).toEqual({ parent: null, before: c })
  })

  it('does not exist at the edge', () => {
    expect(destinationOf(tree, [a], 'up')).toBeUndefined()
    expect(destinationOf(tree, [c], 'down')).toBeUndefined()
    expect(destinationOf(tree, [a], 'in')).toBeUndefined()
    expect(destinationOf(tree, [a], 'out')).toBeUndefined()
  })
})

describe('a step of several pages', () => {
  const tree = space('s', 'team', page('a'), page('b'), page('c', page('d')), page('e')).tree
  const ids = (letters: string) => [...letters].map((letter) => idOf<PageId>(letter))

  it('takes them along together, past those that stay', () => {
    expect(destinationOf(tree, ids('bc'), 'up')).toEqual({ parent: null, before: idOf('a') })
    expect(destinationOf(tree, ids('ab'), 'down')).toEqual({ parent: null, before: idOf('e') })
    expect(destinationOf(tree, ids('ce'), 'in')).toEqual({ parent: idOf('b'), before: null })
  })

  it('leaves out those that come along under another', () => {
    expect(topPages(tree, new Set(ids('dca'))).map(({ title }) => title)).toEqual(['a', 'c'])
  })
})

describe('a drop in the tree', () => {
  const spaceOfTree = space('s', 'team', page('a', page('b', page('d'))), page('c'))
  const rowsOfTree = treeRows([spaceOfTree], new Set(['s', 'a', 'b'].map((letter) => String(idOf(letter)))))
  const rowOf = (letter: string) => {
    const row = rowsOfTree.find(({ key }) => key === idOf(letter))
    if (!isItem(row)) throw new Error(`No row ${letter}`)
    return row
  }
  const level = { currentLevel: 1, indentPerLevel: 18 }
  const drop = (type: 'reorder-above' | 'reorder-below' | 'make-child', on: string, dragged = 'x') =>
    dropOf({ type, ...level }, rowOf(on), spaceOfTree, [page(dragged)])?.to

  it('lands before, after or under the page that it is let go of on', () => {
    expect(drop('reorder-above', 'c')).toEqual({ parent: null, before: idOf('c') })
    expect(drop('reorder-below', 'c')).toEqual({ parent: null, before: null })
    expect(drop('reorder-below', 'a')).toEqual({ parent: null, before: idOf('c') })
    expect(drop('make-child', 'b')).toEqual({ parent: idOf('b'), before: null })
    expect(drop('reorder-above', 's')).toEqual({ parent: null, before: null })
  })

  it('lands behind a page further up when it is held to the left of the last one', () => {
    const reparent = { type: 'reparent', desiredLevel: 1, ...level } as const
    expect(dropOf(reparent, rowOf('d'), spaceOfTree, [page('x')])).toMatchObject({
      to: { parent: null, before: idOf('c') },
      mark: { edge: 'bottom', level: 2 },
    })
  })

  it('does not exist on the page itself, under it, or where it stands already', () => {
    const b = page('b', page('d'))
    const on = (letter: string) => dropOf({ type: 'make-child', ...level }, rowOf(letter), spaceOfTree, [b])
    expect(on('b')).toBeUndefined()
    expect(on('d')).toBeUndefined()
    expect(drop('reorder-above', 'c', 'a')).toBeUndefined()
    expect(drop('reorder-below', 'a', 'c')).toBeUndefined()
  })
})

describe('several rows of the tree', () => {
  const flat = treeRows([space('s', 'team', page('a'), page('b'), page('c'))], new Set([String(idOf('s'))]))
  const selectedOf = (selection: Parameters<typeof inSight>[0]) =>
    flat
      .filter((row) => row.type === 'page' && inSight(selection, flat).has(row.page.id))
      .map((row) => titleOf(row as TreeItem))

  it('are one more or one less by a click with Control', () => {
    const two = toggled(toggled(nothingSelected, idOf('a'), flat), idOf('c'), flat)
    expect(selectedOf(two)).toEqual(['a', 'c'])
    expect(selectedOf(toggled(two, idOf('a'), flat))).toEqual(['c'])
  })

  it('are all between the first and the last by Shift, and never a space', () => {
    expect(selectedOf(extended(nothingSelected, idOf('b'), idOf('c'), flat))).toEqual(['b', 'c'])
    const three = extended(extended(nothingSelected, idOf('c'), idOf('b'), flat), null, idOf('s'), flat)
    expect(selectedOf(three)).toEqual(['a', 'b', 'c'])
  })

  it('grow by Shift with an arrow and go by Escape', () => {
    const shift = { ...press('ArrowDown'), shiftKey: true }
    expect(treeAction(shift, flat, idOf('a'))).toEqual({ type: 'extend', key: idOf('b') })
    expect(treeAction({ ...press(' '), ctrlKey: true }, flat, idOf('a'))).toEqual({ type: 'toggle', key: idOf('a') })
    expect(treeAction(press('Escape'), flat, idOf('a'))).toEqual({ type: 'clear' })
  })
})

describe('scrolling while one drags', () => {
  it('is faster towards an edge and stands still in the middle', () => {
    const box = { top: 100, bottom: 500 }
    expect(speedAt(300, box)).toBe(0)
    expect(speedAt(102, box)).toBeLessThan(speedAt(130, box))
    expect(speedAt(498, box)).toBeGreaterThan(speedAt(470, box))
  })
})
