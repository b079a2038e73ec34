import { EditorState } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { absolutePositionToRelativePosition } from 'y-prosemirror'
import * as Y from 'yjs'
import type { PageNode } from '../../model/page-content.ts'
import { list, pageOf, paragraph, schema } from './test-page.ts'
import { TopBlocks } from './top-blocks.ts'

test('every place of a page stands beside what y-prosemirror finds there', () => {
  const empty: PageNode = { type: 'paragraph' }
  const table: PageNode = {
    type: 'table',
    content: [
      { type: 'tableRow', content: [paragraph('cel'), empty].map((cell) => ({ type: 'tableCell', content: [cell] })) },
    ],
  }
  const rule: PageNode = { type: 'horizontalRule' }
  for (const content of [
    [paragraph('voor'), list, empty, rule, table, paragraph('na')],
    [empty],
    [rule, list],
    [table],
  ]) {
    const { binding, page } = pageOf(...content)
    for (let at = 0; at <= page.content.size; at += 1) {
      const theirs = absolutePositionToRelativePosition(at, binding.fragment, binding.mapping)
      expect(Y.relativePositionToJSON(binding.relativePosition(at)), `at ${at}`).toEqual(
        Y.relativePositionToJSON(theirs),
      )
    }
  }
})

test('the one block that an edit changed is found, and nothing where more changed or blocks came', () => {
  const { binding, page } = pageOf(paragraph('voor'), list, paragraph('na'))
  const blocks = new TopBlocks(binding.fragment)
  const state = EditorState.create({ doc: page })
  const inList = state.tr.insertText('nog ', 9).doc
  const changed = blocks.onlyChanged(page, inList, binding.mapping)
  expect(changed?.block).toBe(binding.fragment.get(1))
  expect(changed?.node).toBe(inList.child(1))
  for (const more of [
    state.tr.insertText('a', 2).insertText('b', 9).doc,
    state.tr.split(3).doc,
    state.tr.delete(0, page.child(0).nodeSize).doc,
    page,
  ]) {
    expect(blocks.onlyChanged(page, more, binding.mapping)).toBeNull()
  }
  // What the page does not hold is not the first of the two.
  expect(blocks.onlyChanged(inList, state.tr.insertText('weer ', 9).doc, binding.mapping)).toBeNull()
})

test('a block that becomes another kind is no change within it', () => {
  const { binding, page } = pageOf(paragraph('voor'), paragraph('na'))
  const state = EditorState.create({ doc: page })
  const heading = state.tr.setBlockType(1, 2, schema.node('heading', { level: 2 }).type, { level: 2 }).doc
  expect(new TopBlocks(binding.fragment).onlyChanged(page, heading, binding.mapping)).toBeNull()
})
