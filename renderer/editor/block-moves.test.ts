import { getSchema } from '@tiptap/core'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { writeBody } from '../../model/page-body.ts'
import { bodyFragmentName, knownContent } from '../../model/page-content.ts'
import { moveTopBlock } from './block-moves.ts'
import { PageBinding } from './page-binding.ts'
import { pageExtensions } from './page-extensions.ts'

const schema = getSchema(pageExtensions())

function pageOf(words: readonly string[]): Y.Doc {
  const doc = new Y.Doc()
  const content = words.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }))
  writeBody(doc.getXmlFragment(bodyFragmentName), { type: 'doc', content })
  return doc
}

function move(doc: Y.Doc, from: number, before: number): void {
  const binding = new PageBinding({ doc, known: knownContent, onUnknown: () => undefined })
  const page = binding.read(schema)
  if (!page.ok) throw new Error(page.error.name)
  moveTopBlock(binding, page.value, from, before)
}

const wordsOf = (doc: Y.Doc) =>
  doc
    .getXmlFragment(bodyFragmentName)
    .toArray()
    .map((block) => block.toString().replaceAll(/<[^>]*>/g, ''))

test.each([
  [0, 3, 'bca'],
  [0, 2, 'bac'],
  [2, 0, 'cab'],
  [2, 1, 'acb'],
  [1, 1, 'abc'],
  [1, 2, 'abc'],
])('block %i put before %i gives %s', (from, before, order) => {
  const doc = pageOf(['a', 'b', 'c'])
  move(doc, from, before)
  expect(wordsOf(doc).join('')).toBe(order)
})

test('a block that goes far past others is the one that is written anew', () => {
  const words = Array.from({ length: 60 }, (_, index) => `${index}.`)
  const doc = pageOf(words)
  const second = doc.getXmlFragment(bodyFragmentName).get(1)
  move(doc, 0, 60)
  expect(wordsOf(doc)).toEqual([...words.slice(1), '0.'])
  expect(doc.getXmlFragment(bodyFragmentName).get(0)).toBe(second)
})

test('what a colleague types in the block that moves goes along, once', () => {
  const mine = pageOf(['a', 'b', 'c'])
  const theirs = new Y.Doc()
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine))
  move(mine, 0, 3)
  const paragraph = theirs.getXmlFragment(bodyFragmentName).get(0)
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null
  if (text instanceof Y.XmlText) text.insert(1, '!')
  for (const [from, to] of [
    [mine, theirs],
    [theirs, mine],
  ] as const)
    Y.applyUpdate(to, Y.encodeStateAsUpdate(from))
  expect(wordsOf(mine)).toEqual(['b', 'c', 'a!'])
  expect(wordsOf(theirs)).toEqual(['b', 'c', 'a!'])
})
