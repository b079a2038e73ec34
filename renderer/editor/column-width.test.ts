import { EditorState, TextSelection } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { widenColumns } from './column-width.ts'
import { schema } from './test-page.ts'

const cell = (colwidth: readonly number[] | null) => ({
  type: 'tableCell',
  attrs: { colwidth },
  content: [{ type: 'paragraph' }],
})

function widened(widths: readonly (readonly number[] | null)[], byPixels: number): unknown[] {
  const rows = [0, 1].map(() => ({ type: 'tableRow', content: widths.map((width) => cell(width)) }))
  const doc = schema.nodeFromJSON({ type: 'doc', content: [{ type: 'table', content: rows }] })
  let state = EditorState.create({ doc })
  state = state.apply(state.tr.setSelection(TextSelection.near(doc.resolve(3))))
  widenColumns(byPixels)(state, (change) => {
    state = state.apply(change)
  })
  const found: unknown[] = []
  state.doc.descendants((node) => {
    if (node.type.name === 'tableCell') found.push(node.attrs['colwidth'])
  })
  return found
}

test('a column becomes wider in every row, from what it is or from the usual width', () => {
  expect(widened([[100], null], 40)).toEqual([[140], null, [140], null])
  expect(widened([null, null], 40)).toEqual([[200], null, [200], null])
})

test('a column never becomes too narrow to write in', () => {
  expect(widened([[80]], -40)).toEqual([[64], [64]])
})
