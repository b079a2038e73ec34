import type { FileHash } from '../ids.ts'
import { parseFileHash } from '../ids.ts'
import type { PageNode } from '../page-content.ts'
import { FolderNames, nameOfTitle } from './export-names.ts'
import { exportFolders, type PlacedPage } from './export-tree.ts'
import { ImportIndex } from './import-index.ts'
import type { NewAddresses } from './import-page.ts'

/** A file that a page shows or links to, and what the page calls it. */
export interface NamedFile {
  readonly hash: FileHash
  readonly name: string | null
}

/** The files of a body, whatever node or mark carries them. */
export function filesIn(body: PageNode): readonly NamedFile[] {
  const found = new Map<FileHash, NamedFile>()
  const waiting: PageNode[] = [body]
  const note = (attrs: Readonly<Record<string, unknown>>, words: string | null) => {
    const name = typeof attrs['name'] === 'string' ? attrs['name'] : words
    for (const value of Object.values(attrs)) {
      const hash = parseFileHash(typeof value === 'string' ? value.replace(/^plein:file\//, '') : value)
      if (hash !== undefined && !found.has(hash)) found.set(hash, { hash, name })
    }
  }
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    note(node.attrs ?? {}, null)
    for (const mark of node.marks ?? []) note(mark.attrs ?? {}, node.text ?? null)
    waiting.push(...(node.content ?? []).toReversed())
  }
  return [...found.values()]
}

/** Where the pages and files of one export lie; and the way back, as an import will find it. */
export class ExportPaths {
  readonly index: ImportIndex
  readonly addresses: NewAddresses
  readonly #pages = new Map<string, string>()
  readonly #files = new Map<string, string>()
  readonly #idOfPath = new Map<string, string>()
  readonly #hashOfPath = new Map<string, string>()
  readonly #names = new FolderNames([])

  constructor(placed: readonly PlacedPage[]) {
    for (const { page, path } of placed) {
      this.#pages.set(page.id, path)
      this.#idOfPath.set(path, page.id)
    }
    this.index = new ImportIndex(this.#pages.values())
    this.addresses = {
      page: (path) => this.#idOfPath.get(path) ?? null,
      file: (path) => this.#hashOfPath.get(path) ?? null,
      pageById: (id) => id,
      fileByHash: (hash) => hash,
    }
  }

  page(id: string): string | undefined {
    return this.#pages.get(id)
  }

  file(hash: string): string | undefined {
    return this.#files.get(hash)
  }

  /** Gives a file its place among the files of the export. */
  addFile({ hash, name }: NamedFile, mediaType: string): string {
    const ending = endingOf(name) ?? endings[mediaType] ?? 'bin'
    const bare = nameOfTitle((name ?? '').replace(/\.[a-z0-9]{1,8}$/i, ''), hash.slice(0, 16))
    const path = `${exportFolders.files}/${this.#names.give(`${bare}.${ending}`)}`
    this.#files.set(hash, path)
    this.#hashOfPath.set(path, hash)
    this.index.add(path)
    return path
  }
}

/** Markdown among the files would become a page. */
function endingOf(name: string | null): string | null {
  const ending = /\.([a-z0-9]{1,8})$/i.exec(name ?? '')?.[1] ?? null
  return ending !== null && /^(?:md|markdown|mdown|mkd)$/i.test(ending) ? `${ending}.txt` : ending
}

const endings: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/svg+xml': 'svg',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'text/plain': 'txt',
  'text/csv': 'csv',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'audio/mpeg': 'mp3',
}
