import * as Y from 'yjs'
import { markdownToPage, type ImportedPage } from '../model/markdown/markdown-to-page.ts'
import { origins } from '../model/origins.ts'
import type { PageNode } from '../model/page-content.ts'
import { pageUpdate, type WrittenPage } from '../model/page-update.ts'

/** The page as one update on top of the seed of its kind. */
export function contentUpdate(page: WrittenPage): Uint8Array {
  return pageUpdate(page).update
}

/** Opens stored bytes for as long as `use` runs. */
export function withDocument<T>(update: Uint8Array, use: (doc: Y.Doc) => T): T {
  const doc = new Y.Doc()
  try {
    Y.applyUpdate(doc, update, origins.storage)
    return use(doc)
  } finally {
    doc.destroy()
  }
}

/** A page of the given title from Markdown: a first heading that says the title again goes, any other stays. */
export function pageFromMarkdown(
  title: string,
  markdown: string,
): { readonly labels: readonly string[]; readonly body: PageNode } {
  const text = markdown.replace(/^\uFEFF/, '')
  const page = markdownToPage(text)
  if (page.title === title) return onlyBody(page)
  // The reader takes the first heading out as the title: give it one of ours to take.
  const [frontMatter = ''] = /^(---|\+\+\+)\r?\n[\s\S]*?\n\1[ \t]*(?:\r?\n|$)/.exec(text) ?? []
  const marked = markdownToPage(`${frontMatter}# ${marker}\n\n${text.slice(frontMatter.length)}`)
  return onlyBody(marked.title === marker ? marked : page)
}

const marker = 'title4680'

function onlyBody({ labels, body }: ImportedPage): { readonly labels: readonly string[]; readonly body: PageNode } {
  return { labels, body }
}
