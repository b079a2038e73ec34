import type { PageNode } from '../page-content.ts'
import { markdownChecksum, readImportPage } from './import-page.ts'
import { writeExactBody } from './exact-body.ts'
import { relativeAddress } from './export-names.ts'
import type { ExportPaths } from './export-paths.ts'
import type { PlacedPage } from './export-tree.ts'
import { writeFrontMatter } from './page-front-matter.ts'
import { pageToMarkdown } from './page-to-markdown.ts'

export interface ExportedPage {
  readonly markdown: string
  /** The page word for word, to lie beside the Markdown; null where the Markdown says it all. */
  readonly exact: string | null
}

/**
 * Writes a page as a Markdown file whose links lead to the other files of the export; its own files have their paths already. It
 * is read again at once: where it would not come back the same, the exact page goes along.
 */
export function exportPage(
  { page, path, order }: PlacedPage,
  { title, labels, body }: { readonly title: string; readonly labels: readonly string[]; readonly body: PageNode },
  paths: ExportPaths,
): ExportedPage {
  const text = withRelativeLinks(pageToMarkdown({ title, body }), path, paths)
  const { id, icon, kind, changed } = page
  const markdown = writeFrontMatter({ id, title, icon, labels, kind, order, changed }) + text
  const back = readImportPage({ path, text: markdown, exact: null }, paths.index, paths.addresses)
  const isExact = JSON.stringify(back.body) === JSON.stringify(body) && back.title === title
  return { markdown, exact: isExact ? null : writeExactBody(body, markdownChecksum(text)) }
}

const pleinAddress = /plein:(page\/[a-z2-7]{26}|file\/[0-9a-f]{64})(?![a-z0-9])/g

function withRelativeLinks(markdown: string, from: string, paths: ExportPaths): string {
  return markdown.replaceAll(pleinAddress, (address: string, name: string) => {
    const [kind, id = ''] = name.split('/')
    const to = kind === 'page' ? paths.page(id) : paths.file(id)
    return to === undefined ? address : relativeAddress(from, to)
  })
}
