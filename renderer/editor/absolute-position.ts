import * as Y from 'yjs'
import type { PageMapping } from './page-from-yjs.ts'

/**
 * Where a relative position stands in the editor's document; null where it is gone or outside the body. As y-prosemirror's own,
 * which fails on a page with an element that is not shown (see `buildPage`): such a one takes no place.
 */
export function absolutePositionOf(
  fragment: Y.XmlFragment,
  position: Y.RelativePosition,
  { doc, mapping }: { readonly doc: Y.Doc; readonly mapping: PageMapping },
): number | null {
  const found = Y.createAbsolutePositionFromRelativePosition(position, doc)
  if (found === null) return null
  let type: Y.AbstractType<unknown> = found.type
  if (type !== fragment && !Y.isParentOf(fragment, type._item)) return null
  let at = type instanceof Y.XmlText ? found.index : sizeBefore(type, found.index, mapping)
  while (type !== fragment) {
    const item: Y.Item | null = type._item
    if (item === null || !(item.parent instanceof Y.AbstractType)) return null
    const parent: Y.AbstractType<unknown> = item.parent
    // Into an element one goes through its first bracket; a text has none, nor has what is gone.
    if (!(type instanceof Y.XmlText) && !item.deleted) at += 1
    at += sizeUntil(parent, item, mapping)
    type = parent
  }
  return at
}

function sizeBefore(type: Y.AbstractType<unknown>, count: number, mapping: PageMapping): number {
  let [size, passed] = [0, 0]
  for (let item = type._start; item !== null && passed < count; item = item.right) {
    if (item.deleted) continue
    size += sizeOf(item, mapping)
    passed += 1
  }
  return size
}

function sizeUntil(type: Y.AbstractType<unknown>, until: Y.Item, mapping: PageMapping): number {
  let size = 0
  for (let item = type._start; item !== null && item !== until; item = item.right) {
    if (!item.deleted) size += sizeOf(item, mapping)
  }
  return size
}

function sizeOf({ content }: Y.Item, mapping: PageMapping): number {
  if (!(content instanceof Y.ContentType)) return 0
  const { type } = content
  if (type instanceof Y.XmlText) return type.length
  const shown = mapping.get(type)
  return shown === undefined || Array.isArray(shown) ? 0 : shown.nodeSize
}
