import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { bytesToPage, markdownToPage } from '../../model/markdown/markdown-to-page.ts'
import type { ImportedPage } from '../../model/markdown/markdown-to-page.ts'
import { pageToHtml } from '../../model/markdown/page-to-html.ts'
import { pageToMarkdown } from '../../model/markdown/page-to-markdown.ts'
import { readBody, writeBody } from '../../model/page-body.ts'
import { bodyFragmentName, pageSchema } from '../../model/page-content.ts'
import { findUnknown } from '../../model/page-schema-guard.ts'
import { plainText, wordsOf } from '../../model/search-text.ts'
import { wordsOfMarkdown } from './words-of-markdown.ts'

/** The Markdown files that ship inside the installed packages: hundreds of files that nobody here wrote. */
const root = fileURLToPath(new URL('../../node_modules/', import.meta.url))
const maxFiles = 500
/** Beyond this only the conversion of hostile size would be measured; a few change logs of megabytes are left out. */
const maxBytes = 60_000
/** The machine may be slow: what is read within this time counts, and there must be enough of it. */
const budgetMs = 180_000

// Hundreds of files in each test, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 })

interface RealFile {
  readonly path: string
  readonly bytes: Uint8Array
  readonly page: ImportedPage
}

function markdownPaths(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return markdownPaths(path)
      return entry.isFile() && /\.(?:md|markdown)$/i.test(entry.name) && statSync(path).size <= maxBytes ? [path] : []
    })
}

/** Spread over the whole tree, so that the cap does not leave out the end of the alphabet. */
function spread(paths: readonly string[]): string[] {
  const step = Math.max(1, paths.length / maxFiles)
  return Array.from({ length: Math.min(maxFiles, paths.length) }, (_, index) => paths[Math.floor(index * step)] ?? '')
}

function readAll(): { files: RealFile[]; refused: string[] } {
  const files: RealFile[] = []
  const refused: string[] = []
  const endMs = performance.now() + budgetMs
  for (const path of spread(markdownPaths(root))) {
    if (performance.now() > endMs) break
    const bytes = readFileSync(path)
    const read = bytesToPage(bytes, path)
    if (read.ok) files.push({ path: relative(root, path), bytes, page: read.value })
    else refused.push(`${relative(root, path)}: ${read.error}`)
  }
  return { files, refused }
}

const { files, refused } = readAll()

test('hundreds of files come in, and none is refused', () => {
  expect(files.length).toBeGreaterThan(300)
  expect(refused).toEqual([])
})

test('every page fits the schema, holds nothing unknown and has a title', () => {
  const wrong = files.filter(({ page }) => {
    pageSchema.nodeFromJSON(page.body).check()
    return page.title === ''
  })
  expect(wrong).toEqual([])
})

/** Share of the words of a file that are on its page, each as often as in the file. */
function shareKept(markdown: string, page: ImportedPage): number {
  const expected = wordsOfMarkdown(markdown)
  const there = new Map<string, number>()
  for (const word of wordsOf(`${page.title}\n${page.labels.join(' ')}\n${plainText(page.body)}`)) {
    there.set(word, (there.get(word) ?? 0) + 1)
  }
  const missing = expected.filter((word) => {
    const left = there.get(word) ?? 0
    there.set(word, left - 1)
    return left <= 0
  })
  return expected.length === 0 ? 1 : 1 - missing.length / expected.length
}

test('the words of the files are on the pages: 99 % on average, and nowhere under 90 %', () => {
  const shares = files.map(({ path, bytes, page }) => ({
    path,
    share: shareKept(new TextDecoder().decode(bytes), page),
  }))
  expect(shares.filter(({ share }) => share < 0.9)).toEqual([])
  const average = shares.reduce((sum, { share }) => sum + share, 0) / shares.length
  expect(average).toBeGreaterThanOrEqual(0.99)
})

test('a page comes back the same from its own Markdown', () => {
  const differing = files.filter(({ path, page }) => {
    const back = markdownToPage(pageToMarkdown(page), path)
    return back.title !== page.title || JSON.stringify(back.body) !== JSON.stringify(page.body)
  })
  expect(differing.map(({ path }) => path)).toEqual([])
})

test('a page comes back the same from its Yjs document, and an editor finds nothing unknown in it', () => {
  const differing = files.filter(({ page }) => {
    const doc = new Y.Doc()
    const fragment = doc.getXmlFragment(bodyFragmentName)
    doc.transact(() => {
      writeBody(fragment, page.body)
    })
    const copy = new Y.Doc()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
    const read = copy.getXmlFragment(bodyFragmentName)
    return findUnknown(read) !== null || JSON.stringify(readBody(read)) !== JSON.stringify(page.body)
  })
  expect(differing.map(({ path }) => path)).toEqual([])
})

test('no page becomes HTML that could run anything', () => {
  const unsafe = files.filter(({ page }) =>
    /<script|\son\w+=|(?:href|src)="\s*(?:javascript|vbscript|data:text)/i.test(tagsOf(pageToHtml(page))),
  )
  expect(unsafe.map(({ path }) => path)).toEqual([])
})

/** Only the tags: text is escaped and may speak of scripts. */
function tagsOf(html: string): string {
  return (html.match(/<[^>]*>/g) ?? [])
    .map((tag) =>
      tag.replaceAll(/"[^"]*"/g, (value) => (/^"\s*(?:javascript|vbscript|data:text)/i.test(value) ? value : '""')),
    )
    .join('')
}
