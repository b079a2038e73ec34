import type { DocumentId, PageId } from '../../model/ids.ts'
import { plainText } from '../../model/comment-text.ts'
import type { PageComments, SearchEntry } from '../../model/search/search-index.ts'
import { foldThreads, type Thread } from '../../model/threads.ts'
import type { DocumentRecord, OrganisationStorage } from '../storage/laptop-storage.ts'

/** Of more pages than this it is asked first which have comments at all. */
const fewPages = 25

/**
 * The pages whose comments may read otherwise since these documents changed and were folded: what somebody said stands in a document of theirs, and which
 * of it is new is not known, so all pages that it speaks about are read again.
 */
export async function commentedPages(
  storage: Pick<OrganisationStorage, 'acts' | 'documents'>,
  ids: readonly DocumentId[],
): Promise<readonly PageId[]> {
  const records = await storage.documents(ids)
  const said = records.filter(({ kind }) => kind === 'acts' || kind === 'ledger').map(({ id }) => id)
  const pages = records.filter(({ kind }) => kind === 'page').map(({ id }) => id)
  const withActs = pages.length > fewPages ? new Set((await storage.acts.pages()).map(({ page }) => page)) : null
  const changed = pages.filter((id) => withActs === null || withActs.has(id))
  return [...new Set([...changed, ...(said.length === 0 ? [] : await storage.acts.pagesOf(said))])]
}

/** All that is said about these pages; nothing about those that are not known here. */
export async function readComments(
  storage: Pick<OrganisationStorage, 'acts' | 'documents'>,
  pages: readonly PageId[],
): Promise<readonly PageComments[]> {
  const records = (await storage.documents(pages)).filter(({ kind }) => kind === 'page')
  return Promise.all(
    records.map(async (page) => {
      const threads = foldThreads(await storage.acts.ofPage(page.id))
      return { pageId: page.id, entries: threads.flatMap((thread) => threadEntry(page, thread)) }
    }),
  )
}

function threadEntry({ id, spaceId, pageKind, archived }: DocumentRecord, thread: Thread): readonly SearchEntry[] {
  const remarks = [...(thread.opening === null ? [] : [thread.opening]), ...thread.replies]
  if (remarks.length === 0) return []
  const entry: SearchEntry = {
    ...{ id: thread.ref, type: 'comment', pageId: id, spaceId, kind: pageKind, ownerId: thread.author, archived },
    title: '',
    text: remarks.map(({ text }) => plainText(text)).join('\n'),
    changedAtMs: Math.max(...remarks.map(({ atMs, editedAtMs }) => editedAtMs ?? atMs)),
  }
  return [entry]
}
