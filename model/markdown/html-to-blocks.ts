import type { PageNode } from '../page-content.ts'
import * as shapes from './block-shapes.ts'
import type { Cell } from './block-shapes.ts'
import { breakingTags, structuralTags } from './html-names.ts'
import { readHtml } from './html-tokens.ts'
import type { HtmlToken } from './html-tokens.ts'
import type { ImportWarnings } from './import-warning.ts'
import { InlineBuilder } from './inline-builder.ts'
import { tidyInline } from './inline-text.ts'
import { gridOf, readSpan } from './table-grid.ts'
import type { Spanning } from './table-grid.ts'

/**
 * A piece of HTML as blocks of a page. Tags that a page has no counterpart for are left out and reported, their words stay.
 * Lists, quotes, tables and preformatted text count only where they are closed within the piece: Markdown cuts HTML at empty
 * lines, and half a table is better read as its words.
 */
export function htmlToBlocks(html: string, warnings: ImportWarnings): PageNode[] {
  const tokens = readHtml(html)
  const builder = new HtmlBuilder(warnings, isBalanced(tokens))
  for (const token of tokens) builder.add(token)
  return builder.finish()
}

const mustClose: ReadonlySet<string> = new Set(['ul', 'ol', 'blockquote', 'pre', 'table'])

/** Whether every list, quote, table and preformatted text in it is closed in it. */
export function isBalanced(tokens: readonly HtmlToken[]): boolean {
  const open: string[] = []
  for (const token of tokens) {
    if (token.kind === 'open' && mustClose.has(token.name)) open.push(token.name)
    if (token.kind === 'close' && mustClose.has(token.name) && open.pop() !== token.name) return false
  }
  return open.length === 0
}

interface Frame {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly blocks: PageNode[]
  /** Finished rows of a table, and finished cells of a row. */
  readonly rows: HtmlCell[][]
  readonly cells: HtmlCell[]
}

interface HtmlCell extends Cell, Spanning {
  readonly isHeading: boolean
}

const emptyCell: HtmlCell = { content: [], align: null, isHeading: false, colspan: 1, rowspan: 1 }

class HtmlBuilder {
  readonly #warnings: ImportWarnings
  readonly #keepsStructure: boolean
  readonly #inline: InlineBuilder
  readonly #root = newFrame('', new Map())
  readonly #frames: Frame[] = [this.#root]
  #headingLevel: number | null = null
  #inSummary = false
  /** Text of the preformatted block that is open. */
  #preformatted: string | null = null
  #preformattedLanguage: string | null = null
  #hiddenDepth = 0

  constructor(warnings: ImportWarnings, keepsStructure: boolean) {
    this.#warnings = warnings
    this.#keepsStructure = keepsStructure
    this.#inline = new InlineBuilder(warnings)
  }

  finish(): PageNode[] {
    this.#endText()
    while (this.#frames.length > 1) this.#closeFrame()
    return this.#root.blocks
  }

  add(token: HtmlToken): void {
    if (this.#preformatted !== null) this.#addPreformatted(token)
    else if (token.kind === 'text' || token.kind === 'comment') this.#inline.html(token, this.#marks())
    else if (token.name === 'svg') this.#addDrawing(token)
    else if (this.#hiddenDepth > 0) return
    else if (/^h[1-6]$/.test(token.name)) this.#addHeading(token)
    else if (token.name === 'hr') this.#addRule(token)
    else if (structuralTags.has(token.name)) this.#addStructure(token)
    else if (breakingTags.has(token.name)) this.#addBreak(token)
    else this.#inline.html(token, this.#marks())
  }

  #marks() {
    return this.#inSummary ? [{ type: 'bold' }] : []
  }

  /** The lines of a drawing are no words; titles and texts inside it are. */
  #addDrawing(token: HtmlToken & { kind: 'open' | 'close' }): void {
    this.#warnings.add('html-tag', 'svg')
    this.#hiddenDepth = Math.max(0, this.#hiddenDepth + (token.kind === 'open' ? 1 : -1))
  }

  #addHeading(token: HtmlToken & { kind: 'open' | 'close' }): void {
    this.#endText()
    this.#headingLevel = token.kind === 'open' ? Number(token.name.slice(1)) : null
  }

