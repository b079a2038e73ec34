import { imageAlignOf } from '../page-content.ts'
import type { PageMark, PageNode } from '../page-content.ts'
import { breakingTags, embeddingTags, isHtmlTag, markOfTag, structuralTags, voidTags } from './html-names.ts'
import type { HtmlToken } from './html-tokens.ts'
import type { ImportWarnings } from './import-warning.ts'
import { linkAddresses } from './link-addresses.ts'
import { textNode, tidyInline, withMark } from './inline-text.ts'
import type { Marks } from './inline-text.ts'
import { withLiveLinks } from './live-links.ts'
import { fileOfAddress, safeImage, safeLink } from './safe-url.ts'

/** Gathers running text: of one paragraph, heading or cell. HTML tags may open and close marks between the pieces of Markdown. */
export class InlineBuilder {
  readonly #warnings: ImportWarnings
  readonly #open: { readonly name: string; readonly mark: PageMark | null }[] = []
  #nodes: PageNode[] = []

  constructor(warnings: ImportWarnings) {
    this.#warnings = warnings
  }

  /** The finished text, tidied; begins anew, with the HTML marks that are still open. */
  take(): PageNode[] {
    const nodes = linkAddresses(tidyInline(withLiveLinks(this.#nodes)))
    this.#nodes = []
    return nodes
  }

  text(text: string, marks: Marks): void {
    if (text !== '') this.#nodes.push(textNode(text, this.#withOpen(marks)))
  }

  /** Running text that is finished already. */
  add(nodes: readonly PageNode[]): void {
    this.#nodes.push(...nodes)
  }

  lineBreak(): void {
    this.#nodes.push({ type: 'hardBreak' })
  }

  /** The marks of a link, or none where its address may not be opened. */
  linkMark(url: string, title: string | null): PageMark | null {
    const href = safeLink(url)
    if (href === null) {
      if (url !== '') this.#warnings.add('unsafe-address', url)
      return null
    }
    return { type: 'link', attrs: { href, ...(isGiven(title) && { title: oneLine(title) }) } }
  }

  image(
    image: {
      url: string
      alt: string
      title: string | null
      width?: string
      height?: string
      caption?: string
      align?: string
    },
    marks: Marks,
  ): void {
    const src = safeImage(image.url)
    if (src === null) {
      if (image.url !== '') this.#warnings.add('unsafe-address', image.url)
      this.text(image.alt, marks)
      return
    }
    const file = fileOfAddress(src)
    const href = this.#withOpen(marks).find(({ type }) => type === 'link')?.attrs?.['href']
    const attrs = {
      ...(file === null && { src }),
      ...(image.alt !== '' && { alt: oneLine(image.alt) }),
      ...(isGiven(image.title) && { title: oneLine(image.title) }),
      ...sizeOf('width', image.width),
      ...sizeOf('height', image.height),
      ...(file !== null && { file }),
      ...(href !== undefined && { href }),
      ...lookOf(image),
    }
    this.#nodes.push({ type: 'image', attrs })
  }

  /** One piece of HTML in the line. Text outside Markdown's own has its spaces folded, as a browser does. */
  html(token: HtmlToken, marks: Marks): void {
    if (token.kind === 'text') this.text(token.text.replaceAll(/[ \t\n\r\f]+/g, ' '), marks)
    else if (token.kind === 'comment') this.#warnings.add('html-comment', token.text)
    else if (!isHtmlTag(token.name)) this.text(token.raw, marks)
    else if (token.kind === 'close') this.#close(token.name)
    else this.#openTag(token, marks)
  }

  #openTag({ name, attributes }: HtmlToken & { kind: 'open' }, marks: Marks): void {
    if (name === 'img') this.#htmlImage(attributes, marks)
    else if (embeddingTags.has(name)) this.#embed(name, attributes.get('src') ?? '', marks)
    else if (name === 'br' || name === 'hr' || breakingTags.has(name) || structuralTags.has(name)) this.lineBreak()
    else if (name === 'a') this.#openLink(attributes)
    else if (!voidTags.has(name)) this.#openMark(name)
  }

  #openMark(name: string): void {
    const mark = markOfTag(name)
    if (mark === null && name !== 'span') this.#warnings.add('html-tag', name)
    this.#open.push({ name, mark })
  }

  #openLink(attributes: ReadonlyMap<string, string>): void {
    const mark = this.linkMark(attributes.get('href') ?? '', attributes.get('title') ?? null)
    this.#open.push({ name: 'a', mark })
  }

  #close(name: string): void {
    if (breakingTags.has(name) || structuralTags.has(name)) {
      this.lineBreak()
      return
    }
    const index = this.#open.findLastIndex((open) => open.name === name)
    if (index !== -1) this.#open.splice(index, 1)
  }

  #htmlImage(attributes: ReadonlyMap<string, string>, marks: Marks): void {
    const url = attributes.get('src') ?? attributes.get('data-src') ?? ''
    const title = attributes.get('title') ?? null
    const width = attributes.get('width') ?? ''
    const height = attributes.get('height') ?? ''
    const caption = attributes.get('data-caption') ?? ''
    const align = attributes.get('align') ?? ''
    this.image({ url, alt: attributes.get('alt') ?? '', title, width, height, caption, align }, marks)
  }

  #embed(name: string, url: string, marks: Marks): void {
    this.#warnings.add('html-tag', name)
    const link = this.linkMark(url, null)
    if (link !== null) this.text(url, withMark(marks, link))
  }

  #withOpen(marks: Marks): Marks {
    return this.#open.reduce((all, { mark }) => (mark === null ? all : withMark(all, mark)), marks)
  }
}

function isGiven(text: string | null): text is string {
  return text !== null && text.trim() !== ''
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function lookOf({ caption = '', align = '' }: { caption?: string; align?: string }): Record<string, string> {
  const place = imageAlignOf(align.toLowerCase())
  return { ...(isGiven(caption) && { caption: oneLine(caption) }), ...(place !== null && { align: place }) }
}

/** Sizes in pixels come in; shares of a page's width do not fit another page. */
function sizeOf(name: 'width' | 'height', value: string | undefined): Record<string, number> {
  const pixels = /^(\d{1,4})(?:px)?$/.exec(value?.trim() ?? '')?.[1]
  return pixels === undefined || Number(pixels) === 0 ? {} : { [name]: Number(pixels) }
}
