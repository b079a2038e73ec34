import { isInlineNode } from '../page-content.ts'
import type { CalloutKind, PageNode } from '../page-content.ts'
import { fileOfAddress } from './safe-url.ts'

/** Lists and quotes may stand this deep inside each other; what is deeper stands one level up. */
export const maxBlockDepth = 30

export function paragraph(content: readonly PageNode[]): PageNode {
  return content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' }
}

/** A heading, or nothing where it has no content. Levels 4 to 6 become 3, the smallest that a page has. */
export function heading(level: number, content: readonly PageNode[]): PageNode[] {
  return content.length > 0 ? [{ type: 'heading', attrs: { level: Math.min(level, 3) }, content }] : []
}

export function codeBlock(text: string, language: string | null): PageNode {
  return {
    type: 'codeBlock',
    ...(language !== null && language !== '' && { attrs: { language } }),
    ...(text !== '' && { content: [{ type: 'text', text }] }),
  }
}

export function blockquote(blocks: readonly PageNode[]): PageNode {
  return { type: 'blockquote', content: blocks.length > 0 ? blocks : [paragraph([])] }
}

export function callout(kind: CalloutKind, blocks: readonly PageNode[]): PageNode {
  return { type: 'callout', attrs: { kind }, content: blocks.length > 0 ? blocks : [paragraph([])] }
}

/** A toggle: what it is called, and what it hides. */
export function details(summary: readonly PageNode[], blocks: readonly PageNode[]): PageNode {
  const named = summary.length > 0 ? { type: 'detailsSummary', content: summary } : { type: 'detailsSummary' }
  const content = blocks.length > 0 ? blocks : [paragraph([])]
  return { type: 'details', content: [named, { type: 'detailsContent', content }] }
}

/** What Markdown writes behind the address of an attachment. */
const attachmentTitle = /^(?:([\w.+-]+\/[\w.+-]+), )?(\d{1,15}) bytes$/

/** Running text as a block: an attachment where it is nothing but a link to a file, else a paragraph. */
export function blockOfInline(content: readonly PageNode[]): PageNode {
  const [only] = content
  const [link, ...more] = only?.marks ?? []
  if (content.length !== 1 || only === undefined || link?.type !== 'link' || more.length > 0) return paragraph(content)
  const { href, title } = link.attrs ?? {}
  const file = typeof href === 'string' ? fileOfAddress(href) : null
  return file === null ? paragraph(content) : attachment(file, only.text ?? '', title)
}

function attachment(file: string, name: string, title: unknown): PageNode {
  const [, type = '', size = '0'] = (typeof title === 'string' ? attachmentTitle.exec(title) : null) ?? []
  return { type: 'attachment', attrs: { file, name, size: Number(size), type } }
}

/** The content of a list's part: it begins with a paragraph, if need be an empty one. */
export function itemContent(blocks: readonly PageNode[]): readonly PageNode[] {
  return blocks[0]?.type === 'paragraph' ? blocks : [paragraph([]), ...blocks]
}

export function listItem(blocks: readonly PageNode[]): PageNode {
  return { type: 'listItem', content: itemContent(blocks) }
}

export function taskItem(checked: boolean, blocks: readonly PageNode[]): PageNode {
  return { type: 'taskItem', attrs: { checked }, content: itemContent(blocks) }
}

/** A cell on its way into a table: one paragraph of running text. */
export interface Cell {
  readonly content: readonly PageNode[]
  readonly align: string | null
}

/**
 * A table with as many cells in each row as in its longest. A heading row in which nothing stands is left out: that is how
 * Markdown, which always wants one, writes a table without. A column has one alignment, the first that a cell in it asks for.
 */
export function table(rows: readonly (readonly Cell[])[], hasHeading: boolean): PageNode[] {
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0)
  if (width === 0) return []
  const isEmptyHeading =
    hasHeading && rows.length > 1 && (rows[0]?.every(({ content }) => content.length === 0) ?? true)
  const kept = isEmptyHeading ? rows.slice(1) : rows
  const aligns = Array.from(
    { length: width },
    (_, column) => rows.find((row) => row[column]?.align)?.[column]?.align ?? null,
  )
  const isHeadingRow = (index: number) => hasHeading && !isEmptyHeading && index === 0
  const content = kept.map((row, index) => tableRow(row, aligns, isHeadingRow(index) ? 'tableHeader' : 'tableCell'))
  return [{ type: 'table', content }]
}

function tableRow(
  cells: readonly Cell[],
  aligns: readonly (string | null)[],
  type: 'tableHeader' | 'tableCell',
): PageNode {
  const content = aligns.map((align, column) => ({
    type,
    attrs: { colspan: 1, rowspan: 1, ...(align !== null && { align }) },
    content: [paragraph(cells[column]?.content ?? [])],
  }))
  return { type: 'tableRow', content }
}

/**
 * Blocks as running text for a cell of a Markdown table, which holds nothing else: each on a line of its own, code as code,
 * parts of lists behind a dash.
 */
export function inlineOfBlocks(blocks: readonly PageNode[]): PageNode[] {
  const lines = blocks.flatMap((block) => linesOf(block))
  return lines.flatMap((line, index) => (index === 0 ? line : [{ type: 'hardBreak' }, ...line]))
}

function linesOf(block: PageNode): PageNode[][] {
  const content = block.content ?? []
  if (block.type === 'codeBlock') return codeLines(content[0]?.text ?? '')
  if (block.type === 'listItem' || block.type === 'taskItem') {
    const lines = content.flatMap((child) => linesOf(child))
    return lines.map((line, index) => (index === 0 ? [{ type: 'text', text: '- ' }, ...line] : line))
  }
  if (block.type === 'tableRow') {
    const cells = content.map((cell) => inlineOfBlocks(cell.content ?? []))
    return [cells.flatMap((cell, index) => (index === 0 ? cell : [{ type: 'text', text: ' ' }, ...cell]))]
  }
  if (block.type === 'attachment') return [[attachmentLink(block)]]
  if (content.some(isInlineNode)) return [[...content]]
  return content.flatMap((child) => linesOf(child))
}

/** An attachment as the link that Markdown has for it. */
export function attachmentLink({ attrs = {} }: PageNode): PageNode {
  const { file, name, size, type } = attrs
  const text = typeof name === 'string' && name.trim() !== '' ? name.replaceAll(/\s+/g, ' ').trim() : 'file'
  const bytes = typeof size === 'number' && Number.isInteger(size) && size > 0 ? `${size} bytes` : ''
  const kind = typeof type === 'string' && /^[\w.+-]+\/[\w.+-]+$/.test(type) ? `${type}, ` : ''
  const title = bytes === '' && kind === '' ? {} : { title: `${kind}${bytes === '' ? '0 bytes' : bytes}` }
  return { type: 'text', text, marks: [{ type: 'link', attrs: { href: `plein:file/${String(file)}`, ...title } }] }
}

function codeLines(text: string): PageNode[][] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => [{ type: 'text', text: line, marks: [{ type: 'code' }] }])
}
