import { lstat, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImportFile } from '../model/markdown/import-tree.ts'
import { maxImportBytes } from '../model/markdown/markdown-to-page.ts'
import { fail, ok, type Result } from '../model/result.ts'
import type { Skipped } from './admin-commands.ts'

export interface MarkdownFolder {
  readonly files: readonly ImportFile[]
  readonly skipped: readonly Skipped[]
}

/** All of it is in memory at once while it is imported. */
const maxTotalBytes = 256 * 1024 * 1024
const markdownName = /\.(?:md|markdown|mdown|mkd)$/i

/**
 * Reads the Markdown files below a folder, and names every other file without reading it. Links in the file system are
 * not followed: they may lead round in a circle, or out of the folder.
 */
export async function readMarkdownFolder(root: string): Promise<Result<MarkdownFolder, string>> {
  try {
    if (!(await stat(root)).isDirectory()) return fail(`${root} is not a folder.`)
  } catch {
    // Whatever keeps the folder from being read, the sentence is the same.
    return fail(`There is no folder ${root} that can be read.`)
  }
  const files: ImportFile[] = []
  const skipped: Skipped[] = []
  let totalBytes = 0
  for await (const path of walk(root, '', skipped)) {
    const found = await readMarkdown(join(root, path))
    if (typeof found === 'string') {
      skipped.push({ path, reason: found })
      continue
    }
    totalBytes += found.length
    if (totalBytes > maxTotalBytes)
      return fail(`The Markdown in ${root} is more than 256 MB: import its folders one by one.`)
    files.push({ path, bytes: found })
  }
  return ok({ files, skipped })
}

/** Paths of Markdown files relative to the root, with `/` between their parts. */
async function* walk(root: string, folder: string, skipped: Skipped[]): AsyncGenerator<string> {
  let entries
  try {
    entries = await readdir(join(root, folder), { withFileTypes: true })
  } catch {
    // Named in the report; the folders beside it go on.
    skipped.push({ path: `${folder}/`, reason: 'unreadable' })
    return
  }
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) yield* walk(root, path, skipped)
    else if (entry.isSymbolicLink()) skipped.push({ path, reason: 'symbolic-link' })
    else if (entry.isFile() && markdownName.test(entry.name)) yield path
    else skipped.push({ path, reason: 'not-markdown' })
  }
}

async function readMarkdown(path: string): Promise<Uint8Array | 'too-large' | 'unreadable'> {
  try {
    return (await lstat(path)).size > maxImportBytes ? 'too-large' : await readFile(path)
  } catch {
    // Named in the report; the other files go on.
    return 'unreadable'
  }
}
