import { copyFile, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const installed = join(import.meta.dirname, '../../node_modules')
/** A few change logs of megabytes are left out: they would only measure how long a long page takes. */
const maxBytes = 40_000

/** A folder of Markdown that nobody here wrote. */
export interface RealMarkdownFolder {
  readonly root: string
  /** Relative to the root, with `/` between their parts. */
  readonly paths: readonly string[]
  /** Folders that have no README or index: each becomes a page of its own. */
  readonly bareFolders: readonly string[]
  [Symbol.asyncDispose](): Promise<void>
}

/** Copies `count` Markdown files of the installed packages, spread over the alphabet, each in the folders that it stood in. */
export async function copyRealMarkdown(count: number): Promise<RealMarkdownFolder> {
  const all = await smallMarkdown()
  if (all.length < count) throw new Error(`Only ${all.length} Markdown files are installed`)
  const paths = Array.from({ length: count }, (_, at) => all[Math.floor((at * all.length) / count)] ?? '')
  const root = await mkdtemp(join(tmpdir(), 'plein-markdown-'))
  for (const path of paths) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await copyFile(join(installed, path), join(root, path))
  }
  return {
    root,
    paths,
    bareFolders: bareFoldersOf(paths),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  }
}

async function smallMarkdown(): Promise<readonly string[]> {
  const entries = await readdir(installed, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || !entry.name.toLowerCase().endsWith('.md')) continue
    const { size } = await stat(path)
    if (size > 0 && size <= maxBytes) found.push(path.slice(installed.length + 1).replaceAll('\\', '/'))
  }
  return found.toSorted()
}

function bareFoldersOf(paths: readonly string[]): readonly string[] {
  const folders = new Set<string>()
  const withPage = new Set<string>()
  for (const path of paths) {
    if (/^(?:readme|index)\.md$/i.test(path.split('/').at(-1) ?? '')) withPage.add(dirname(path))
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) folders.add(folder)
  }
  return [...folders].filter((folder) => !withPage.has(folder))
}
