import { getSchema } from '@tiptap/core'
import type { MarkSpec, NodeSpec, Schema } from '@tiptap/pm/model'
import { expect, test } from 'vitest'
import { pageSchema } from '../../model/page-content.ts'
import { pageExtensions } from './page-extensions.ts'

const nodeParts = ['content', 'marks', 'group', 'inline', 'code', 'isolating', 'atom', 'defining', 'tableRole'] as const

function defaultsOf(spec: NodeSpec | MarkSpec): Record<string, unknown> {
  return Object.fromEntries(Object.entries(spec.attrs ?? {}).map(([name, { default: value }]) => [name, value]))
}

function describeNodes(schema: Schema): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema.nodes).map(([name, { spec }]) => [
      name,
      { attributes: defaultsOf(spec), ...Object.fromEntries(nodeParts.map((part) => [part, spec[part] || undefined])) },
    ]),
  )
}

function describeMarks(schema: Schema): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema.marks).map(([name, type]) => [
      name,
      {
        attributes: defaultsOf(type.spec),
        excluded: Object.keys(schema.marks).filter((other) => isExcluded(schema, name, other)),
      },
    ]),
  )
}

function isExcluded(schema: Schema, name: string, other: string): boolean {
  const [type, otherType] = [schema.marks[name], schema.marks[other]]
  return type !== undefined && otherType !== undefined && type.excludes(otherType)
}

test('the editor and the model know the same nodes, with the same attributes, defaults and content', () => {
  expect(describeNodes(getSchema(pageExtensions()))).toEqual(describeNodes(pageSchema))
})

test('the editor and the model know the same marks, in the same order and excluding the same ones', () => {
  const editor = getSchema(pageExtensions())
  expect(describeMarks(editor)).toEqual(describeMarks(pageSchema))
  expect(Object.keys(editor.marks)).toEqual(Object.keys(pageSchema.marks))
})
