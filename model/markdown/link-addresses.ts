import type { Nodes, Root } from 'mdast'
import { gfmAutolinkLiteralFromMarkdown } from 'mdast-util-gfm-autolink-literal'
import type { PageNode } from '../page-content.ts'
import { textNode, withMark } from './inline-text.ts'
import { safeLink } from './safe-url.ts'

const transforms = gfmAutolinkLiteralFromMarkdown().transforms ?? []

/**
 * Makes links of bare web and mail addresses, by GFM's own rule. remark-gfm does it while reading Markdown, escaped addresses
 * included; doing it for every text, HTML's too, is what makes a page come back the same from its own Markdown.
 */
export function linkAddresses(nodes: readonly PageNode[]): PageNode[] {
  return nodes.flatMap((node) => (mayHoldAddress(node) ? linkInText(node, 0) : [node]))
}

function mayHoldAddress({ type, text, marks = [] }: PageNode): boolean {
  if (type !== 'text' || marks.some((mark) => mark.type === 'link' || mark.type === 'code')) return false
  return /:\/\/|www\.|@/i.test(text ?? '')
}

/** What is left between two links is read again, as it will be when the page comes back; hostile text stops here. */
const maxRounds = 4

function linkInText({ marks = [], text: value = '' }: PageNode, round: number): PageNode[] {
  const root: Root = { type: 'root', children: [{ type: 'paragraph', children: [{ type: 'text', value }] }] }
  for (const transform of transforms) transform(root)
  const [block] = root.children
  if (block?.type !== 'paragraph') return [textNode(value, marks)]
  return block.children.flatMap((child) => {
    const href = child.type === 'link' ? safeLink(child.url) : null
    const text = wordsOf(child)
    if (href !== null) return [textNode(text, withMark(marks, { type: 'link', attrs: { href } }))]
    const isWhole = text === value || round === maxRounds
    return isWhole ? [textNode(text, marks)] : linkInText(textNode(text, marks), round + 1)
  })
}

function wordsOf(node: Nodes): string {
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map((child) => wordsOf(child)).join('') : ''
}
