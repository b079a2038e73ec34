import type { BlockContent, ListItem, PhrasingContent, RootContent, TableRow } from 'mdast'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import { calloutKindOf, isInlineNode } from '../page-content.ts'
import type { PageNode } from '../page-content.ts'
import { attachmentLink, inlineOfBlocks } from './block-shapes.ts'
import { inlineToMdast } from './inline-to-mdast.ts'
import { inlineToHtml } from './page-to-html.ts'
import { tidyInline } from './inline-text.ts'
import { gridOf, readSpan } from './table-grid.ts'
import type { Spanning } from './table-grid.ts'

// A line of `_`: one of `-` or `*` makes remark-stringify change the bullets of lists around it, and two lists may become one.
const writer = unified()
  .use(remarkStringify, { bullet: '-', rule: '_', listItemIndent: 'one', fences: true, resourceLink: true })
  .use(remarkGfm, { tablePipeAlign: false })
  .use(remarkFrontmatter, ['yaml'])
  .freeze()

export interface WrittenPage {
  readonly title: string
  readonly labels?: readonly string[]
  readonly body: PageNode
}

/**
 * A page as Markdown: the title as its first heading, labels as front matter. `markdownToPage` reads it back as the same page,
 * except for what Markdown has no form for: empty paragraphs, cells with more than running text, joined cells, column widths.
 * Content that this app does not know is written as its words.
 */
export function pageToMarkdown({ title, labels = [], body }: WrittenPage): string {
  const line = title.replaceAll(/\s+/g, ' ').trim()
  const top: RootContent[] =
    labels.length > 0 ? [{ type: 'yaml', value: `labels: [${labels.map(quote).join(', ')}]` }] : []
  const heading: RootContent[] =
    line === '' ? [] : [{ type: 'heading', depth: 1, children: [{ type: 'text', value: line }] }]
  const children = [...top, ...heading, ...blocksToMdast(body.content ?? [])]
  return children.length === 0 ? '' : writer.stringify({ type: 'root', children })
}

function quote(label: string): string {
  return `'${label.replaceAll(/['\n]/g, ' ')}'`
}

function blocksToMdast(blocks: readonly PageNode[]): BlockContent[] {
  return blocks.flatMap((block) => blockToMdast(block))
}

function blockToMdast(block: PageNode): BlockContent[] {
  const content = block.content ?? []
  switch (block.type) {
    case 'heading':
      return headingToMdast(block)
    case 'bulletList':
    case 'orderedList':
    case 'taskList':
      return listToMdast(block)
    case 'blockquote':
      return [{ type: 'blockquote', children: blocksToMdast(content) }]
    case 'codeBlock':
      return [
        { type: 'code', lang: textOf(block.attrs?.['language']), value: content.map(({ text = '' }) => text).join('') },
      ]
    case 'callout':
      return calloutToMdast(block)
    case 'details':
      return detailsToMdast(content)
    case 'attachment':
      return [{ type: 'paragraph', children: inlineToMdast([attachmentLink(block)], 'paragraph') }]
    case 'horizontalRule':
      return [{ type: 'thematicBreak' }]
    case 'table':
      return tableToMdast(block)
    default:
      return paragraphToMdast(content)
  }
}

/** A paragraph, or a block that this app does not know: its running text, then what stands inside it. */
function paragraphToMdast(content: readonly PageNode[]): BlockContent[] {
  if (content.some(isInlineNode)) {
    const text = content.flatMap((node) => (isInlineNode(node) ? [node] : inlineOfBlocks([node])))
    const children = inlineToMdast(text, 'paragraph')
    return children.length > 0 ? [{ type: 'paragraph', children }] : []
  }
  return blocksToMdast(content)
}

/** GitHub's alerts: a quote whose first line says what it is. */
function calloutToMdast({ attrs = {}, content = [] }: PageNode): BlockContent[] {
  const marker: PhrasingContent = {
    type: 'html',
    value: calloutKindOf(attrs['kind']) === 'warning' ? '[!WARNING]' : '[!NOTE]',
  }
  const [first, ...others] = blocksToMdast(content)
  if (first?.type !== 'paragraph') {
    const rest = first === undefined ? [] : [first, ...others]
    return [{ type: 'blockquote', children: [{ type: 'paragraph', children: [marker] }, ...rest] }]
  }
  const children: PhrasingContent[] = [marker, { type: 'text', value: '\n' }, ...first.children]
  return [{ type: 'blockquote', children: [{ type: 'paragraph', children }, ...others] }]
}

