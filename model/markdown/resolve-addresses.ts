import type { Nodes, PhrasingContent, Root, Text } from 'mdast'

/** What the addresses in a file mean where it comes in. All answer null where an address stays as it stands. */
export interface AddressResolver {
  address(url: string, use: 'link' | 'image'): string | null
  /** `[[name]]`, with or without a heading behind `#`; an embed is `![[name]]`. */
  wiki(name: string): string | null
}

/** Puts other addresses into the syntax tree of a file, before its links and images become those of a page. */
export function resolveAddresses(tree: Root, resolver: AddressResolver): void {
  const waiting: Nodes[] = [tree]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition') {
      node.url = resolver.address(node.url, node.type === 'image' ? 'image' : 'link') ?? node.url
    } else if (node.type === 'html') node.value = resolveTags(node.value, resolver)
    if (!('children' in node)) continue
    // What is made below has its new address already.
    waiting.push(...node.children.toReversed())
    // Words of a link are no links themselves.
    if (node.type !== 'link' && node.type !== 'linkReference') splitWikiLinks(node, resolver)
  }
}

/** Text stands only where running text may, so what takes its place may too. */
function splitWikiLinks(parent: { children: Nodes[] }, resolver: AddressResolver): void {
  if (!parent.children.some((child) => child.type === 'text' && child.value.includes('[['))) return
  parent.children = parent.children.flatMap((child): Nodes[] =>
    child.type === 'text' ? splitWiki(child, resolver) : [child],
  )
}

const addressAttribute = /(\s(src|href)\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+))/gi

function resolveTags(html: string, resolver: AddressResolver): string {
  return html.replaceAll(/<[a-z][^<>]*>/gi, (tag) =>
    tag.replaceAll(addressAttribute, (whole, start: string, name: string, ...quoted: (string | undefined)[]) => {
      const url = (quoted.slice(0, 3).find((value) => value !== undefined) ?? '').replaceAll('&amp;', '&')
      const resolved = resolver.address(url, name.toLowerCase() === 'src' ? 'image' : 'link')
      return resolved === null ? whole : `${start}"${resolved}"`
    }),
  )
}

/** Names with brackets or over several lines are no wiki links to anybody. */
const wikiLink = /(!?)\[\[([^[\]\n|]+)(?:\|([^[\]\n]*))?\]\]/g

function splitWiki({ value }: Text, resolver: AddressResolver): PhrasingContent[] {
  if (!value.includes('[[')) return [{ type: 'text', value }]
  const parts: PhrasingContent[] = []
  let end = 0
  for (const found of value.matchAll(wikiLink)) {
    const [whole, embed = '', name = '', words = ''] = found
    const url = resolver.wiki(name.trim())
    if (url === null) continue
    if (found.index > end) parts.push({ type: 'text', value: value.slice(end, found.index) })
    parts.push(linkTo(url, { embed, name: name.trim(), words: words.trim() }))
    end = found.index + whole.length
  }
  if (end < value.length || parts.length === 0) parts.push({ type: 'text', value: value.slice(end) })
  return parts
}

function linkTo(
  url: string,
  { embed, name, words }: { readonly embed: string; readonly name: string; readonly words: string },
): PhrasingContent {
  const isPicture = embed === '!' && /\.(?:png|jpe?g|gif|webp|avif|bmp|svg)$/i.test(name)
  // Behind the bar of a picture stands its width.
  if (isPicture) return { type: 'image', url, alt: /^\d+(?:x\d+)?$/.test(words) ? '' : words }
  const shown = words === '' ? (name.split('/').at(-1) ?? name) : words
  return { type: 'link', url, children: [{ type: 'text', value: shown }] }
}
