import { checksum } from '../checksum.ts'
import { encodeUtf8 } from 'lib0/string'
import type { PageKind } from '../kinds.ts'
import type { PageNode } from '../page-content.ts'
import { cleanTitle } from '../page.ts'
import { codeBlock, table } from './block-shapes.ts'
import { readFrontMatter } from './front-matter.ts'
import { readExactBody } from './exact-body.ts'
import type { ImportIndex, Target } from './import-index.ts'
import { ImportWarnings, type ImportWarning } from './import-warning.ts'
import { markdownToPage } from './markdown-to-page.ts'
import { readOwnFrontMatter, splitFrontMatter, type PageFrontMatter } from './page-front-matter.ts'
import type { AddressResolver } from './resolve-addresses.ts'
import { safeImage } from './safe-url.ts'

/** Where pages and files of an import have their new addresses; null for what did not come in. */
export interface NewAddresses {
  /** By the path of a Markdown file or a folder. */
  page(path: string): string | null
  /** By the path of a file: its SHA-256. */
  file(path: string): string | null
  /** By the id that a page had where it was exported. */
  pageById(id: string): string | null
  /** By the SHA-256 that a file had where it was exported. */
  fileByHash(hash: string): string | null
}

/** One Markdown file on its way in. */
export interface ReadPage {
  readonly title: string
  readonly icon: string | null
  readonly labels: readonly string[]
  readonly kind: PageKind | null
  readonly order: number | null
  /** Its id where it was exported. */
  readonly exportedId: string | null
  readonly body: PageNode
  readonly warnings: readonly ImportWarning[]
  readonly links: number
  readonly images: number
  /** Files in the folder that it shows or links to. */
  readonly files: readonly string[]
}

export interface PageText {
  readonly path: string
  readonly text: string
  /** The page word for word, from beside the Markdown of an export; null where there is none. */
  readonly exact: string | null
}

/** The id under which an exported page says that its exact form may lie beside it; null for Markdown of other makers. */
export function exportedIdOf(text: string): string | null {
  const { front } = splitFrontMatter(text)
  return front === null ? null : (readOwnFrontMatter(front)?.page.id ?? null)
}

/** Reads a Markdown file as a page of the organisation that it comes into. Never throws, whatever it holds. */
export function readImportPage(file: PageText, index: ImportIndex, addresses: NewAddresses): ReadPage {
  const { front, text } = splitFrontMatter(file.text)
  const own = front === null ? null : readOwnFrontMatter(front)
  const links = new LinkCounter(file.path, index, addresses)
  const read = own === null ? readForeign(file, front, links) : readOwn(file, text, own, links)
  const exact = file.exact === null ? null : readExactBody(file.exact, markdownChecksum(text), addresses)
  if (exact !== null) for (const hash of exact.files) links.addExactFile(hash)
  const body = exact?.body ?? settleImages(read.body, links)
  return {
    ...read,
    body,
    warnings: [...(exact === null ? read.warnings : []), ...links.warnings.list()],
    links: links.links,
    images: exact?.images ?? links.images,
    files: [...links.files],
  }
}

/** What an exact body is true of: a Markdown text that somebody has edited since is what counts. */
export function markdownChecksum(text: string): number {
  return checksum(encodeUtf8(text.trim()))
}

type Read = Pick<ReadPage, 'title' | 'icon' | 'labels' | 'kind' | 'order' | 'exportedId' | 'body' | 'warnings'>

function readOwn(
  { path }: PageText,
  text: string,
  { page, rest }: { readonly page: PageFrontMatter; readonly rest: string },
  links: AddressResolver,
): Read {
  const given = cleanTitle(page.title ?? '')
  // A page without a title begins with its text: a heading there is no title.
  const read = markdownToPage(given === '' ? `# ${noTitle}\n\n${text}` : text, path, links)
  const isEdited = given !== '' && text.trimStart().startsWith('# ') && !isSameTitle(given, read.title)
  return {
    title: isEdited ? read.title : given,
    icon: page.icon,
    labels: page.labels,
    kind: page.kind,
    order: page.order,
    exportedId: page.id,
    body: withProperties(read.body, rest),
    warnings: read.warnings,
  }
}

const noTitle = 'title4680'

/** A heading has single spaces, and one that is too long for a title was cut off when it was read. */
function isSameTitle(given: string, read: string): boolean {
  const line = given.replaceAll(/\s+/g, ' ').trim()
  return line === read || (read.endsWith('…') && line.startsWith(read.slice(0, -1)))
}

function readForeign({ path, text }: PageText, front: string | null, links: AddressResolver): Read {
  const read = markdownToPage(text, path, links)
  const rest = front === null ? '' : readFrontMatter(front, 'yaml').rest
  const { icon, left } = takeIcon(rest)
  const [first, ...others] = read.body.content ?? []
  const isKept = rest !== '' && first?.type === 'codeBlock' && first.content?.[0]?.text === rest
  const body = isKept ? withProperties({ ...read.body, content: others }, left) : read.body
  return {
    title: read.title,
    icon: isKept ? icon : null,
    labels: read.labels,
    kind: null,
    order: null,
    exportedId: null,
    body,
    warnings: read.warnings,
  }
}

