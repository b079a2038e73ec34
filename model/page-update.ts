import * as Y from 'yjs'
import type { PageKind } from './kinds.ts'
import { origins } from './origins.ts'
import { writeBody } from './page-body.ts'
import type { PageNode } from './page-content.ts'
import { neededSchema } from './page-schema-guard.ts'
import { bodyName, openPage } from './page.ts'
import { seedOf } from './seeds.ts'

/** What a page is to say. */
export interface WrittenPage {
  readonly kind: PageKind
  readonly title: string
  readonly icon: string | null
  readonly labels: readonly string[]
  readonly body: PageNode | null
}

export interface PageUpdate {
  readonly update: Uint8Array
  /** The lowest schema that can show the page. */
  readonly schema: number
}

/** The page as one update on top of the seed of its kind. */
export function pageUpdate(page: WrittenPage): PageUpdate {
  const doc = new Y.Doc()
  try {
    Y.applyUpdate(doc, seedOf('page', page.kind), origins.storage)
    const before = Y.encodeStateVector(doc)
    const fragment = doc.getXmlFragment(bodyName)
    doc.transact(() => {
      const opened = openPage(doc)
      opened.rename(page.title)
      if (page.icon !== null) opened.setIcon(page.icon)
      if (page.labels.length > 0) opened.setLabels(page.labels)
      if (page.body !== null) writeBody(fragment, page.body)
    }, origins.user)
    return { update: Y.encodeStateAsUpdate(doc, before), schema: neededSchema(fragment) }
  } finally {
    doc.destroy()
  }
}
