import * as Y from 'yjs'
import { origins } from '../../model/origins.ts'
import { bodyName } from '../../model/page.ts'
import type { OpenDocument } from './open-documents.ts'

/** One edit that this person made by a button, and can take back as long as it is held. */
export interface UndoableEdit {
  undo(): void
  /** Lets the document go; after that it cannot be taken back any more. */
  release(): void
}

/** Runs `change` as one edit of this person on a page; the document is released with the edit. */
export function editUndoably(document: OpenDocument, change: (doc: Y.Doc) => void): UndoableEdit {
  const { doc } = document
  const manager = new Y.UndoManager([doc.getXmlFragment(bodyName), doc.getMap('meta')], {
    trackedOrigins: new Set<unknown>([origins.restore]),
    captureTimeout: 0,
    deleteFilter: (item) => !holdsOthers(item, doc.clientID),
  })
  doc.transact(() => change(doc), origins.restore)
  // What follows, another restore among it, is not this edit's to take back.
  manager.trackedOrigins.delete(origins.restore)
  return {
    undo: () => void manager.undo(),
    release() {
      manager.destroy()
      document.release()
    },
  }
}

/** A block in which others have written since stays when its making is undone. */
function holdsOthers(item: Y.Item, client: number): boolean {
  if (!(item.content instanceof Y.ContentType)) return false
  for (let child = item.content.type._start; child !== null; child = child.right) {
    if (!child.deleted && (child.id.client !== client || holdsOthers(child, client))) return true
  }
  return false
}
