import { parentPort } from 'node:worker_threads'
import { mintId, type PageId } from '../model/ids.ts'
import { planImport, resolveLinks, type ImportFile, type PlannedPage } from '../model/markdown/import-tree.ts'
import { contentUpdate } from './page-writing.ts'

/** A page read from the files, ready to be committed; parents come before their children. */
export interface ReadyPage {
  readonly id: PageId
  readonly path: string
  readonly title: string
  /** Null: under the page that the import goes to. */
  readonly parent: PageId | null
  readonly update: Uint8Array
  readonly warnings: readonly string[]
}

export interface ReadFiles {
  readonly pages: readonly ReadyPage[]
  readonly skipped: readonly { readonly path: string; readonly reason: string }[]
}

/** Reads a folder of Markdown into pages. Takes seconds for thousands of files, so the server runs it in this worker. */
export function readFiles(files: readonly ImportFile[]): ReadFiles {
  const ids = new Map<string, PageId>()
  const idOf = (path: string): PageId => {
    const id = ids.get(path) ?? mintId<PageId>((bytes) => crypto.getRandomValues(bytes))
    ids.set(path, id)
    return id
  }
  const plan = resolveLinks(planImport(files), idOf)
  const warnings = new Map(
    plan.files.map((file) => [file.path, file.warnings.map(({ reason, detail }) => `${reason}: ${detail}`)]),
  )
  const pages: ReadyPage[] = []
  const pending = plan.pages.map((page) => ({ page, parent: null as PageId | null })).toReversed()
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { page, parent } = next
    const id = idOf(page.path)
    pages.push({
      id,
      path: page.path,
      title: page.title,
      parent,
      update: updateOf(page),
      warnings: warnings.get(page.path) ?? [],
    })
    for (const child of page.children.toReversed()) pending.push({ page: child, parent: id })
  }
  const skipped = plan.files.flatMap(({ path, outcome }) => (outcome === 'page' ? [] : [{ path, reason: outcome }]))
  return { pages, skipped }
}

function updateOf({ title, labels, body }: PlannedPage): Uint8Array {
  return contentUpdate({ kind: 'wiki', title, icon: null, labels, body })
}

parentPort?.once('message', (files: readonly ImportFile[]) => {
  parentPort?.postMessage(readFiles(files))
})
