import { decodeUtf8 } from 'lib0/string'
import type { Root } from 'mdast'
import { isInlineNode } from '../page-content.ts'
import type { PageNode } from '../page-content.ts'
import { fail, ok } from '../result.ts'
import type { Result } from '../result.ts'
import { codeBlock, paragraph } from './block-shapes.ts'
import { readFrontMatter } from './front-matter.ts'
import type { FrontMatter } from './front-matter.ts'
import { ImportWarnings } from './import-warning.ts'
import type { ImportWarning } from './import-warning.ts'
import { tidyInline } from './inline-text.ts'
import { liveWordsOf } from './live-links.ts'
import { BlockReader } from './mdast-to-blocks.ts'
import { parseMarkdown } from './parse-markdown.ts'
import { resolveAddresses, type AddressResolver } from './resolve-addresses.ts'

/** One Markdown file as a page. `body` always follows `pageSchema`. */
export interface ImportedPage {
  readonly title: string
  readonly labels: readonly string[]
  /** A node `doc` with at least one block. */
  readonly body: PageNode
  /** What did not come in as it stood in the file. */
  readonly warnings: readonly ImportWarning[]
}

/** `not-text`: NUL bytes, or bytes that are not UTF-8. */
export type ImportRefusal = 'not-text' | 'too-large'

export const maxImportBytes = 5 * 1024 * 1024
const maxTitleCharacters = 200

/** As `markdownToPage`, from the bytes of a file. */
export function bytesToPage(bytes: Uint8Array, fileName: string): Result<ImportedPage, ImportRefusal> {
  if (bytes.length > maxImportBytes) return fail('too-large')
  const text = decodeText(bytes)
  return text === null ? fail('not-text') : ok(markdownToPage(text, fileName))
}

/** The text of a file; null where it is none in UTF-8. */
export function decodeText(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null
  try {
    return decodeUtf8(bytes)
  } catch {
    // lib0 throws a TypeError of the platform's decoder for what is not UTF-8: that is this function's answer.
    return null
  }
}

/**
 * Reads Markdown, whatever it holds; never throws. The title is that of the front matter, else the first heading of the first
 * level, which then leaves the body, else the name of the file without its ending. `resolver` says what the addresses in it mean.
 */
export function markdownToPage(markdown: string, fileName = '', resolver?: AddressResolver): ImportedPage {
  const warnings = new ImportWarnings()
  const text = markdown
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\0', '\uFFFD')
  const tree = parseMarkdown(text)
  if (tree === null) return plainPage(text, fileName, warnings)
  if (resolver !== undefined) resolveAddresses(tree, resolver)
  const frontMatter = takeFrontMatter(tree)
  const blocks = new BlockReader(warnings, text).read(tree.children)
  const { title, rest } = takeTitle(blocks, frontMatter?.title ?? null)
  const kept = frontMatter === null || frontMatter.rest === '' ? [] : [codeBlock(frontMatter.rest, frontMatter.form)]
  const content = [...kept, ...rest]
  return {
    title: title ?? titleOfFile(fileName),
    labels: frontMatter?.labels ?? [],
    body: { type: 'doc', content: content.length > 0 ? content : [paragraph([])] },
    warnings: warnings.list(),
  }
}

/** The complete text as one block of code, where reading it as Markdown would take too long. */
function plainPage(text: string, fileName: string, warnings: ImportWarnings): ImportedPage {
  warnings.add('too-complex', fileName)
  const body = { type: 'doc', content: [codeBlock(text.replace(/\n$/, ''), 'markdown')] }
  return { title: titleOfFile(fileName), labels: [], body, warnings: warnings.list() }
}

function takeFrontMatter(tree: Root): (FrontMatter & { form: 'yaml' | 'toml' }) | null {
  const [first] = tree.children
  // `toml` is a node of remark-frontmatter that mdast's types do not list.
  const form = (first?.type as string | undefined) === 'toml' ? 'toml' : 'yaml'
  if (first === undefined || !('value' in first) || (first.type !== 'yaml' && form !== 'toml')) return null
  tree.children.shift()
  return { ...readFrontMatter(first.value, form), form }
}

function takeTitle(
  blocks: readonly PageNode[],
  given: string | null,
): { title: string | null; rest: readonly PageNode[] } {
  const index = blocks.findIndex(
    (block) => block.type === 'heading' && block.attrs?.['level'] === 1 && headingText(block) !== '',
  )
  const heading = blocks[index]
  const text = heading === undefined ? '' : headingText(heading)
  if (given !== null && given !== text) return { title: shortTitle(given), rest: blocks }
  if (heading === undefined) return { title: given, rest: blocks }
  const title = shortTitle(text)
  // A title is bare words: what is too long for one, and pictures and links, stay in the body, so that nothing is lost.
  if (title !== text) return { title, rest: blocks }
  const kept = (heading.content ?? []).filter(
    (node) => isInlineNode(node) && (node.type !== 'text' || isNamedLink(node)) && node.type !== 'hardBreak',
  )
  const left = kept.length > 0 ? [paragraph(tidyInline(kept))] : []
  return { title, rest: [...blocks.slice(0, index), ...left, ...blocks.slice(index + 1)] }
}

/** A link whose words are not its address anyhow. */
function isNamedLink({ text = '', marks = [] }: PageNode): boolean {
  const href = marks.find(({ type }) => type === 'link')?.attrs?.['href']
  return typeof href === 'string' && ![text, `http://${text}`, `mailto:${text}`].includes(href)
}

function headingText({ content = [] }: PageNode): string {
  const parts = content.map((node) => (node.type === 'text' ? (node.text ?? '') : liveWordsOf(node) || ' '))
  return parts.join('').replaceAll(/\s+/g, ' ').trim()
}

function shortTitle(title: string): string {
  const line = title.replaceAll(/\s+/g, ' ').trim()
  return line.length <= maxTitleCharacters ? line : `${line.slice(0, maxTitleCharacters - 1).trimEnd()}…`
}

/** `docs/werk-instructie.md` is called `werk-instructie`. */
export function titleOfFile(path: string): string {
  const name = path.split(/[/\\]/).findLast((part) => part !== '') ?? ''
  return shortTitle(name.replace(/\.(?:md|markdown|mdown|mkd|txt)$/i, ''))
}
