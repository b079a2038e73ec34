import { expect, test } from 'vitest'
import type * as Y from 'yjs'
import { bodyFragmentName } from '../../model/page-content.ts'
import { moveTopBlock } from './block-moves.ts'
import { pageOf, paragraph } from './test-page.ts'

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
  const { doc, binding, page } = pageOf(...['a', 'b', 'c'].map(paragraph))
  moveTopBlock(binding, page, from, before)
  expect(wordsOf(doc).join('')).toBe(order)
})

test('what a block passes stays what it is', () => {
  const { doc, binding, page } = pageOf(...['a', 'b', 'c'].map(paragraph))
  const [, second, third] = doc.getXmlFragment(bodyFragmentName).toArray()
  moveTopBlock(binding, page, 0, 3)
  expect(doc.getXmlFragment(bodyFragmentName).toArray().slice(0, 2)).toEqual([second, third])
})
