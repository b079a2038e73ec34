import type { PageNode } from '../page-content.ts'

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
  const isInline = content.some(({ type }) => type === 'text' || type === 'image' || type === 'hardBreak')
  if (isInline) return [[...content]]
  return content.flatMap((child) => linesOf(child))
}

function codeLines(text: string): PageNode[][] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => [{ type: 'text', text: line, marks: [{ type: 'code' }] }])
}
