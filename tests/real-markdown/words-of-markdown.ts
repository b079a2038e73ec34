import type { Nodes } from 'mdast'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { wordsOf } from '../../model/search-text.ts'

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter, ['yaml', 'toml'])

/**
 * The words that a reader of the rendered file would see, found without any of the code under test but the folding of words:
 * text, code and descriptions of pictures from the syntax tree, and HTML with its tags cut out.
 */
export function wordsOfMarkdown(markdown: string): string[] {
  return wordsOf(textOf(parser.parse(markdown)))
}

const inline = new Set([
  'text',
  'inlineCode',
  'emphasis',
  'strong',
  'delete',
  'link',
  'linkReference',
  'image',
  'imageReference',
  'html',
  'footnoteReference',
])

function textOf(node: Nodes): string {
  const edge = inline.has(node.type) ? '' : '\n'
  if (node.type === 'html') return ` ${textOfHtml(node.value)} `
  if (node.type === 'yaml') return `\n${node.value.replaceAll(/^(?:title|tags|labels):/gm, '')}\n`
  if (node.type === 'image' || node.type === 'imageReference') return ` ${node.alt ?? ''} `
  if (node.type === 'footnoteReference') return ` ${node.identifier} `
  if ('value' in node) return edge + node.value + edge
  if (!('children' in node)) return edge
  return edge + node.children.map((child) => textOf(child)).join('') + edge
}

/** Tags that are in no list of HTML's, such as `<version>`, are words; descriptions of pictures are seen too. */
function textOfHtml(html: string): string {
  const seen = html
    .replaceAll(/<!--[\s\S]*?(?:-->|$)/g, ' ')
    .replaceAll(/<img\b[^>]*?\balt=(?:"([^"]*)"|'([^']*)')[^>]*>/gi, ' $1$2 ')
    .replaceAll(/<\/?(?:b|i|em|strong|code|kbd|a|sub|sup|span|u|s|del|ins|small|font|tt|samp|abbr)\b[^>]*>/gi, '')
    .replaceAll(/<[^>]*>/g, ' ')
  return seen.replaceAll('&nbsp;', ' ').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
