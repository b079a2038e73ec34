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
  return nodes.flatMap((node) => (mayHoldAddress(node) ? linkInText(node, node.text ?? '') : [node]))
}

function mayHoldAddress({ type, text, marks = [] }: PageNode): boolean {
  if (type !== 'text' || marks.some((mark) => mark.type === 'link' || mark.type === 'code')) return false
  return /:\/\/|www\.|@/i.test(text ?? '')
}

function linkInText({ marks = [] }: PageNode, value: string): PageNode[] {
  const root: Root = { type: 'root', children: [{ type: 'paragraph', children: [{ type: 'text', value }] }] }
  for (const transform of transforms) transform(root)
  const [block] = root.children
  if (block?.type !== 'paragraph') return [textNode(value, marks)]
  return block.children.map((child) => {
    const href = child.type === 'link' ? safeLink(child.url) : null
    const own = href === null ? marks : withMark(marks, { type: 'link', attrs: { href } })
    return textNode(wordsOf(child), own)
  })
}

function wordsOf(node: Nodes): string {
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map((child) => wordsOf(child)).join('') : ''
}
