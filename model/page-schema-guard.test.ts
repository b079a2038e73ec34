import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror'
import { writeBody } from './page-body.ts'
import { bodyFragmentName, knownContent, knownContentOf, pageSchema, pageSchemaVersion } from './page-content.ts'
import type { PageNode } from './page-content.ts'
import { findUnknown, markNameOf, neededSchema, neededSchemaAfter, unknownInTransaction } from './page-schema-guard.ts'
import type { UnknownContent } from './page-schema-guard.ts'

const words: PageNode = { type: 'paragraph', content: [{ type: 'text', text: 'Zout', marks: [{ type: 'bold' }] }] }

function bodyOf(...content: PageNode[]): Y.XmlFragment {
  const fragment = new Y.Doc().getXmlFragment(bodyFragmentName)
  writeBody(fragment, { type: 'doc', content })
  return fragment
}

/** What the guard says about each transaction that `change` makes. */
function watch(fragment: Y.XmlFragment, change: () => void): (UnknownContent | null)[] {
  const said: (UnknownContent | null)[] = []
  const note = (transaction: Y.Transaction) => said.push(unknownInTransaction(transaction, fragment))
  fragment.doc?.on('beforeObserverCalls', note)
  change()
  fragment.doc?.off('beforeObserverCalls', note)
  return said
}

const unknownThings: readonly (readonly [string, Y.XmlFragment, UnknownContent])[] = [
  ['a node', bodyOf(words, { type: 'poll', content: [words] }), { kind: 'node', name: 'poll' }],
  [
    'a mark deep inside a list',
    bodyOf({
      type: 'bulletList',
      content: [
        {
          type: 'listItem',
          content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x', marks: [{ type: 'glow' }] }] }],
        },
      ],
    }),
    { kind: 'mark', name: 'glow' },
  ],
  [
    'an attribute of a node',
    bodyOf({ type: 'heading', attrs: { level: 2, fold: true } }),
    { kind: 'attribute', name: 'heading.fold' },
  ],
  [
    'an attribute of a mark',
    bodyOf({
      type: 'paragraph',
      content: [{ type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href: '/', embed: true } }] }],
    }),
    { kind: 'attribute', name: 'link.embed' },
  ],
]

test.each(unknownThings)(
  '%s that this app does not know is found, and nothing is changed by looking',
  (_, fragment, unknown) => {
    const before = Y.encodeStateAsUpdate(fragment.doc ?? new Y.Doc())
    expect(findUnknown(fragment)).toEqual(unknown)
    expect(neededSchema(fragment)).toBe(pageSchemaVersion + 1)
    expect(Y.encodeStateAsUpdate(fragment.doc ?? new Y.Doc())).toEqual(before)
  },
)

test('a page of everything this version knows has nothing unknown and needs this version', () => {
  const inline: PageNode[] = Object.keys(pageSchema.marks).map((type) => ({
    type: 'text',
    text: type,
    marks: [{ type }],
  }))
  const blocks = Object.keys(pageSchema.nodes)
    .filter((type) => type !== 'doc' && type !== 'text')
    .map((type): PageNode => ({ type }))
  const fragment = bodyOf({ type: 'paragraph', content: inline }, ...blocks)
  expect(findUnknown(fragment)).toBeNull()
  expect(neededSchema(fragment)).toBe(pageSchemaVersion)
})

test('a page without anything of schema 2 still needs version 1, tables with widths included', () => {
  const cell: PageNode = { type: 'tableCell', attrs: { colwidth: [120] }, content: [words] }
  const table: PageNode = { type: 'table', content: [{ type: 'tableRow', content: [cell] }] }
  const image: PageNode = { type: 'image', attrs: { src: 'a.png', width: 200 } }
  expect(neededSchema(bodyOf(words, table, { type: 'paragraph', content: [image] }))).toBe(1)
})

test.each([
  ['callout', { type: 'callout', content: [words] }],
  ['toggle', { type: 'details', content: [{ type: 'detailsSummary' }, { type: 'detailsContent', content: [words] }] }],
  ['attachment', { type: 'attachment', attrs: { file: 'a' } }],
  ['page link', { type: 'paragraph', content: [{ type: 'pageLink', attrs: { page: 'a' } }] }],
  ['mention', { type: 'paragraph', content: [{ type: 'mention', attrs: { person: 'a' } }] }],
  ['caption', { type: 'paragraph', content: [{ type: 'image', attrs: { caption: 'a' } }] }],
] as const)('a page needs version 2 from the change on that adds a %s', (_, node) => {
  const fragment = bodyOf(words)
  const needed: number[] = []
  fragment.doc?.on('afterTransaction', (transaction) => needed.push(neededSchemaAfter(1, transaction, fragment)))
  const made = bodyOf(node).get(0)
  fragment.doc?.transact(() => fragment.insert(1, [made.clone()]))
  expect(needed).toEqual([2])
  expect(neededSchema(fragment)).toBe(2)
})

