import type { Html, PhrasingContent } from 'mdast'
import { imageAlignOf, markOrder } from '../page-content.ts'
import type { PageMark, PageNode } from '../page-content.ts'
import { hasMark, tidyInline } from './inline-text.ts'
import { liveAddressOf, liveWordsOf } from './live-links.ts'
import { safeImage, safeLink } from './safe-url.ts'

/** Where running text stands: a heading and a cell have one line, so that a break in them is written as `<br>`. */
export type InlinePlace = 'paragraph' | 'one-line'

/** Running text as Markdown. What Markdown cannot say unambiguously with `*` and `~~` is written as HTML. */
export function inlineToMdast(nodes: readonly PageNode[], place: InlinePlace): PhrasingContent[] {
  const writer = new InlineTree(place)
  return writer.group(tidyInline(nodes), [], { before: '', after: '' })
}

/** The characters that stand next to a piece of text; empty at the edge of a block. */
interface Around {
  readonly before: string
  readonly after: string
}

const delimiters: Readonly<Record<string, string>> = { bold: '*', italic: '*', strike: '~' }
const htmlNames: Readonly<Record<string, string>> = { bold: 'b', italic: 'i', strike: 's', underline: 'u' }

class InlineTree {
  readonly #place: InlinePlace

  constructor(place: InlinePlace) {
    this.#place = place
  }

  /** Puts text with common marks under one node, the mark that reaches furthest outermost. `done` are the marks around it. */
  group(nodes: readonly PageNode[], done: readonly PageMark[], around: Around): PhrasingContent[] {
    const children: PhrasingContent[] = []
    let before = around.before
    for (let index = 0; index < nodes.length;) {
      const { mark, end } = furthestMark(nodes, index, done)
      const part = nodes.slice(index, end)
      const after = end < nodes.length ? edgeOf(nodes[end], 'first', done) : around.after
      const made = mark === null ? this.#leaf(part, nodes[end]) : this.#marked(part, mark, done, { before, after })
      children.push(...made)
      before = lastCharacter(made)
      index = end
    }
    return children
  }

  #leaf([node]: readonly PageNode[], next: PageNode | undefined): PhrasingContent[] {
    if (node === undefined) return []
    if (node.type === 'hardBreak') return [this.#lineBreak(next)]
    if (node.type === 'image') return imageToMdast(node)
    if (node.type !== 'text') return liveToMdast(node)
    const value = node.text ?? ''
    const isCode = node.marks?.some(({ type }) => type === 'code') ?? false
    if (!isCode) return [{ type: 'text', value }]
    // In a cell, GFM takes the backslash before a bar for its own, even inside code.
    if (this.#place === 'one-line' && value.includes('\\|')) {
      return [html('<code>'), { type: 'text', value }, html('</code>')]
    }
    return [{ type: 'inlineCode', value }]
  }

  #lineBreak(next: PageNode | undefined): PhrasingContent {
    const isPlain = this.#place === 'paragraph' && next?.type === 'text'
    return isPlain ? { type: 'break' } : { type: 'html', value: '<br>' }
  }

  #marked(part: readonly PageNode[], mark: PageMark, done: readonly PageMark[], around: Around): PhrasingContent[] {
    const inside = [...done, mark]
    if (mark.type === 'link') return this.#link(part, mark, inside)
    const name = htmlNames[mark.type]
    if (name === undefined) return this.group(part, inside, around)
    if (!canDelimit(part, mark, inside, around)) {
      return [html(`<${name}>`), ...this.group(part, inside, { before: '>', after: '<' }), html(`</${name}>`)]
    }
    const children = this.group(part, inside, {
      before: delimiters[mark.type] ?? '',
      after: delimiters[mark.type] ?? '',
    })
    if (mark.type === 'bold') return [{ type: 'strong', children }]
    return [mark.type === 'italic' ? { type: 'emphasis', children } : { type: 'delete', children }]
  }

  #link(part: readonly PageNode[], mark: PageMark, inside: readonly PageMark[]): PhrasingContent[] {
    const { href, title } = mark.attrs ?? {}
    const url = typeof href === 'string' ? safeLink(href) : null
    const children = this.group(part, inside, { before: '[', after: ']' })
    if (url === null) return children
    const [only] = children
    const isBare = children.length === 1 && only?.type === 'text' && only.value === url && plainAddress.test(url)
    if (isBare && typeof title !== 'string') return [html(`<${url}>`)]
    // Children of a link hold no link: a text carries one link mark at most.
    return [{ type: 'link', url, title: typeof title === 'string' ? title : null, children }]
  }
}

