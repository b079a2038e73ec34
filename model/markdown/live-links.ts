import { isId } from '../ids.ts'
import type { PageNode } from '../page-content.ts'

/**
 * Page links and mentions in Markdown and HTML are links with stable addresses. `#~title` tells a page link, whose words are the
 * page's own title, from a link with words of somebody's choice.
 */
const liveAddress = /^plein:(?:(page)\/([a-z2-7]{26})#(?:~|%7[Ee])title|(person)\/([a-z2-7]{26}))$/

/** The address of a page link or a mention; null for other nodes, and for one without an id. */
export function liveAddressOf({ type, attrs = {} }: PageNode): string | null {
  if (type === 'pageLink') return isId(attrs['page']) ? `plein:page/${attrs['page']}#~title` : null
  if (type === 'mention') return isId(attrs['person']) ? `plein:person/${attrs['person']}` : null
  return null
}

/** The words of a page link or a mention where nothing better is known. */
export function liveWordsOf({ type, attrs = {} }: PageNode): string {
  const label = typeof attrs['label'] === 'string' ? oneLine(attrs['label']) : ''
  return type === 'mention' ? `@${label}` : label
}

/**
 * Makes page links and mentions of the texts that are links to their addresses. Texts of one link share one mark object, so that two
 * mentions of one person side by side stay two.
 */
export function withLiveLinks(nodes: readonly PageNode[]): PageNode[] {
  const made: PageNode[] = []
  for (let index = 0; index < nodes.length;) {
    const node = nodes[index] ?? { type: '' }
    const link = node.type === 'text' ? node.marks?.find(({ type }) => type === 'link') : undefined
    const end = link === undefined ? index + 1 : endOfRun(nodes, index, (each) => each.marks?.includes(link) === true)
    const words = nodes.slice(index, end).map(({ text = '' }) => text)
    made.push(...(liveNode(link?.attrs?.['href'], words.join('')) ?? nodes.slice(index, end)))
    index = end
  }
  return made
}

function endOfRun(nodes: readonly PageNode[], start: number, belongs: (node: PageNode) => boolean): number {
  let end = start + 1
  while (end < nodes.length && nodes[end]?.type === 'text' && belongs(nodes[end] ?? { type: '' })) end++
  return end
}

function liveNode(href: unknown, words: string): PageNode[] | null {
  const found = typeof href === 'string' ? liveAddress.exec(href) : null
  if (found === null) return null
  const [, page, pageId, , personId] = found
  if (page !== undefined) return [{ type: 'pageLink', attrs: { page: pageId, label: oneLine(words) } }]
  return [{ type: 'mention', attrs: { person: personId, label: oneLine(words).replace(/^@/, '') } }]
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
