import { expect, test } from 'vitest'
import { prosemirrorJSONToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror'
import * as Y from 'yjs'
import { markdownToPage } from './markdown/markdown-to-page.ts'
import { readBody, writeBody } from './page-body.ts'
import { bodyFragmentName, pageSchema } from './page-content.ts'
import type { PageNode } from './page-content.ts'

const markdown = `
Een *schuin*, **vet *en schuin*** en [\`code\` in een link](https://plein.example "titel").\\
Nieuwe regel met ![kaart](kaart.png).

3. drie
   - [x] af

| a | b |
| - | -: |
| 1 | 2 |

\`\`\`ts
let a = 1
\`\`\`
`
const { body } = markdownToPage(markdown)

function written(page: PageNode, clientId: number): Y.XmlFragment {
  const doc = new Y.Doc()
  doc.clientID = clientId
  const fragment = doc.getXmlFragment(bodyFragmentName)
  doc.transact(() => {
    writeBody(fragment, page)
  })
  return fragment
}

test('a body is read back as it was written', () => {
  expect(readBody(written(body, 7))).toEqual(body)
})

test('the same body under the same client id gives the same bytes', () => {
  const bytes = [1, 2].map(() => Y.encodeStateAsUpdate(written(body, 7).doc ?? new Y.Doc()))
  expect(bytes[0]).toEqual(bytes[1])
})

test('a body that we wrote and one that y-prosemirror wrote read the same, and its binding takes ours for its own', () => {
  const theirs = new Y.Doc().getXmlFragment(bodyFragmentName)
  prosemirrorJSONToYXmlFragment(pageSchema, body, theirs)
  const ours = written(body, 7)
  expect(readBody(theirs)).toEqual(readBody(ours))
  expect(ours.toString()).toBe(theirs.toString())
  const before = Y.encodeStateVector(ours.doc ?? new Y.Doc())
  expect(yXmlFragmentToProseMirrorRootNode(ours, pageSchema).eq(pageSchema.nodeFromJSON(body))).toBe(true)
  expect(Y.encodeStateVector(ours.doc ?? new Y.Doc())).toEqual(before)
})

test('a second body into the same fragment is refused, since it would double the page', () => {
  const fragment = written(body, 7)
  expect(() => {
    writeBody(fragment, body)
  }).toThrow('empty fragment')
})

test('nodes and marks of a newer app are read by their names', () => {
  const newer: PageNode = {
    type: 'doc',
    content: [
      {
        type: 'poll',
        attrs: { tone: 'warm' },
        content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x', marks: [{ type: 'glow' }] }] }],
      },
    ],
  }
  expect(readBody(written(newer, 7))).toEqual(newer)
})

test('a page nested 20,000 deep is read without exhausting the stack', () => {
  const doc = new Y.Doc()
  let parent: Y.XmlFragment = doc.getXmlFragment(bodyFragmentName)
  doc.transact(() => {
    for (let depth = 0; depth < 20_000; depth++) {
      const quote = new Y.XmlElement('blockquote')
      parent.insert(0, [quote])
      parent = quote
    }
  })
  expect(readBody(doc.getXmlFragment(bodyFragmentName)).content).toHaveLength(1)
})
