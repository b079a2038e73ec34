import { expect, test } from 'vitest'
import { pageToMarkdown } from './page-to-markdown.ts'
import { planImport, resolveLinks } from './import-tree.ts'
import type { PlannedPage } from './import-tree.ts'

const file = (path: string, text: string) => ({
  path,
  bytes: Uint8Array.from(text, (letter) => letter.codePointAt(0) ?? 0),
})

/** Titles with those below them. */
type Outline = string | [string, Outline[]]
const outline = ({ title, children }: PlannedPage): Outline =>
  children.length === 0 ? title : [title, children.map(outline)]

test('folders become pages, of their README or index where they have one, in the order of their names', () => {
  const plan = planImport([
    file('README.md', '# Start'),
    file('b/10-laatste.md', '# Tien'),
    file('b/9-eerste.md', '# Negen'),
    file('b/README.md', '# Map B'),
    file('a/index.md', 'zonder kop'),
    file('a/diep/in/blad.md', '# Blad'),
    file('c.md', '# C'),
  ])
  expect(plan.pages.map(outline)).toEqual([
    'Start',
    ['a', [['diep', [['in', ['Blad']]]]]],
    ['Map B', ['Negen', 'Tien']],
    'C',
  ])
  expect(plan.pageCount).toBe(7)
})

test('the order in which files are given does not change the plan', () => {
  const files = [file('b.md', 'b'), file('a/x.md', 'x'), file('a.md', 'a')]
  expect(planImport(files.toReversed())).toEqual(planImport(files))
})

test('every file is reported, and a folder without Markdown gives no page', () => {
  const plan = planImport([file('foto.png', 'x'), file('kapot.md', 'a\0'), file('leeg/data.json', '{}')])
  expect(plan).toEqual({
    pages: [],
    pageCount: 0,
    files: [
      { path: 'foto.png', outcome: 'not-markdown', warnings: [] },
      { path: 'kapot.md', outcome: 'not-text', warnings: [] },
      { path: 'leeg/data.json', outcome: 'not-markdown', warnings: [] },
    ],
  })
})

test('a path cannot lead out of the folder', () => {
  expect(planImport([file('../../etc/x.md', 'x'), file('C:\\map\\y.md', 'y')]).files.map(({ path }) => path)).toEqual([
    'etc/x.md',
    'C:/map/y.md',
  ])
})

test('links between the files become links to their pages; the others stay and are reported where they miss', () => {
  const plan = planImport([
    file(
      'a.md',
      '[b](map/b%20c.md#kop) [map](map/) [weg](weg.md) [web](https://x.example/a.md) [png](p.png) [![i](i.png)](./map/README.md)',
    ),
    file('map/README.md', '[terug](../a.md)'),
    file('map/b c.md', 'b'),
  ])
  const resolved = resolveLinks(plan, (path) => `<${path}>`.replaceAll(/[^a-z]/gi, ''))
  const [a, map] = resolved.pages
  expect(a === undefined ? '' : pageToMarkdown({ ...a, title: '' })).toBe(
    '[b](plein:page/mapbcmd) [map](plein:page/mapREADMEmd) [weg](weg.md) [web](https://x.example/a.md) [png](p.png) [![i](i.png)](plein:page/mapREADMEmd)\n',
  )
  expect(map === undefined ? '' : pageToMarkdown({ ...map, title: '' })).toBe('[terug](plein:page/amd)\n')
  expect(resolved.files[0]?.warnings).toEqual([{ reason: 'link-outside', detail: 'weg.md' }])
})