test('a stock binding would delete exactly what the guard finds', () => {
  const fragment = bodyOf(words, { type: 'poll', content: [words] })
  expect(findUnknown(fragment)).not.toBeNull()
  yXmlFragmentToProseMirrorRootNode(fragment, pageSchema)
  expect(fragment.length).toBe(1)
})

test.each([
  ['text outside every block', () => new Y.XmlText('los')],
  ['a hook', () => new Y.XmlHook('x')],
])('%s counts as unknown', (_, make) => {
  const fragment = new Y.Doc().getXmlFragment(bodyFragmentName)
  fragment.insert(0, [make() as Y.XmlText])
  expect(findUnknown(fragment)?.kind).toBe('type')
})

test('an embed inside a text counts as unknown', () => {
  const fragment = bodyOf(words)
  const [element] = fragment.toArray()
  const text = element instanceof Y.XmlElement ? element.get(0) : undefined
  if (!(text instanceof Y.XmlText)) throw new Error('A paragraph holds a text')
  text.insertEmbed(0, { poll: 1 })
  expect(findUnknown(fragment)?.kind).toBe('type')
})

test('what was deleted is no longer unknown', () => {
  const fragment = bodyOf(words, { type: 'poll' })
  fragment.delete(1, 1)
  expect(findUnknown(fragment)).toBeNull()
})

test('a transaction that adds only what is known is let through, wherever else the page holds unknown things', () => {
  const fragment = bodyOf({ type: 'poll' })
  const said = watch(fragment, () => fragment.insert(0, [new Y.XmlElement('paragraph')]))
  expect(said).toEqual([null])
})

test('an update from elsewhere that brings an unknown node is found in its own transaction, before observers run', () => {
  const fragment = bodyOf(words)
  const doc = fragment.doc ?? new Y.Doc()
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  other.getXmlFragment(bodyFragmentName).insert(1, [new Y.XmlElement('poll')])
  const said = watch(fragment, () => Y.applyUpdate(doc, Y.encodeStateAsUpdate(other)))
  expect(said).toEqual([{ kind: 'node', name: 'poll' }])
})

test('an unknown mark and an unknown attribute are found in the transaction that sets them', () => {
  const fragment = bodyOf(words)
  const [element] = fragment.toArray()
  if (!(element instanceof Y.XmlElement)) throw new Error('The body begins with a paragraph')
  const text = element.get(0)
  if (!(text instanceof Y.XmlText)) throw new Error('A paragraph holds a text')
  const said = watch(fragment, () => {
    text.format(0, 2, { glow: {} })
    element.setAttribute('indent', '1')
    text.format(0, 2, { glow: null })
  })
  expect(said).toEqual([{ kind: 'mark', name: 'glow' }, { kind: 'attribute', name: 'paragraph.indent' }, null])
})

test('other parts of the document, such as meta, are none of the guard', () => {
  const fragment = bodyOf(words)
  const said = watch(fragment, () => fragment.doc?.getMap('meta').set('fields', new Y.Map([['x', 1]])))
  expect(said).toEqual([null])
})

test('an overlapping mark is judged by its name without the hash that y-prosemirror adds', () => {
  expect(markNameOf('comment--Ab3/+x9=')).toBe('comment')
  expect(markNameOf('bold')).toBe('bold')
  const fragment = bodyOf({
    type: 'paragraph',
    content: [{ type: 'text', text: 'x', marks: [{ type: 'bold--AAAAAAAA' }] }],
  })
  expect(findUnknown(fragment)).toBeNull()
})

test('an older app, which knows less, finds what a newer one does not', () => {
  const nodes = new Map([...knownContent.nodes].filter(([name]) => name !== 'table'))
  expect(findUnknown(bodyOf(words, { type: 'table' }), { ...knownContentOf(pageSchema), nodes })).toEqual({
    kind: 'node',
    name: 'table',
  })
})

test('the schema that a write needs is raised by what it adds and never lowered', () => {
  const fragment = bodyOf(words)
  const needed: number[] = []
  fragment.doc?.on('beforeObserverCalls', (transaction) =>
    needed.push(neededSchemaAfter(needed.at(-1) ?? 1, transaction, fragment)),
  )
  fragment.insert(0, [new Y.XmlElement('paragraph')])
  fragment.insert(0, [new Y.XmlElement('poll')])
  fragment.delete(0, 1)
  expect(needed).toEqual([1, pageSchemaVersion + 1, pageSchemaVersion + 1])
})

test('a page nested 20,000 deep is judged without exhausting the stack', () => {
  const doc = new Y.Doc()
  const fragment = doc.getXmlFragment(bodyFragmentName)
  let parent: Y.XmlFragment = fragment
  doc.transact(() => {
    for (let depth = 0; depth < 20_000; depth++) {
      const quote = new Y.XmlElement('blockquote')
      parent.insert(0, [quote])
      parent = quote
    }
    parent.insert(0, [new Y.XmlElement('poll')])
  })
  expect(findUnknown(fragment)).toEqual({ kind: 'node', name: 'poll' })
})
