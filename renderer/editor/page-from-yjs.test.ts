import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { buildPage } from './page-from-yjs.ts'
import { schema } from './test-page.ts'

/** A page of XML elements, written as nested arrays: `['paragraph', 'text']`. */
type Written = string | readonly [string, ...Written[]]

function pageOf(...blocks: readonly Written[]) {
  const doc = new Y.Doc()
  const body = doc.getXmlFragment('body')
  body.insert(0, blocks.map(typeOf))
  return { doc, body, before: Y.encodeStateAsUpdate(doc) }
}

function typeOf(written: Written): Y.XmlElement | Y.XmlText {
  if (typeof written === 'string') return new Y.XmlText(written)
  const [name, ...children] = written
  const element = new Y.XmlElement(name)
  element.insert(0, children.map(typeOf))
  return element
}

test('a page is read whole, and reading it writes nothing', () => {
  const { doc, body, before } = pageOf(
    ['heading', 'Kop'],
    ['bulletList', ['listItem', ['paragraph', 'een']]],
    ['paragraph'],
  )
  const { blocks, misfit } = buildPage(body, schema, new Map())
  expect(misfit).toBeNull()
  expect(blocks.map((block) => block.textContent)).toEqual(['Kop', 'een', ''])
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
})

test.each<readonly [string, Written, string]>([
  ['an unknown node', ['poll', ['paragraph', 'x']], 'poll'],
  ['an unknown node deep inside', ['blockquote', ['paragraph', 'y'], ['board']], 'board'],
  ['text outside every block', 'los', 'text'],
  ['words where none fit', ['table', ['paragraph', 'verdwaald']], 'table'],
  ['an image where none fits', ['bulletList', ['image']], 'bulletList'],
])('%s is reported and left as it is', (_what, written, name) => {
  const { doc, body, before } = pageOf(['paragraph', 'x'], written)
  expect(buildPage(body, schema, new Map()).misfit?.name).toBe(name)
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
})

test('an unknown mark, an unknown attribute and an embed are reported', () => {
  const marked = pageOf(['paragraph', 'abc'])
  textIn(marked.body).format(0, 1, { highlight: {} })
  expect(buildPage(marked.body, schema, new Map()).misfit).toEqual({ kind: 'mark', name: 'highlight' })
  const attributed = pageOf(['paragraph', 'abc'])
  textIn(attributed.body).format(0, 1, { link: { href: 'https://plein.example', since: 2027 } })
  expect(buildPage(attributed.body, schema, new Map()).misfit).toEqual({ kind: 'attribute', name: 'link.since' })
  const embedded = pageOf(['paragraph', 'abc'])
  textIn(embedded.body).insertEmbed(0, { formula: 'x' })
  expect(buildPage(embedded.body, schema, new Map()).misfit).toEqual({ kind: 'type', name: 'embed' })
})

test('what two people emptied together is left out without forbidding the page', () => {
  const { doc, body, before } = pageOf(
    ['bulletList'],
    ['table'],
    ['blockquote'],
    ['table', ['tableRow', ['tableCell']]],
    ['paragraph', 'rest'],
  )
  const { blocks, misfit } = buildPage(body, schema, new Map())
  expect(misfit).toBeNull()
  expect(blocks.at(-1)?.textContent).toBe('rest')
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
})

test('an item may begin with a nested list, as after two people each removed one of its paragraphs', () => {
  const { body } = pageOf(['bulletList', ['listItem', ['bulletList', ['listItem', ['paragraph', 'diep']]]]])
  expect(buildPage(body, schema, new Map()).misfit).toBeNull()
})

test('blocks that did not change stay the same objects', () => {
  const { body } = pageOf(['paragraph', 'een'], ['paragraph', 'twee'])
  const mapping = new Map()
  const first = buildPage(body, schema, mapping).blocks
  const changed = body.get(1)
  textIn(body, 1).insert(0, 'x')
  mapping.delete(changed)
  const second = buildPage(body, schema, mapping).blocks
  expect(second[0]).toBe(first[0])
  expect(second[1]?.textContent).toBe('xtwee')
})

function textIn(body: Y.XmlFragment, index = 0): Y.XmlText {
  const block = body.get(index)
  const text = block instanceof Y.XmlElement ? block.get(0) : null
  if (text instanceof Y.XmlText) return text
  throw new Error('No text there')
}
