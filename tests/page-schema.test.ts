import { getSchema } from '@tiptap/core'
import { Code } from '@tiptap/extension-code'
import Image from '@tiptap/extension-image'
import { ListItem, TaskItem, TaskList } from '@tiptap/extension-list'
import { Details, DetailsContent, DetailsSummary } from '@tiptap/extension-details'
import { TableKit } from '@tiptap/extension-table'
import type { Schema } from '@tiptap/pm/model'
import StarterKit from '@tiptap/starter-kit'
import { expect, test } from 'vitest'
import { Attachment } from '../renderer/editor/attachment.ts'
import { Callout } from '../renderer/editor/callout.ts'
import { Mention, PageLinkNode } from '../renderer/editor/live-nodes.ts'
import { pageSchema, pageSchemaVersion, schemaOfAttribute, schemaOfMark, schemaOfNode } from '../model/page-content.ts'

/** Tiptap's own parts with the differences that model/page-content.ts names, and the nodes that are ours alone. */
function tiptapSchema(): Schema {
  return getSchema([
    StarterKit.configure({
      code: false,
      listItem: false,
      link: { HTMLAttributes: { target: null, rel: null, class: null } },
    }),
    Code.extend({ excludes: 'code' }),
    Image.extend({
      addAttributes() {
        const none = { default: null }
        return { ...this.parent?.(), file: none, href: none, caption: none, align: none }
      },
    }).configure({ inline: true }),
    TaskList,
    ListItem.extend({ content: 'block+' }),
    TaskItem.extend({ content: 'block+' }).configure({ nested: true }),
    TableKit,
    Details.extend({ content: '(detailsSummary | detailsContent)+' }),
    DetailsSummary.extend({ content: 'inline*' }),
    DetailsContent,
    Callout,
    Attachment,
    PageLinkNode,
    Mention,
  ])
}

/** What decides which documents are valid and what a binding writes; drawing and parsing of HTML are left out. */
function shapeOf(schema: Schema) {
  const nodes = Object.values(schema.nodes).map(({ name, spec }) => {
    const { content = '', group = '', marks, inline = false, code = false, tableRole } = spec
    const attributes = Object.entries(spec.attrs ?? {}).map(([key, { default: value }]) => [key, value] as const)
    const groups = group.split(' ').toSorted()
    return [name, { content, groups, marks, inline, code, tableRole: tableRole as unknown, attributes }] as const
  })
  const marks = Object.values(schema.marks).map(({ name, spec }) => {
    const attributes = Object.entries(spec.attrs ?? {}).map(([key, { default: value }]) => [key, value] as const)
    return [name, { excludes: spec.excludes, code: spec.code ?? false, attributes }] as const
  })
  return { nodes: Object.fromEntries(nodes), marks: Object.fromEntries(marks) }
}

test('the schema of a page equals the one that Tiptap builds', () => {
  expect(shapeOf(pageSchema)).toEqual(shapeOf(tiptapSchema()))
})

test('marks nest in the same order as in Tiptap', () => {
  expect(Object.keys(pageSchema.marks)).toEqual(Object.keys(tiptapSchema().marks))
})

test('every node, mark and attribute belongs to a schema version that exists', () => {
  expect(Object.keys(schemaOfNode).toSorted()).toEqual(Object.keys(pageSchema.nodes).toSorted())
  expect(Object.keys(schemaOfMark).toSorted()).toEqual(Object.keys(pageSchema.marks).toSorted())
  for (const version of [schemaOfNode, schemaOfMark, schemaOfAttribute].flatMap((names) => Object.values(names))) {
    expect(version).toBeGreaterThanOrEqual(1)
    expect(version).toBeLessThanOrEqual(pageSchemaVersion)
  }
})
