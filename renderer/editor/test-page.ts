import { getSchema } from '@tiptap/core'
import * as Y from 'yjs'
import { writeBody } from '../../model/page-body.ts'
import { bodyFragmentName, knownContent, type PageNode } from '../../model/page-content.ts'
import { PageBinding } from './page-binding.ts'
import { pageExtensions } from './page-extensions.ts'

/** For tests: the editor's schema, and pages as the editor reads them. */

export const schema = getSchema(pageExtensions())

export const paragraph = (text: string): PageNode => ({ type: 'paragraph', content: [{ type: 'text', text }] })

/** Two items of a paragraph each. */
export const list: PageNode = {
  type: 'bulletList',
  content: ['een', 'twee'].map((text) => ({ type: 'listItem', content: [paragraph(text)] })),
}

/** A document with these blocks, and the binding that has read it. */
export function pageOf(...content: PageNode[]) {
  const doc = new Y.Doc()
  writeBody(doc.getXmlFragment(bodyFragmentName), { type: 'doc', content })
  const binding = new PageBinding({ doc, known: knownContent, onUnknown: () => undefined })
  const page = binding.read(schema)
  if (!page.ok) throw new Error(page.error.name)
  return { doc, binding, page: page.value }
}