/** A pictograph, or a name of one of our drawings. */
function takeIcon(front: string): { readonly icon: string | null; readonly left: string } {
  const found =
    /^icon:[ \t]*["']?(\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0F\u200D\p{Extended_Pictographic}]*|[a-z]{2,20})["']?[ \t]*$/mu.exec(
      front,
    )
  if (found === null) return { icon: null, left: front }
  return { icon: found[1] ?? null, left: front.replace(`${found[0]}\n`, '').replace(found[0], '').trim() }
}

/** What front matter says beyond what a page knows: a table of two columns on top, or the text itself where it is no simple list. */
function withProperties(body: PageNode, front: string): PageNode {
  if (front === '') return body.content?.length === 0 ? { ...body, content: [{ type: 'paragraph' }] } : body
  const rows = front.split('\n').map((line) => /^([\w.-]+)[ \t]*:[ \t]+(\S.*)$/.exec(line))
  const isSimple = rows.every((row) => row !== null && !/^[|>&*!{]/.test(row[2] ?? ''))
  const cell = (text: string) => ({ content: [{ type: 'text', text }], align: null })
  const blocks = isSimple
    ? table(
        rows.map((row) => [cell(row?.[1] ?? ''), cell(unquoted(row?.[2] ?? ''))]),
        false,
      )
    : [codeBlock(front, 'yaml')]
  return { ...body, content: [...blocks, ...(body.content ?? [])] }
}

function unquoted(value: string): string {
  const list = /^\[(.+)\]$/.exec(value)?.[1]
  if (list !== undefined)
    return list
      .split(',')
      .map((part) => unquoted(part.trim()))
      .join(', ')
  return /^(["'])(.+)\1$/.exec(value)?.[2] ?? value.trim()
}

/**
 * An image from the web becomes a link: a page never loads anything from elsewhere. One that is not in the folder becomes its
 * words. Both are named.
 */
function settleImages(node: PageNode, links: LinkCounter): PageNode {
  if (node.content === undefined) return node
  return {
    ...node,
    content: node.content.map((child) =>
      child.type === 'image' ? settleImage(child, links) : settleImages(child, links),
    ),
  }
}

function settleImage(node: PageNode, links: LinkCounter): PageNode {
  const { src, alt, href } = node.attrs ?? {}
  if (typeof src !== 'string' || src.startsWith('data:')) {
    links.images += 1
    return node
  }
  const words = typeof alt === 'string' && alt !== '' ? alt : src
  const isRemote = /^https?:/i.test(src) && safeImage(src) !== null
  links.warnings.add(isRemote ? 'remote-image' : 'image-missing', src)
  const target = typeof href === 'string' ? href : isRemote ? src : null
  if (target === null) return { type: 'text', text: words }
  return { type: 'text', text: words, marks: [{ type: 'link', attrs: { href: target } }] }
}

/** Finds the new addresses for one file, and keeps count. */
class LinkCounter implements AddressResolver {
  readonly warnings = new ImportWarnings()
  readonly files = new Set<string>()
  links = 0
  images = 0
  readonly #from: string
  readonly #index: ImportIndex
  readonly #addresses: NewAddresses

  constructor(from: string, index: ImportIndex, addresses: NewAddresses) {
    this.#from = from
    this.#index = index
    this.#addresses = addresses
  }

  /** A file of an exact body, by the hash that it had where it was exported. */
  addExactFile(hash: string): void {
    const path = this.#index.pathOfHash(hash)
    if (path === undefined) this.warnings.add('link-outside', `plein:file/${hash}`)
    else this.files.add(path)
  }

  address(url: string, use: 'link' | 'image'): string | null {
    const exported = /^plein:(page|file)\/([a-z0-9]+)((?:#.*)?)$/.exec(url)
    if (exported !== null) return this.#exported(exported)
    const target = this.#index.find(url, this.#from)
    return this.#addressOf(target, url, use)
  }

  wiki(name: string): string | null {
    return this.#addressOf(this.#index.findByName(name, this.#from), `[[${name}]]`, 'link')
  }

  #addressOf(target: Target, shown: string, use: 'link' | 'image'): string | null {
    if (target.kind === 'elsewhere') return null
    const anchor = target.kind === 'page' && target.anchor !== '' ? `#${encodeURIComponent(target.anchor)}` : ''
    const address = this.#newAddress(target)
    if (address !== null) {
      if (use === 'link') this.links += 1
      return address + anchor
    }
    // An image that is missing is named when it is known to be shown at all.
    if (use === 'link') this.warnings.add('link-outside', shown)
    return null
  }

  #newAddress(target: Target): string | null {
    if (target.kind === 'page') {
      const id = this.#addresses.page(target.path)
      return id === null ? null : `plein:page/${id}`
    }
    if (target.kind !== 'file') return null
    this.files.add(target.path)
    const hash = this.#addresses.file(target.path)
    return hash === null ? null : `plein:file/${hash}`
  }

  #exported([whole, kind, name = '', anchor = '']: RegExpExecArray): string | null {
    const found = kind === 'page' ? this.#addresses.pageById(name) : this.#addresses.fileByHash(name)
    if (found === null) this.warnings.add('link-outside', whole)
    else this.links += 1
    return found === null ? null : `plein:${kind}/${found}${anchor}`
  }
}
