import { expect, test } from 'vitest'
import { planTree, type PlannedTree } from './import-tree.ts'

const facts = (...paths: readonly string[]) =>
  paths.map((path) => ({ path, title: titleOf(path), order: null, isTitled: false }))
const titleOf = (path: string) => (path.split('/').at(-1) ?? '').replace('.md', '')

/** Titles, indented. */
function outline(tree: PlannedTree): string[] {
  const depths = new Map<string, number>()
  return tree.pages.map(({ path, title, parent }) => {
    const depth = parent === null ? 0 : (depths.get(parent) ?? 0) + 1
    depths.set(path, depth)
    return '  '.repeat(depth) + title
  })
}

test('folders become pages, of their README or index where they have one, in the order of their names', () => {
  const tree = planTree([
    { path: 'README.md', title: 'Start', order: null, isTitled: false },
    ...facts('b/10-laatste.md', 'b/9-eerste.md'),
    { path: 'b/README.md', title: 'Map B', order: null, isTitled: false },
    ...facts('a/index.md', 'a/diep/in/blad.md', 'c.md'),
  ])
  expect(outline(tree)).toEqual([
    'Start',
    'a',
    '  diep',
    '    in',
    '      blad',
    'Map B',
    '  9-eerste',
    '  10-laatste',
    'c',
  ])
})

test('a file beside a folder of its name is the page of that folder', () => {
  const tree = planTree(facts('plan/stap.md', 'plan.md', 'ander.md'))
  expect(outline(tree)).toEqual(['ander', 'plan', '  stap'])
  expect(tree.pageOf('plan/')).toBe('plan.md')
})

test('files that say where they stand come first, in that order', () => {
  const tree = planTree([
    { path: 'a.md', title: 'a', order: null, isTitled: false },
    { path: 'b.md', title: 'b', order: 2, isTitled: false },
    { path: 'c/index.md', title: 'c', order: 1, isTitled: false },
    ...facts('c/x.md'),
  ])
  expect(outline(tree)).toEqual(['c', '  x', 'b', 'a'])
})

test('the order in which files are given does not change the plan', () => {
  const files = facts('b.md', 'a/x.md', 'a.md', 'a/y/z.md')
  expect(outline(planTree(files.toReversed()))).toEqual(outline(planTree(files)))
})
