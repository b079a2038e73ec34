import type { Node } from '@tiptap/pm/model'
import * as Y from 'yjs'
import { quoteMaxLength, type Anchor } from '../../model/act.ts'
import { fromBase64, toBase64 } from '../../model/base64.ts'
import type { PageBinding } from './page-binding.ts'

export interface TextRange {
  readonly from: number
  readonly to: number
}

/** Shorter words stand in many places: finding them again elsewhere would be a guess. */
export const leastQuote = 8
/** Blocks around a place where a quote is looked for first. */
const nearBlocks = 3

/** The anchor of a selection: from its first character to its last, whatever is written beside them later. Null without text. */
export function anchorOf(binding: PageBinding, doc: Node, selected: TextRange): Anchor | null {
  const range = textIn(doc, selected)
  if (range === null) return null
  const from = binding.relativePosition(range.from)
  const last = binding.relativePosition(range.to - 1)
  // The last character itself, seen from behind: what is typed after it does not belong to the quote.
  const to =
    last.item === null
      ? binding.relativePosition(range.to)
      : new Y.RelativePosition(last.type, last.tname, last.item, -1)
  return { from: encode(from), to: encode(to), quote: quoteOf(doc, range) }
}

/** Where the words of an anchor stand now: by their positions, else by the words themselves close by; null where they are gone. */
export function placeOf(binding: PageBinding, doc: Node, anchor: Anchor): TextRange | null {
  const from = absolute(binding, doc, anchor.from)
  const to = absolute(binding, doc, anchor.to)
  if (from !== null && to !== null && from < to && textIn(doc, { from, to }) !== null) return { from, to }
  const near = from ?? to
  return near === null ? null : findQuoteNear(doc, near, anchor.quote)
}

/** Walks the whole page: for idle moments. Null where the words stand nowhere, or in more than one place. */
export function findQuote(doc: Node, quote: string): TextRange | null {
  if (!isFindable(quote)) return null
  const found: TextRange[] = []
  doc.descendants((block, position) => {
    if (!block.isTextblock) return true
    found.push(...findInBlock(block, position, quote))
    return false
  })
  return found.length === 1 ? (found[0] ?? null) : null
}

function findQuoteNear(doc: Node, position: number, quote: string): TextRange | null {
  if (!isFindable(quote)) return null
  const clamped = Math.min(Math.max(position, 0), doc.content.size)
  const index = doc.resolve(clamped).index(0)
  for (let distance = 0; distance <= nearBlocks; distance += 1) {
    for (const place of distance === 0 ? [index] : [index - distance, index + distance]) {
      const found = findInChild(doc, place, quote)
      if (found !== null) return found
    }
  }
  return null
}

function findInChild(doc: Node, index: number, quote: string): TextRange | null {
  const child = doc.maybeChild(index)
  if (child === null) return null
  const start = doc.resolve(0).posAtIndex(index, 0)
  if (child.isTextblock) return findInBlock(child, start, quote)[0] ?? null
  let found: TextRange | null = null
  child.descendants((block, offset) => {
    if (found !== null || !block.isTextblock) return found === null
    found = findInBlock(block, start + 1 + offset, quote)[0] ?? null
    return false
  })
  return found
}

function findInBlock(block: Node, position: number, quote: string): readonly TextRange[] {
  const text = block.textBetween(0, block.content.size, '\n', '\ufffc')
  const at = text.indexOf(quote)
  if (at === -1) return []
  const first = { from: position + 1 + at, to: position + 1 + at + quote.length }
  const again = text.indexOf(quote, at + 1)
  return again === -1 ? [first] : [first, { from: position + 1 + again, to: position + 1 + again + quote.length }]
}

/** Words over several blocks are not looked for: where one block has gone, they are other words. */
function isFindable(quote: string): boolean {
  return quote.length >= leastQuote && quote.length < quoteMaxLength && !quote.includes('\n')
}

/** From the first to the last letter of a range; null where it holds none. */
function textIn(doc: Node, { from, to }: TextRange): TextRange | null {
  let start: number | null = null
  let end = 0
  doc.nodesBetween(from, Math.min(to, doc.content.size), (node, position) => {
    if (!node.isText) return true
    start ??= Math.max(from, position)
    end = Math.min(to, position + node.nodeSize)
    return false
  })
  return start === null || start >= end ? null : { from: start, to: end }
}

function quoteOf(doc: Node, { from, to }: TextRange): string {
  return doc.textBetween(from, to, '\n', '\ufffc').slice(0, quoteMaxLength)
}

function absolute(binding: PageBinding, doc: Node, position: string): number | null {
  try {
    const found = binding.absolutePosition(Y.decodeRelativePosition(fromBase64(position)))
    return found === null ? null : Math.min(Math.max(found, 0), doc.content.size)
  } catch {
    return null // positions come from others: what is none stands nowhere
  }
}

function encode(position: Y.RelativePosition): string {
  return toBase64(Y.encodeRelativePosition(position))
}
