import * as Y from 'yjs'
import type { PageKind } from '../model/kinds.ts'
import { markdownToPage, type ImportedPage } from '../model/markdown/markdown-to-page.ts'
import { origins } from '../model/origins.ts'
import { writeBody } from '../model/page-body.ts'
import type { PageNode } from '../model/page-content.ts'
import { bodyName, openPage } from '../model/page.ts'
import { seedOf } from '../model/seeds.ts'

/** What a page is to say. */
export interface WrittenPage {
  readonly kind: PageKind
  readonly title: string
  readonly icon: string | null
  readonly labels: readonly string[]
  readonly body: PageNode | null
}

/** The page as one update on top of the seed of its kind. */
export function contentUpdate(page: WrittenPage): Uint8Array {
  return withDocument(seedOf('page', page.kind), (doc) => {
    const before = Y.encodeStateVector(doc)
    doc.transact(() => {
      const opened = openPage(doc)
      opened.rename(page.title)
      if (page.icon !== null) opened.setIcon(page.icon)
      if (page.labels.length > 0) opened.setLabels(page.labels)
      if (page.body !== null) writeBody(doc.getXmlFragment(bodyName), page.body)
    }, origins.user)
    return Y.encodeStateAsUpdate(doc, before)
  })
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
