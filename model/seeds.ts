import * as Y from 'yjs'
import type { DocumentKind, PageKind } from './kinds.ts'
import { origins } from './origins.ts'

/**
 * The client id under which seeds are written. Random ids are 32 bits wide, so 1 is not minted by chance in practice,
 * and the server accepts it only in updates that equal a seed byte for byte.
 */
export const seedClientId = 1

/**
 * The first update of every document: the same bytes on every device for the same kind, so that two people who create or
 * open one document never double its content.
 */
export function seedOf(kind: DocumentKind, pageKind: PageKind | null): Uint8Array<ArrayBuffer> {
  const doc = new Y.Doc({ gc: false })
  doc.clientID = seedClientId
  doc.transact(() => {
    doc.getMap('meta').set('kind', kind === 'page' && pageKind !== null ? pageKind : kind)
  }, origins.seed)
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return new Uint8Array(update)
}
