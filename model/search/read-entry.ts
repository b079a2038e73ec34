import * as Y from 'yjs'
import type { PageId } from '../ids.ts'
import { origins } from '../origins.ts'
import { readBody } from '../page-body.ts'
import { bodyName, readPageMeta } from '../page.ts'
import { searchText } from '../search-text.ts'
import { openSpace } from '../space.ts'

/** What a page says of itself to an index. */
export interface PageText {
  readonly title: string
  readonly text: string
  readonly archived: boolean
}

/** Longer texts are found by their first million letters: more than any book, and a hostile page costs no more. */
const longestText = 1_000_000

/** Reads a page out of its stored updates; undefined where the bytes are none. */
export function readPageText(updates: readonly Uint8Array[]): PageText | undefined {
  return withDocument(updates, (doc) => {
    const { title, archived } = readPageMeta(doc)
    const { text } = searchText({ title, body: readBody(doc.getXmlFragment(bodyName)) })
    return { title: title.trim(), text: text.slice(0, longestText), archived }
  })
}

/** Which pages the tree of a space has archived, those below archived ones included. */
export function readArchivedPages(updates: readonly Uint8Array[]): readonly PageId[] {
  return withDocument(updates, (doc) => [...openSpace(doc).snapshot().hidden]) ?? []
}

function withDocument<T>(updates: readonly Uint8Array[], read: (doc: Y.Doc) => T): T | undefined {
  const doc = new Y.Doc()
  try {
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update, origins.storage)
    }, origins.storage)
    return read(doc)
  } catch {
    // Damaged or hostile bytes: storage and sync deal with them, here there is nothing to find.
    return undefined
  } finally {
    doc.destroy()
  }
}
