import * as Y from 'yjs'
import { markOrder, pageSchema } from './page-content.ts'
import type { PageMark, PageNode } from './page-content.ts'
import { markNameOf } from './page-schema-guard.ts'

/** Deeper than any page that a person writes; below it only the words are read, so that a hostile page cannot exhaust the stack. */
const maxDepth = 200

/** An element of a body. */
export type YElement = Y.XmlElement<Record<string, YValue>>
type YNode = YElement | Y.XmlText

/**
 * Writes a body into an empty fragment in the shapes that y-prosemirror writes: adjoining text in one Y.XmlText, defaults
 * included; a node has no nulls, a mark has. The bytes depend on the body and the document's client id alone. Call it inside `transact`.
 */
export function writeBody(fragment: Y.XmlFragment, body: PageNode): void {
  if (fragment.length > 0) throw new Error('A body is written once, into an empty fragment')
  fragment.insert(0, yChildren(body.content ?? []) as Y.XmlElement[])
}

/** Nodes as Yjs types that are in no document yet. */
export function yChildren(nodes: readonly PageNode[]): YNode[] {
  const children: YNode[] = []
  let texts: PageNode[] = []
  const endText = () => {
    if (texts.length > 0) children.push(yText(texts))
    texts = []
  }
  for (const node of nodes) {
    if (node.type === 'text') {
      texts.push(node)
      continue
    }
    endText()
    children.push(yElement(node))
  }
  endText()
  return children
}

function yText(texts: readonly PageNode[]): Y.XmlText {
  const text = new Y.XmlText()
  text.applyDelta(
    texts.map(({ text: insert, marks = [] }) => ({
      insert: insert ?? '',
      attributes: yMarks(marks),
    })),
  )
  return text
}

/** Marks as attributes of a Yjs text. */
export function yMarks(marks: readonly PageMark[]): Record<string, unknown> {
  return Object.fromEntries(
    marks.map(({ type, attrs = {} }) => [type, { ...defaultsOf(markDefaults, type), ...attrs }]),
  )
}

function yElement({ type, attrs = {}, content = [] }: PageNode): YElement {
  const element: YElement = new Y.XmlElement(type)
  for (const [name, value] of Object.entries({ ...defaultsOf(nodeDefaults, type), ...attrs })) {
    if (isYValue(value)) element.setAttribute(name, value)
  }
  element.insert(0, yChildren(content) as Y.XmlElement[])
  return element
}

/** What an attribute of a page may be: text, a number, a claim, or column widths. */
type YValue = string | number | boolean | number[]

function isYValue(value: unknown): value is YValue {
  return ['string', 'number', 'boolean'].includes(typeof value) || Array.isArray(value)
}

type Defaults = ReadonlyMap<string, Readonly<Record<string, unknown>>>

interface TypeWithSpec {
  readonly spec: { readonly attrs?: Readonly<Record<string, { readonly default?: unknown }>> | undefined }
}

function defaultsByName(types: Readonly<Record<string, TypeWithSpec>>): Defaults {
  const entries = Object.entries(types).map(([name, { spec }]) => {
    const values = Object.entries(spec.attrs ?? {}).map(([key, attribute]) => [key, attribute.default] as const)
    return [name, Object.fromEntries(values)] as const
  })
  return new Map(entries)
}

const nodeDefaults = defaultsByName(pageSchema.nodes)
const markDefaults = defaultsByName(pageSchema.marks)

function defaultsOf(defaults: Defaults, type: string): Readonly<Record<string, unknown>> {
  return defaults.get(type) ?? {}
}

/**
 * A body as JSON, whatever it holds: nodes and marks that this app does not know keep their names, and nothing is changed,
 * repaired or deleted. The result follows `pageSchema` only where `findUnknown` finds nothing.
 */
export function readBody(fragment: Y.XmlFragment): PageNode {
  return { type: 'doc', content: readChildren(fragment, 0) }
}

function readChildren(parent: Y.XmlFragment, depth: number): PageNode[] {
  return parent.toArray().flatMap((child: unknown) => {
    if (child instanceof Y.XmlText) return readText(child)
    if (child instanceof Y.XmlElement) return [readElement(child as YElement, depth)]
    return []
  })
}

/** One element as JSON, as `readBody` reads it. */
export function readElement(element: YElement, depth: number): PageNode {
  const content = depth < maxDepth ? readChildren(element, depth + 1) : []
  const attrs = inOrder(element.getAttributes(), Object.keys(defaultsOf(nodeDefaults, element.nodeName)))
  return {
    type: element.nodeName,
    ...(Object.keys(attrs).length > 0 && { attrs }),
    ...(content.length > 0 && { content }),
  }
}

/** The runs of one text as JSON, as `readBody` reads them. */
export function readText(text: Y.XmlText): PageNode[] {
  return readDelta(text.toDelta()).map(({ insert, attributes }) => {
    const marks = readMarks(attributes)
    return { type: 'text', text: insert, ...(marks.length > 0 && { marks }) }
  })
}

function readDelta(delta: unknown): { insert: string; attributes: Record<string, unknown> }[] {
  if (!Array.isArray(delta)) return []
  return delta.flatMap((part: unknown) => {
    if (!isRecord(part) || typeof part['insert'] !== 'string' || part['insert'] === '') return []
    const { attributes } = part
    return [{ insert: part['insert'], attributes: isRecord(attributes) ? attributes : {} }]
  })
}

function readMarks(attributes: Readonly<Record<string, unknown>>): PageMark[] {
  const marks = Object.entries(attributes)
    .filter(([key, value]) => value !== null && key !== 'ychange')
    .map(([key, value]) => {
      const type = markNameOf(key)
      const attrs = inOrder(isRecord(value) ? value : {}, Object.keys(defaultsOf(markDefaults, type)))
      return { type, ...(Object.keys(attrs).length > 0 && { attrs }) }
    })
  return marks.toSorted((a, b) => rankOf(a.type) - rankOf(b.type))
}

function rankOf(mark: string): number {
  const rank = markOrder.indexOf(mark)
  return rank === -1 ? markOrder.length : rank
}

/** Without nulls, and in one order: the keys of a Y.Map stand in different orders on different replicas. */
function inOrder(values: Readonly<Record<string, unknown>>, order: readonly string[]): Record<string, unknown> {
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length)
  const entries = Object.entries(values).filter(
    ([key, value]) => value !== null && value !== undefined && key !== 'ychange',
  )
  return Object.fromEntries(entries.toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1)))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
