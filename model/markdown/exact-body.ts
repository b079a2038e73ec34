import { pageSchema } from '../page-content.ts'
import type { PageNode } from '../page-content.ts'
import { isId, parseFileHash } from '../ids.ts'
import { safeImage, safeLink } from './safe-url.ts'

/** Deeper than any page that a person writes. */
const maxDepth = 200

interface ExactAddresses {
  pageById(id: string): string | null
  fileByHash(hash: string): string | null
}

export interface ExactBody {
  readonly body: PageNode
  /** SHA-256 of the files in it, as they were called where it was exported. */
  readonly files: readonly string[]
  readonly images: number
}

/** A page's body word for word, for what Markdown has no form for; true of the Markdown with this checksum alone. */
export function writeExactBody(body: PageNode, markdownChecksum: number): string {
  return JSON.stringify({ plein: 1, markdown: markdownChecksum, body })
}

/**
 * Reads an exact body with the addresses of where it comes in. Null where it is of another text, or not a page that this
 * app knows: the Markdown then counts. It came from a file that anybody may have written.
 */
export function readExactBody(text: string, markdownChecksum: number, addresses: ExactAddresses): ExactBody | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Reflect.get(value, 'markdown') !== markdownChecksum) return null
    const reader = new ExactReader(addresses)
    const body = reader.node(Reflect.get(value, 'body'), 0)
    if (body === null || body.type !== 'doc') return null
    pageSchema.nodeFromJSON(body).check()
    return { body, files: [...reader.files], images: reader.images }
  } catch {
    // No JSON, or a body of another app: the Markdown beside it says the same in its own words.
    return null
  }
}

class ExactReader {
  readonly files = new Set<string>()
  images = 0
  readonly #addresses: ExactAddresses

  constructor(addresses: ExactAddresses) {
    this.#addresses = addresses
  }

  node(value: unknown, depth: number): PageNode | null {
    if (depth > maxDepth || typeof value !== 'object' || value === null) return null
    const type: unknown = Reflect.get(value, 'type')
    const [attrs, content, marks, text] = ['attrs', 'content', 'marks', 'text'].map((name): unknown =>
      Reflect.get(value, name),
    )
    if (typeof type !== 'string') return null
    if (type === 'image') this.images += 1
    return {
      type,
      ...(isRecord(attrs) && { attrs: this.#attributes(attrs, type) }),
      ...(Array.isArray(content) && { content: this.#nodes(content, depth) }),
      ...(Array.isArray(marks) && { marks: marks.flatMap((mark) => this.#mark(mark)) }),
      ...(typeof text === 'string' && { text }),
    }
  }

  #nodes(content: readonly unknown[], depth: number): PageNode[] {
    return content.flatMap((child) => this.node(child, depth + 1) ?? [])
  }

  #mark(value: unknown): { type: string; attrs?: Record<string, unknown> }[] {
    if (!isRecord(value) || typeof value['type'] !== 'string') return []
    const { type, attrs } = value
    if (!isRecord(attrs)) return [{ type }]
    const known = this.#attributes(attrs, type)
    // A link without an address that may be opened is its words.
    return type === 'link' && typeof known['href'] !== 'string' ? [] : [{ type, attrs: known }]
  }

  #attributes(attrs: Readonly<Record<string, unknown>>, type: string): Record<string, unknown> {
    const entries = Object.entries(attrs).flatMap(([name, value]) => {
      const known = typeof value === 'string' ? this.#text(name, value, type) : value
      return known === null ? [] : [[name, known] as const]
    })
    return Object.fromEntries(entries)
  }

  #text(name: string, value: string, type: string): string | null {
    const exported = /^plein:(page|file)\/([a-z0-9]+)((?:#.*)?)$/.exec(value)
    if (exported !== null) {
      const [, kind, id = '', anchor = ''] = exported
      return `plein:${kind}/${this.#newName(id) ?? id}${anchor}`
    }
    if (name === 'href') return safeLink(value)
    if (name === 'src') return type === 'image' ? safeImage(value) : safeLink(value)
    return this.#newName(value) ?? value
  }

  /** Whatever an attribute is called: an id of a page that comes in with it, and a hash of a file. */
  #newName(value: string): string | null {
    if (isId(value)) return this.#addresses.pageById(value)
    if (parseFileHash(value) === undefined) return null
    this.files.add(value)
    return this.#addresses.fileByHash(value)
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
