// What both sides store, record by record and byte by byte. Plain JavaScript: the peer reads it with its own copies of yjs and Dexie.
import { pageUpdates, sentence } from '../sample-pages.mjs'

export const organisationId = 'plein'.padStart(26, 'a')
export const spaceId = 'space'.padStart(26, 'a')
const editsOfPage = 3

/** An id of the app's form for page number `index`. */
export function idOfPage(index) {
  return [...String(index)]
    .map((digit) => 'bcdefghijk'.charAt(Number(digit)))
    .join('')
    .padStart(26, 'a')
}

/** The record of a page in the list. */
export function recordOfPage(index) {
  return {
    id: idOfPage(index),
    spaceId,
    kind: 'page',
    pageKind: 'wiki',
    ownerId: null,
    title: sentence(index, 4 + (index % 3)),
    icon: null,
    archived: false,
    minSchema: 1,
    held: true,
    compare: false,
    changedAtMs: 1_780_000_000_000 + index,
  }
}

/** The updates of a page: its text, and three small edits. */
export function updatesOfPage(Y, index) {
  return pageUpdates(Y, index, editsOfPage)
}

/** What tells whether an opened page is the page. */
export function textOfPage(doc) {
  return doc.getXmlFragment('body').toString()
}