/** An address that may stand between `<` and `>` and surely reads back as itself. */
const plainAddress = /^https?:\/\/[\w.-]+(?:[/?#][\w./?&=%#~+:,@-]*)?$/

/** The mark of the text at `start`, not yet written, that reaches over the most pieces; one piece and null where none is left. */
function furthestMark(
  nodes: readonly PageNode[],
  start: number,
  done: readonly PageMark[],
): { mark: PageMark | null; end: number } {
  let found: { mark: PageMark | null; end: number } = { mark: null, end: start + 1 }
  const own = nodes[start]?.marks ?? []
  for (const type of markOrder) {
    const mark = own.find((each) => each.type === type)
    if (mark === undefined || type === 'code' || done.some((each) => each.type === type)) continue
    let end = start + 1
    while (end < nodes.length && hasMark(nodes[end] ?? { type: '' }, mark)) end++
    if (found.mark === null || end > found.end) found = { mark, end }
  }
  return found
}

const space = /^\s$/
const punctuation = /^[\p{P}\p{S}]$/u

/**
 * Whether `*` or `~~` around this text will be read again as what it means: CommonMark looks at the characters on both sides,
 * and two runs of the same character that touch become one.
 */
function canDelimit(part: readonly PageNode[], mark: PageMark, inside: readonly PageMark[], around: Around): boolean {
  const delimiter = delimiters[mark.type]
  if (delimiter === undefined) return false
  const first = edgeOf(part[0], 'first', inside)
  const last = edgeOf(part.at(-1), 'last', inside)
  return flanks(first, around.before, delimiter) && flanks(last, around.after, delimiter)
}

function flanks(inner: string, outer: string, delimiter: string): boolean {
  if (inner === '' || space.test(inner)) return false
  const isNested = outer === delimiter || inner === delimiter
  if (isNested) return false
  return !punctuation.test(inner) || outer === '' || space.test(outer) || punctuation.test(outer)
}

/** The first or last character that a piece will be written with, marks included that are not in `done`. */
function edgeOf(node: PageNode | undefined, side: 'first' | 'last', done: readonly PageMark[]): string {
  if (node === undefined) return ''
  if (node.type === 'hardBreak') return side === 'first' ? '\\' : ' '
  if (node.type === 'image') return side === 'first' ? '!' : ')'
  if (node.type !== 'text') return side === 'first' ? '[' : ')'
  const open = (node.marks ?? []).filter(({ type }) => !done.some((each) => each.type === type))
  const outermost = open[0]
  if (outermost !== undefined) return edgeOfMark(outermost, side)
  const characters = [...(node.text ?? '')]
  return (side === 'first' ? characters[0] : characters.at(-1)) ?? ''
}

function edgeOfMark({ type }: PageMark, side: 'first' | 'last'): string {
  if (type === 'code') return '`'
  if (type === 'link') return side === 'first' ? '[' : ')'
  if (type === 'underline') return side === 'first' ? '<' : '>'
  return delimiters[type] ?? ''
}

function lastCharacter(nodes: readonly PhrasingContent[]): string {
  const last = nodes.at(-1)
  if (last === undefined) return ''
  if (last.type === 'text') return [...last.value].at(-1) ?? ''
  if (last.type === 'strong' || last.type === 'emphasis') return '*'
  if (last.type === 'delete') return '~'
  if (last.type === 'inlineCode') return '`'
  if (last.type === 'break') return ' '
  return last.type === 'html' ? '>' : ')'
}

function html(value: string): Html {
  return { type: 'html', value }
}

/** A page link or a mention; without an id only its words. */
function liveToMdast(node: PageNode): PhrasingContent[] {
  const url = liveAddressOf(node)
  const value = liveWordsOf(node) || '…'
  return url === null
    ? [{ type: 'text', value }]
    : [{ type: 'link', url, title: null, children: [{ type: 'text', value }] }]
}

function imageToMdast({ attrs = {} }: PageNode): PhrasingContent[] {
  const text = (name: string) => (typeof attrs[name] === 'string' ? attrs[name] : '')
  const url = text('file') !== '' ? `plein:file/${text('file')}` : safeImage(text('src'))
  if (url === null) return text('alt') === '' ? [] : [{ type: 'text', value: text('alt') }]
  const image = sizedImage(attrs, url) ?? { type: 'image', url, alt: text('alt'), title: text('title') || null }
  const href = text('href') === '' ? null : safeLink(text('href'))
  return href === null ? [image] : [{ type: 'link', url: href, title: null, children: [image] as never }]
}

/** Markdown's own pictures have no size, place or caption. */
function sizedImage(attrs: Readonly<Record<string, unknown>>, url: string): Html | null {
  const caption = typeof attrs['caption'] === 'string' && attrs['caption'].trim() !== '' ? attrs['caption'] : null
  const align = imageAlignOf(attrs['align'])
  const isSized = typeof attrs['width'] === 'number' || typeof attrs['height'] === 'number'
  if (!isSized && caption === null && align === null) return null
  const shown = Object.entries({
    src: url,
    alt: attrs['alt'],
    title: attrs['title'],
    width: attrs['width'],
    height: attrs['height'],
    align,
    'data-caption': caption,
  })
  const written = shown.filter(([, value]) => typeof value === 'string' || typeof value === 'number')
  return html(`<img ${written.map(([name, value]) => `${name}="${escapeAttribute(String(value))}"`).join(' ')}>`)
}

/** Also what would end a cell of a table or a line. */
function escapeAttribute(value: string): string {
  return value.replaceAll(/[&<>"|\\`*_[\]~\n]/g, (character) => `&#${character.codePointAt(0) ?? 32};`)
}
