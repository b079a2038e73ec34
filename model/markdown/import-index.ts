/** What an address in a file leads to. `elsewhere`: not into the folder, such as the web or a place on the same page. */
export type Target =
  | { readonly kind: 'page'; readonly path: string; readonly anchor: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'missing'; readonly path: string }
  | { readonly kind: 'elsewhere' }

export const markdownFile = /\.(?:md|markdown|mdown|mkd)$/i
/** The file that is its folder's own page; the first of these that is there. */
export const folderPages = ['readme', 'index'] as const

/** The name of a file without its folder and without the ending of Markdown. */
export function bareName(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(markdownFile, '')
}

export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

/** Finds what the addresses in an imported folder mean: by path, by path without regard to case, by name. */
export class ImportIndex {
  readonly #paths = new Set<string>()
  /** By lower case; null where two differ in case only. */
  readonly #anyCase = new Map<string, string | null>()
  readonly #byName = new Map<string, string>()
  readonly #byTitle = new Map<string, string>()
  #folders: ReadonlySet<string> | null = null

  /** @param paths of all files that are there, shallow ones first: of two with one name the nearest to the top is meant */
  constructor(paths: Iterable<string>) {
    for (const path of paths) this.add(path)
  }

  add(path: string): void {
    this.#paths.add(path)
    this.#folders = null
    const key = path.toLowerCase()
    this.#anyCase.set(key, this.#anyCase.has(key) ? null : path)
    const name = nameKey(markdownFile.test(path) ? bareName(path) : (path.split('/').at(-1) ?? path))
    if (!this.#byName.has(name)) this.#byName.set(name, path)
  }

  has(path: string): boolean {
    return this.#paths.has(path)
  }

  readonly #byHash = new Map<string, string>()

  /** What an export says of its files: their SHA-256 where they came from. */
  addHash(hash: string, path: string): void {
    if (this.#paths.has(path)) this.#byHash.set(hash, path)
  }

  pathOfHash(hash: string): string | undefined {
    return this.#byHash.get(hash)
  }

  /** `[[name]]` may mean a title too, once the titles are known. */
  addTitle(title: string, path: string): void {
    const key = nameKey(title)
    if (key !== '' && !this.#byTitle.has(key)) this.#byTitle.set(key, path)
  }

  find(address: string, from: string): Target {
    const parts = /^([^#?]*)(?:\?[^#]*)?(?:#(.*))?$/s.exec(address)
    const path = parts?.[1] ?? ''
    if (path === '' || /^[a-z][a-z0-9+.-]*:|^\/\/|^\\\\/i.test(address)) return { kind: 'elsewhere' }
    const anchor = decodePath(parts?.[2] ?? '')
    for (const wanted of new Set([decodePath(path), path])) {
      const found = this.#locate(wanted, from)
      if (found !== undefined) return targetOf(found, anchor)
    }
    return { kind: 'missing', path: decodePath(path) }
  }

  findByName(wiki: string, from: string): Target {
    const [name = '', anchor = ''] = wiki.split(/#(.*)/s)
    const key = nameKey(name)
    if (key === '') return { kind: 'elsewhere' }
    const found =
      this.#locate(name, from) ??
      this.#locate(`/${name}`, from) ??
      this.#byName.get(key) ??
      this.#byName.get(key.replace(markdownFile, '')) ??
      this.#byTitle.get(key)
    return found === undefined ? { kind: 'missing', path: name } : targetOf(found, anchor)
  }

  /** A path that begins with `/` begins at the folder that is imported, as on the site that it may have been. */
  #locate(wanted: string, from: string): string | undefined {
    const path = joinPath(/^[/\\]/.test(wanted) ? '' : folderOf(from), wanted)
    if (path === null) return undefined
    const asIs = [path, `${path}.md`, ...folderPages.map((name) => `${path}/${name}.md`)]
    const exact = asIs.find((each) => this.#paths.has(each))
    if (exact !== undefined) return exact
    for (const each of asIs) {
      const found = this.#anyCase.get(each.toLowerCase())
      if (found !== null && found !== undefined) return found
    }
    return this.#hasFolder(path) ? `${path}/` : undefined
  }

  #hasFolder(path: string): boolean {
    this.#folders ??= foldersOf(this.#paths)
    return this.#folders.has(path)
  }
}

/** The folders that hold Markdown, at any depth: these become pages. */
function foldersOf(paths: ReadonlySet<string>): ReadonlySet<string> {
  const folders = new Set<string>()
  for (const path of paths) {
    if (!markdownFile.test(path)) continue
    const parts = path.split('/').slice(0, -1)
    for (let depth = parts.length; depth > 0; depth -= 1) folders.add(parts.slice(0, depth).join('/'))
  }
  return folders
}

function targetOf(path: string, anchor: string): Target {
  return path.endsWith('/') || markdownFile.test(path) ? { kind: 'page', path, anchor } : { kind: 'file', path }
}

function nameKey(name: string): string {
  return name.normalize('NFC').trim().toLowerCase()
}

/** The path from a folder; null where it leads out of what is imported. */
function joinPath(folder: string, path: string): string | null {
  const parts: string[] = []
  for (const part of `${folder}${path}`.split(/[/\\]/)) {
    if (part === '..') {
      if (parts.pop() === undefined) return null
    } else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.length === 0 ? null : parts.join('/').normalize('NFC')
}

function decodePath(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    // A bare `%` in a name is no escape: the name is then as it stands.
    return address
  }
}
