import type { PageNode } from './page-content.ts'

/** A page as an index wants it. */
export interface SearchText {
  readonly title: string
  /** The words of the body, each block on a line of its own. */
  readonly text: string
}

/** Part of a hostile page may be this deep; below it nothing is indexed. */
const maxDepth = 200

/** The words of a page, for the index on a laptop and for the one on the server. Knows no schema, so newer content counts too. */
export function searchText({ title, body }: { readonly title: string; readonly body: PageNode }): SearchText {
  return { title: title.trim(), text: plainText(body) }
}

/** The words of a body: blocks end their line, marks vanish, a picture gives its description, a mention or page link its label. */
export function plainText(body: PageNode): string {
  const parts: string[] = []
  addText(body, parts, 0)
  const lines = parts.join('').split('\n')
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}

function addText(node: PageNode, parts: string[], depth: number): void {
  if (node.type === 'text') parts.push(node.text ?? '')
  else if (node.type === 'hardBreak') parts.push('\n')
  else if (node.type === 'image') parts.push(` ${describe(node)} `)
  else if (node.type === 'pageLink' || node.type === 'mention') parts.push(textOf(node.attrs?.['label']))
  else if (node.type === 'attachment') parts.push(textOf(node.attrs?.['name']), '\n')
  else if (depth < maxDepth) {
    for (const child of node.content ?? []) addText(child, parts, depth + 1)
    parts.push('\n')
  }
}

function describe({ attrs = {} }: PageNode): string {
  return [attrs['alt'], attrs['title'], attrs['caption']].filter((text) => typeof text === 'string').join(' ')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

const word = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu

/** Words in lower case with diacritics folded (`coördinator` becomes `coordinator`), in the order of the text. */
export function wordsOf(text: string): string[] {
  const folded = text
    .normalize('NFD')
    .replaceAll(/\p{Mn}+/gu, '')
    .toLowerCase()
  return folded.match(word) ?? []
}
