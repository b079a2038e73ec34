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

test('what a block passes stays what it is', () => {
  const doc = pageOf(['a', 'b', 'c'])
  const [, second, third] = doc.getXmlFragment(bodyFragmentName).toArray()
  move(doc, 0, 3)
  expect(doc.getXmlFragment(bodyFragmentName).toArray().slice(0, 2)).toEqual([second, third])
})
