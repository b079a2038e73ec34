import { Schema } from '@tiptap/pm/model'
import type { MarkSpec, NodeSpec } from '@tiptap/pm/model'
import { currentSchema } from './schema-version.ts'

/** A page as plain JSON. Attributes that are null are left out; marks stand in the order of `markOrder`. */
export interface PageNode {
  readonly type: string
  readonly attrs?: Readonly<Record<string, unknown>>
  readonly content?: readonly PageNode[]
  readonly marks?: readonly PageMark[]
  readonly text?: string
}

export interface PageMark {
  readonly type: string
  readonly attrs?: Readonly<Record<string, unknown>>
}

/** The fragment of a page's Y.Doc that holds its body. */
export const bodyFragmentName = 'body'

/** Raised, in schema-version.ts, whenever a node, mark or attribute is added below, or a content expression is widened. */
export const pageSchemaVersion = currentSchema

/** The lowest schema version that knows each node. A name is never taken away, and never given another meaning. */
export const schemaOfNode: Readonly<Record<string, number>> = {
  doc: 1,
  text: 1,
  paragraph: 1,
  heading: 1,
  bulletList: 1,
  orderedList: 1,
  listItem: 1,
  taskList: 1,
  taskItem: 1,
  table: 1,
  tableRow: 1,
  tableHeader: 1,
  tableCell: 1,
  blockquote: 1,
  codeBlock: 1,
  image: 1,
  horizontalRule: 1,
  hardBreak: 1,
  callout: 2,
  details: 2,
  detailsSummary: 2,
  detailsContent: 2,
  attachment: 2,
  pageLink: 2,
  mention: 2,
}

/** The lowest schema version that knows each mark. */
export const schemaOfMark: Readonly<Record<string, number>> = {
  link: 1,
  bold: 1,
  italic: 1,
  strike: 1,
  underline: 1,
  code: 1,
}

/** Attributes younger than their node or mark, as `image.file`; all others are as old as what carries them. */
export const schemaOfAttribute: Readonly<Record<string, number>> = { 'image.caption': 2, 'image.align': 2 }

/** Nodes that stand in the line, among words. */
const inlineNodes: ReadonlySet<string> = new Set(['text', 'image', 'hardBreak', 'pageLink', 'mention'])

export function isInlineNode({ type }: PageNode): boolean {
  return inlineNodes.has(type)
}

/** What a callout says: something to know, or something to beware of. */
export const calloutKinds = ['note', 'warning'] as const
export type CalloutKind = (typeof calloutKinds)[number]

/** A kind from a document or a file: what is unknown is a note. */
export function calloutKindOf(value: unknown): CalloutKind {
  return value === 'warning' ? 'warning' : 'note'
}

/** Where an image stands in its line; at its start where nothing else is said. */
export const imageAligns = ['center', 'right'] as const
export type ImageAlign = (typeof imageAligns)[number]

export function imageAlignOf(value: unknown): ImageAlign | null {
  return value === 'center' || value === 'right' ? value : null
}

const cellAttributes = {
  colspan: { default: 1 },
  rowspan: { default: 1 },
  colwidth: { default: null },
  align: { default: null },
}

/**
 * Names, attributes with their defaults, and content expressions exactly as Tiptap 3.31.3 makes them from StarterKit,
 * TaskList, TaskItem (nested), TableKit and Image, with five differences that the editor must make too:
 * list items may begin with any block (two people who each remove one of two paragraphs would else leave an item that fits
 * nowhere), links carry no target and rel of their own, code may stand inside links and bold, images stand in the line, and an image
 * has `file` (the SHA-256 of an uploaded file) and `href` (a mark on an image does not survive y-prosemirror 1.3.7).
 *
 * Schema 2: callouts, toggles, attachments, page links, mentions, and `caption` and `align` of an image. A toggle (Tiptap's
 * `details`) may lose its heading or its content to a merge, as a list item its first paragraph. A page link and a mention
 * hold an id, whose title or name is looked up where it is shown, and a `label`: the words of that moment, for where nothing is known.
 */
