import type { PageNode } from './page-content.ts'

export type LineKind = 'paragraph' | 'heading' | 'code' | 'row' | 'rule'
/** What stands before the first line of a list item. */
export type LineMarker = 'none' | 'bullet' | 'number' | 'task' | 'done'

/** A page as lines from top to bottom, each with what it stands in: what a difference is made of and drawn from. */
export interface PageLine {
  readonly kind: LineKind
  /** Of a heading. */
  readonly level: number
  /** How many lists it stands in. */
  readonly depth: number
  readonly marker: LineMarker
  /** Of a numbered item. */
  readonly ordinal: number
  readonly isQuoted: boolean
  /** The text; of a table's row, of each cell. Images and what else has no letters stand in it by name. */
  readonly cells: readonly string[]
  /** How the text is styled, in one word that means nothing: differs where only the style does. */
  readonly style: string
}

interface Place {
  readonly depth: number
  readonly isQuoted: boolean
}

/** Nodes and marks that this app does not know count as what they hold. */
export function linesOf(body: PageNode): readonly PageLine[] {
  const lines: PageLine[] = []
  for (const block of body.content ?? []) addBlock(lines, block, { depth: 0, isQuoted: false })
  return lines
}

function addBlock(lines: PageLine[], node: PageNode, place: Place): void {
  const { type, content = [] } = node
  if (type === 'bulletList' || type === 'orderedList' || type === 'taskList') addList(lines, node, place)
  else if (type === 'table') for (const row of content) lines.push(rowLine(row, place))
  else if (type === 'blockquote') for (const child of content) addBlock(lines, child, { ...place, isQuoted: true })
  else if (isLine(node)) lines.push(textLine(node, place))
  else for (const child of content) addBlock(lines, child, place)
}

function addList(lines: PageLine[], list: PageNode, place: Place): void {
  const first = Number(list.attrs?.['start'] ?? 1)
  for (const [index, item] of (list.content ?? []).entries()) {
    const from = lines.length
    for (const child of item.content ?? []) addBlock(lines, child, { ...place, depth: place.depth + 1 })
    const line = lines[from]
    if (line === undefined) continue
    lines[from] = {
      ...line,
      marker: markerOf(list.type, item),
      ordinal: list.type === 'orderedList' ? first + index : 0,
    }
  }
}

function markerOf(list: string, item: PageNode): LineMarker {
  if (list === 'orderedList') return 'number'
  if (list === 'bulletList') return 'bullet'
  return item.attrs?.['checked'] === true ? 'done' : 'task'
}

/** Holds text, or stands for something by itself. */
function isLine({ content = [] }: PageNode): boolean {
  return content.every(({ type }) => isInline(type))
}

function isInline(type: string): boolean {
  return ['text', 'hardBreak', 'image', 'mention', 'pageLink'].includes(type)
}

const kinds: Readonly<Record<string, LineKind>> = { heading: 'heading', codeBlock: 'code', horizontalRule: 'rule' }

function textLine(node: PageNode, { depth, isQuoted }: Place): PageLine {
  const kind = kinds[node.type] ?? 'paragraph'
  const text = node.content === undefined && !isTextBlock(node.type) ? nameOf(node) : textOf(node)
  return {
    ...{ kind, depth, isQuoted, marker: 'none', ordinal: 0 },
    level: Number(node.attrs?.['level'] ?? 1),
    cells: [text],
    style: styleOf(node),
  }
}

function isTextBlock(type: string): boolean {
  return ['paragraph', 'heading', 'codeBlock', 'horizontalRule'].includes(type)
}

function rowLine(row: PageNode, { depth, isQuoted }: Place): PageLine {
  return {
    ...{ kind: 'row', level: 1, depth, isQuoted, marker: 'none', ordinal: 0 },
    cells: (row.content ?? []).map((cell) => textOf(cell)),
    style: styleOf(row),
  }
}

/** All text below a node; blocks within it on lines of their own. */
export function textOf(node: PageNode): string {
  if (node.type === 'text') return node.text ?? ''
  if (node.type === 'hardBreak') return '\n'
  const { content = [] } = node
  if (content.length === 0) return isTextBlock(node.type) ? '' : nameOf(node)
  return content.map((child) => textOf(child)).join(content.every(({ type }) => isInline(type)) ? '' : '\n')
}

/** What stands for something without letters: an image by its description, anything else by what it calls itself. */
function nameOf({ type, attrs = {} }: PageNode): string {
  const name = [attrs['label'], attrs['alt'], attrs['title'], attrs['name']].find(
    (each) => typeof each === 'string' && each !== '',
  )
  const known = typeof name === 'string' ? name : ''
  if (type === 'mention') return `@${known}`
  if (type === 'image') return `[🖼 ${known}]`
  return known === '' ? '' : `[${known}]`
}

/** Which runs of text carry which marks, and what the node says of itself beside its text. */
function styleOf(node: PageNode): string {
  const runs: string[] = []
  const visit = ({ type, attrs, content = [], marks = [], text }: PageNode) => {
    if (type === 'text') {
      if (marks.length > 0) runs.push(`${text ?? ''} ${JSON.stringify(marks)}`)
      return
    }
    runs.push(`${type} ${JSON.stringify(attrs ?? {})}`)
    for (const child of content) visit(child)
  }
  visit(node)
  return runs.join('\n')
}
