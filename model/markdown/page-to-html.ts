import type { PageMark, PageNode } from '../page-content.ts'
import { calloutKindOf, imageAlignOf } from '../page-content.ts'
import { attachmentLink } from './block-shapes.ts'
import { liveAddressOf, liveWordsOf } from './live-links.ts'
import { safeImage, safeLink } from './safe-url.ts'

const blockTags: Readonly<Record<string, string>> = {
  paragraph: 'p',
  bulletList: 'ul',
  listItem: 'li',
  blockquote: 'blockquote',
  tableRow: 'tr',
  details: 'details',
  detailsSummary: 'summary',
}

const markTags: Readonly<Record<string, string>> = {
  bold: 'strong',
  italic: 'em',
  strike: 's',
  underline: 'u',
  code: 'code',
}

/**
 * A page as HTML for reading elsewhere: an `h1` and its blocks, without a frame around them. Every text is escaped and every
 * address judged again, since what is stored may come from anybody. Unknown content gives its words.
 */
export function pageToHtml({ title, body }: { readonly title: string; readonly body: PageNode }): string {
  const heading = title.trim() === '' ? '' : `<h1>${escapeHtml(title.trim())}</h1>\n`
  return heading + bodyToHtml(body)
}

/** Only the body. */
export function bodyToHtml(body: PageNode): string {
  return (body.content ?? []).map((node) => `${nodeToHtml(node)}\n`).join('')
}

/** Running text in one line of HTML, in the form in which it is read back. */
export function inlineToHtml(nodes: readonly PageNode[]): string {
  return nodes.map((node) => (node.type === 'image' ? bareImage(node.attrs ?? {}) : nodeToHtml(node))).join('')
}

function nodeToHtml(node: PageNode): string {
  const { type, attrs = {} } = node
  const inside = () => (node.content ?? []).map((child) => nodeToHtml(child)).join('')
  switch (type) {
    case 'text':
      return markedText(node)
    case 'hardBreak':
      return '<br>'
    case 'horizontalRule':
      return '<hr>'
    case 'image':
      return imageToHtml(attrs)
    case 'pageLink':
    case 'mention':
      return linked(escapeHtml(liveWordsOf(node)), liveAddressOf(node), null)
    case 'attachment':
      return element('p', '', markedText(attachmentLink(node)))
    case 'callout':
      return element('aside', ` role="note" class="callout ${calloutKindOf(attrs['kind'])}"`, inside())
    case 'heading':
      return element(headingTag(attrs['level']), '', inside())
    case 'orderedList':
      return element('ol', attribute('start', attrs['start'] === 1 ? null : attrs['start']), inside())
    case 'taskList':
      return element('ul', ' class="tasks"', inside())
    case 'taskItem':
      return element(
        'li',
        '',
        `<input type="checkbox" disabled${attrs['checked'] === true ? ' checked' : ''}> ${inside()}`,
      )
    case 'codeBlock':
      return element('pre', '', element('code', languageClass(attrs['language']), inside()))
    case 'table':
      return element('table', '', element('tbody', '', inside()))
    case 'tableHeader':
      return element('th', cellAttributes(attrs), inside())
    case 'tableCell':
      return element('td', cellAttributes(attrs), inside())
    default:
      return element(blockTags[type] ?? 'div', '', inside())
  }
}

function element(tag: string, attributes: string, inside: string): string {
  return `<${tag}${attributes}>${inside}</${tag}>`
}

/** The title is the only `h1`, so headings stand one level lower than in the page. */
function headingTag(level: unknown): string {
  return level === 1 ? 'h2' : level === 2 ? 'h3' : 'h4'
}

function languageClass(language: unknown): string {
  return typeof language === 'string' && language !== ''
    ? attribute('class', `language-${language.replaceAll(/\s/g, '-')}`)
    : ''
}

function cellAttributes(attrs: Readonly<Record<string, unknown>>): string {
  const span = (name: 'colspan' | 'rowspan') => attribute(name, attrs[name] === 1 ? null : attrs[name])
  const { align } = attrs
  const isAlign = align === 'left' || align === 'center' || align === 'right'
  return span('colspan') + span('rowspan') + attribute('align', isAlign ? align : null)
}

/** With its caption below it. */
function imageToHtml(attrs: Readonly<Record<string, unknown>>): string {
  const { caption } = attrs
  const isGiven = typeof caption === 'string' && caption.trim() !== ''
  return bareImage(attrs) + (isGiven ? `<br><small>${escapeHtml(caption)}</small>` : '')
}

function bareImage(attrs: Readonly<Record<string, unknown>>): string {
  const file = attrs['file']
  const address = typeof file === 'string' ? `plein:file/${file}` : attrs['src']
  const src = typeof address === 'string' ? safeImage(address) : null
  if (src === null) return typeof attrs['alt'] === 'string' ? escapeHtml(attrs['alt']) : ''
  const shown = { alt: attrs['alt'], title: attrs['title'], width: attrs['width'], height: attrs['height'] }
  const more = { align: imageAlignOf(attrs['align']), 'data-caption': attrs['caption'] }
  const names = Object.entries({ ...shown, ...more }).map(([name, value]) => attribute(name, value))
  const image = `<img${attribute('src', src)}${names.join('')}>`
  return linked(image, attrs['href'], null)
}

function markedText({ text = '', marks = [] }: PageNode): string {
  return marks.reduceRight((inner, mark) => markToHtml(mark, inner), escapeHtml(text))
}

function markToHtml({ type, attrs = {} }: PageMark, inner: string): string {
  if (type === 'link') return linked(inner, attrs['href'], attrs['title'])
  const tag = markTags[type]
  return tag === undefined ? inner : element(tag, '', inner)
}

function linked(inner: string, href: unknown, title: unknown): string {
  const url = typeof href === 'string' ? safeLink(href) : null
  if (url === null) return inner
  return element('a', `${attribute('href', url)}${attribute('title', title)} rel="noopener noreferrer"`, inner)
}

function attribute(name: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return ''
  return ` ${name}="${escapeHtml(String(value))}"`
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '')
}