  #addRule(token: HtmlToken & { kind: 'open' | 'close' }): void {
    this.#endText()
    if (token.kind === 'open') this.#top().blocks.push({ type: 'horizontalRule' })
  }

  #addBreak(token: HtmlToken & { kind: 'open' | 'close' }): void {
    this.#endText()
    if (token.name === 'summary') this.#inSummary = token.kind === 'open'
  }

  #addPreformatted(token: HtmlToken): void {
    if (token.kind === 'close' && token.name === 'pre') {
      const text = (this.#preformatted ?? '').replace(/^\n/, '').replace(/\n$/, '')
      this.#top().blocks.push(shapes.codeBlock(text, this.#preformattedLanguage))
      this.#preformatted = null
      return
    }
    if (token.kind === 'open' && token.name === 'code') {
      this.#preformattedLanguage =
        /(?:^|\s)lang(?:uage)?-([\w+#-]+)/.exec(token.attributes.get('class') ?? '')?.[1] ?? null
    }
    if (token.kind === 'text') this.#preformatted += token.text
    if (token.kind === 'open' && token.name === 'br') this.#preformatted += '\n'
  }

  #addStructure(token: HtmlToken & { kind: 'open' | 'close' }): void {
    this.#endText()
    if (!this.#keepsStructure) return
    if (token.kind === 'close') this.#closeTag(token.name)
    else if (token.name === 'pre') {
      this.#preformatted = ''
      this.#preformattedLanguage = token.attributes.get('lang') ?? null
    } else this.#openTag(token)
  }

  #openTag({ name, attributes }: HtmlToken & { kind: 'open' }): void {
    if (name === 'li') this.#closeOpen(['li'], ['ul', 'ol'])
    if (name === 'tr') this.#closeOpen(['tr', 'td', 'th'], ['table'])
    if (name === 'td' || name === 'th') this.#closeOpen(['td', 'th'], ['tr', 'table'])
    if (!this.#belongsHere(name)) return
    if (this.#frames.length >= shapes.maxBlockDepth * 2) {
      this.#warnings.add('nesting-flattened', name)
      return
    }
    this.#frames.push(newFrame(name, attributes))
  }

  /** A row outside a table, or a cell outside a row, is only its words. */
  #belongsHere(name: string): boolean {
    const { name: parent } = this.#top()
    if (name === 'li') return parent === 'ul' || parent === 'ol'
    if (name === 'tr') return parent === 'table'
    if (name === 'td' || name === 'th') return parent === 'tr'
    return true
  }

  /** Ends those of `names` that are open inside the nearest of `within`, whose end tags HTML lets people leave out. */
  #closeOpen(names: readonly string[], within: readonly string[]): void {
    const outer = this.#frames.findLastIndex(({ name }) => within.includes(name))
    const first = this.#frames.findIndex(({ name }, index) => index > outer && names.includes(name))
    if (first === -1) return
    while (this.#frames.length > first) this.#closeFrame()
  }

  #closeTag(name: string): void {
    const index = this.#frames.findLastIndex((frame) => frame.name === name)
    if (index <= 0) return
    while (this.#frames.length > index) this.#closeFrame()
  }

  #closeFrame(): void {
    const frame = this.#frames.pop()
    if (frame === undefined || frame === this.#root) return
    const parent = this.#top()
    if (frame.name === 'td' || frame.name === 'th') parent.cells.push(cellOf(frame))
    else if (frame.name === 'tr') parent.rows.push([...frame.cells, ...strayCells(frame.blocks)])
    else parent.blocks.push(...blocksOf(frame))
  }

  #endText(): void {
    const content = this.#inline.take()
    if (content.length === 0) return
    const { blocks } = this.#top()
    if (this.#headingLevel === null) blocks.push(shapes.blockOfInline(content))
    else blocks.push(...shapes.heading(this.#headingLevel, content))
  }

  #top(): Frame {
    return this.#frames.at(-1) ?? this.#root
  }
}

function newFrame(name: string, attributes: ReadonlyMap<string, string>): Frame {
  return { name, attributes, blocks: [], rows: [], cells: [] }
}

function blocksOf(frame: Frame): PageNode[] {
  const { name, blocks, attributes } = frame
  if (name === 'table') return [...blocks, ...tableOf(frame.rows)]
  if (blocks.length === 0) return name === 'li' ? [shapes.listItem([])] : []
  if (name === 'blockquote') return [shapes.blockquote(blocks)]
  if (name === 'li') return [shapes.listItem(blocks)]
  const content = blocks.map((block) => (block.type === 'listItem' ? block : shapes.listItem([block])))
  if (name === 'ul') return [{ type: 'bulletList', content }]
  const start = /^\d{1,9}$/.exec(attributes.get('start') ?? '')?.[0]
  return [{ type: 'orderedList', attrs: { start: start === undefined ? 1 : Number(start) }, content }]
}

function cellOf({ name, attributes, blocks }: Frame): HtmlCell {
  const align = attributes.get('align')?.toLowerCase() ?? ''
  return {
    content: tidyInline(shapes.inlineOfBlocks(blocks)),
    align: ['left', 'center', 'right'].includes(align) ? align : null,
    isHeading: name === 'th',
    colspan: readSpan(attributes.get('colspan')),
    rowspan: readSpan(attributes.get('rowspan')),
  }
}

function strayCells(blocks: readonly PageNode[]): HtmlCell[] {
  if (blocks.length === 0) return []
  const content = tidyInline(shapes.inlineOfBlocks(blocks))
  return [{ ...emptyCell, content }]
}

function tableOf(rows: readonly (readonly HtmlCell[])[]): PageNode[] {
  const hasHeading = rows[0] !== undefined && rows[0].length > 0 && rows[0].every(({ isHeading }) => isHeading)
  return shapes.table(gridOf(rows, emptyCell), hasHeading)
}