/** A toggle as HTML around its Markdown; what a merge left beside its one heading stands inside it. */
function detailsToMdast(parts: readonly PageNode[]): BlockContent[] {
  const heading = parts.findIndex(({ type }) => type === 'detailsSummary')
  const inside = parts.flatMap((part, index) => {
    if (index === heading) return []
    return part.type === 'detailsSummary' ? [{ ...part, type: 'paragraph' }] : (part.content ?? [])
  })
  const summary = inlineToHtml(tidyInline(parts[heading]?.content ?? []))
  return [
    { type: 'html', value: `<details>\n<summary>${summary}</summary>` },
    ...blocksToMdast(inside),
    { type: 'html', value: '</details>' },
  ]
}

function headingToMdast({ attrs = {}, content = [] }: PageNode): BlockContent[] {
  const children = inlineToMdast(content, 'one-line')
  const depth = attrs['level'] === 1 ? 1 : attrs['level'] === 2 ? 2 : 3
  return children.length > 0 ? [{ type: 'heading', depth, children }] : []
}

function listToMdast({ type, attrs = {}, content = [] }: PageNode): BlockContent[] {
  const children = content.map((item) => itemToMdast(item, type === 'taskList'))
  if (children.length === 0) return []
  const start = typeof attrs['start'] === 'number' ? Math.min(Math.max(Math.trunc(attrs['start']), 0), 999_999_999) : 1
  const ordered = type === 'orderedList'
  return [{ type: 'list', ordered, start: ordered ? start : null, spread: children.some(isSpread), children }]
}

function itemToMdast({ attrs = {}, content = [] }: PageNode, isTask: boolean): ListItem {
  const checked = isTask ? attrs['checked'] === true : null
  const children = blocksToMdast(content)
  const item: ListItem = { type: 'listItem', spread: false, checked, children }
  // Markdown wants text behind a box; a bare box is read back by `markdownToPage`.
  const isBare = isTask && children[0]?.type !== 'paragraph'
  if (isBare) {
    const box: PhrasingContent = { type: 'html', value: checked === true ? '[x]' : '[ ]' }
    item.checked = null
    item.children = [{ type: 'paragraph', children: [box] }, ...children]
  }
  item.spread = isSpread(item)
  return item
}

/** Blocks that would run together without an empty line between them; HTML that has a line to itself reaches to the next one. */
function isSpread({ children }: ListItem): boolean {
  const [first, ...others] = children
  if (others.some(({ type }) => type !== 'list')) return true
  return others.length > 0 && first?.type === 'paragraph' && first.children.every(({ type }) => type === 'html')
}

/** Joined cells leave the places that they reach over empty, so that what stands below keeps its column. */
function tableToMdast({ content = [] }: PageNode): BlockContent[] {
  const rows = gridOf(
    content.map(({ content: cells = [] }) => cells.map((cell) => withSpans(cell))),
    withSpans({ type: 'tableCell' }),
  ).map((row) => row.map(({ cell }) => cell))
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0)
  if (width === 0) return []
  const hasHeading = content[0]?.content?.every(({ type }) => type === 'tableHeader') ?? false
  const children = (hasHeading ? rows : [[], ...rows]).map((row) => rowToMdast(row, width))
  const align = Array.from({ length: width }, (_, column) => alignOf(rows[0]?.[column]))
  return [{ type: 'table', align, children }]
}

function withSpans(cell: PageNode): Spanning & { readonly cell: PageNode } {
  return { cell, colspan: readSpan(cell.attrs?.['colspan']), rowspan: readSpan(cell.attrs?.['rowspan']) }
}

function rowToMdast(cells: readonly PageNode[], width: number): TableRow {
  const padded = Array.from({ length: width }, (_, column) => cells[column]?.content ?? [])
  const children = padded.map((blocks) => {
    const text = inlineToMdast(inlineOfBlocks(blocks), 'one-line')
    return { type: 'tableCell' as const, children: text }
  })
  return { type: 'tableRow', children }
}

function alignOf(cell: PageNode | undefined): 'left' | 'center' | 'right' | null {
  const align = cell?.attrs?.['align']
  return align === 'left' || align === 'center' || align === 'right' ? align : null
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