const nodes: Record<string, NodeSpec> = {
  doc: { content: 'block+' },
  paragraph: { content: 'inline*', group: 'block' },
  text: { group: 'inline' },
  heading: { content: 'inline*', group: 'block', defining: true, attrs: { level: { default: 1 } } },
  bulletList: { content: 'listItem+', group: 'block list' },
  orderedList: {
    content: 'listItem+',
    group: 'block list',
    attrs: { start: { default: 1 }, type: { default: null } },
  },
  listItem: { content: 'block+', defining: true },
  taskList: { content: 'taskItem+', group: 'block list' },
  taskItem: { content: 'block+', defining: true, attrs: { checked: { default: false } } },
  table: { content: 'tableRow+', group: 'block', isolating: true, tableRole: 'table' },
  tableRow: { content: '(tableCell | tableHeader)*', tableRole: 'row' },
  tableHeader: { content: 'block+', isolating: true, attrs: cellAttributes, tableRole: 'header_cell' },
  tableCell: { content: 'block+', isolating: true, attrs: cellAttributes, tableRole: 'cell' },
  blockquote: { content: 'block+', group: 'block', defining: true },
  codeBlock: {
    content: 'text*',
    marks: '',
    group: 'block',
    code: true,
    defining: true,
    attrs: { language: { default: null } },
  },
  image: {
    group: 'inline',
    inline: true,
    draggable: true,
    attrs: {
      src: { default: null },
      alt: { default: null },
      title: { default: null },
      width: { default: null },
      height: { default: null },
      file: { default: null },
      href: { default: null },
      caption: { default: null },
      align: { default: null },
    },
  },
  horizontalRule: { group: 'block' },
  hardBreak: { group: 'inline', inline: true, selectable: false, linebreakReplacement: true },
  callout: { content: 'block+', group: 'block', defining: true, attrs: { kind: { default: 'note' } } },
  details: { content: '(detailsSummary | detailsContent)+', group: 'block', defining: true, isolating: true },
  detailsSummary: { content: 'inline*', defining: true, isolating: true, selectable: false },
  detailsContent: { content: 'block+', defining: true, selectable: false },
  attachment: {
    group: 'block',
    atom: true,
    draggable: true,
    attrs: { file: { default: null }, name: { default: '' }, size: { default: 0 }, type: { default: '' } },
  },
  pageLink: {
    group: 'inline',
    inline: true,
    atom: true,
    attrs: { page: { default: null }, label: { default: '' } },
  },
  mention: {
    group: 'inline',
    inline: true,
    atom: true,
    attrs: { person: { default: null }, label: { default: '' } },
  },
}

const marks: Record<string, MarkSpec> = {
  link: {
    inclusive: true,
    attrs: {
      href: { default: null },
      target: { default: null },
      rel: { default: null },
      class: { default: null },
      title: { default: null },
    },
  },
  bold: {},
  italic: {},
  strike: {},
  underline: {},
  code: { code: true, excludes: 'code' },
}

/** The one schema of a page's body: editor, import, export and search all follow it. */
export const pageSchema = new Schema({ nodes, marks })

/** Marks from the outermost to the innermost. */
export const markOrder: readonly string[] = Object.keys(marks)

/** What one version of the app knows: for each node and mark the attributes it can keep. */
export interface KnownContent {
  readonly nodes: ReadonlyMap<string, ReadonlySet<string>>
  readonly marks: ReadonlyMap<string, ReadonlySet<string>>
}

/** The names and attributes in the specs of a schema, ours or the one that the editor built. */
export function knownContentOf(schema: Schema): KnownContent {
  return { nodes: attributesByName(schema.nodes), marks: attributesByName(schema.marks) }
}

function attributesByName(
  types: Readonly<Record<string, { readonly spec: NodeSpec | MarkSpec }>>,
): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(Object.entries(types).map(([name, { spec }]) => [name, new Set(Object.keys(spec.attrs ?? {}))]))
}

/** What this version of the app knows. */
export const knownContent: KnownContent = knownContentOf(pageSchema)
