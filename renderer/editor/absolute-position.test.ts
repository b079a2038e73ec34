import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { relativePositionToAbsolutePosition } from 'y-prosemirror'
import { bodyFragmentName } from '../../model/page-content.ts'
import { absolutePositionOf } from './absolute-position.ts'
import { list, pageOf, paragraph } from './test-page.ts'

test('every place of a page is where y-prosemirror has it, also after parts of it went', () => {
  const { doc, binding, page } = pageOf(paragraph('voor'), list, paragraph('na'))
  const places = Array.from({ length: page.content.size + 1 }, (_, at) => binding.relativePosition(at))
  const theirs = (place: Y.RelativePosition): unknown =>
    relativePositionToAbsolutePosition(doc, binding.fragment, place, binding.mapping)
  const ours = (place: Y.RelativePosition) => absolutePositionOf(binding.fragment, place, binding)
  expect(places.map(ours)).toEqual(places.map(theirs))
  const items = binding.fragment.get(1)
  if (items instanceof Y.XmlElement) items.delete(0, 1)
  expect(places.map(ours)).toEqual(places.map(theirs))
  binding.fragment.delete(0, 1)
  expect(places.map(ours)).toEqual(places.map(theirs))
})

test('an element that is not shown takes no place', () => {
  const { doc, binding } = pageOf(paragraph('voor'), paragraph('na'))
  const place = binding.relativePosition(8)
  doc.getXmlFragment(bodyFragmentName).insert(1, [new Y.XmlElement('table')])
  expect(binding.absolutePosition(place)).toBe(8)
})
