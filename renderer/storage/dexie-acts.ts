import { Dexie } from 'dexie'
import type { DocumentId, PageId } from '../../model/ids.ts'
import type { ActRecord, ActsStorage, PageActs } from './acts-storage.ts'
import type { ActRow, Database } from './database.ts'
import { readContent } from './dexie-content.ts'
import { waitingUpdates } from './dexie-outbox.ts'
import type { Scope } from './dexie-scope.ts'
import { ofDocument } from './dexie-unfolded.ts'
import { actsChange, actsIn, holdsActs, pageActsOf } from './fold-acts.ts'

/** Documents folded in one transaction: others wait about 50 ms at most before they can write. */
const foldedAtOnce = 20

/** What runs a transaction over the tables named; the parts of `DexieOrganisation` that this file needs. */
interface RunTransaction {
  read<T>(tables: readonly (keyof Database['tables'])[], run: () => Promise<T>): Promise<T>
  write<T>(tables: readonly (keyof Database['tables'])[], run: () => Promise<T>): Promise<T>
}

/** The acts tables in IndexedDB. */
export function dexieActs(scope: Scope, transaction: RunTransaction): ActsStorage {
  const { organisationId, tables } = scope
  const scopeOfFold = ['unfolded', 'acts', 'pageActs', 'updates', 'checkpoints', 'documents', 'organisations'] as const
  return {
    async fold() {
      const touched = new Set<PageId>()
      for (;;) {
        // Nearly always there is nothing: then no write waits for its turn.
        const marked = await transaction.read(['unfolded'], () => unfolded(scope))
        if (marked.length === 0) return [...touched]
        for (const page of await transaction.write(scopeOfFold, () => foldSome(scope))) touched.add(page)
      }
    },
    ofPage: (page) => transaction.read(['acts', 'documents'], () => actsOfPage(scope, page)),
    pagesOf: (documents) =>
      transaction.read(['acts'], async () => {
        const pages = new Set<PageId>()
        for (const id of documents) for (const { page } of await ofDocument(scope, id).toArray()) pages.add(page)
        return [...pages]
      }),
    pages: () =>
      transaction.read(['pageActs'], async () => {
        const rows = await tables.pageActs
          .where('[organisationId+page]')
          .between([organisationId, Dexie.minKey], [organisationId, Dexie.maxKey])
          .toArray()
        return rows.map(({ organisationId: _organisationId, ...page }): PageActs => page)
      }),
    waiting: (documents) =>
      transaction.read(['outbox'], async () => {
        const updates: Uint8Array[] = []
        for (const id of documents) updates.push(...(await waitingUpdates(scope, id)))
        return updates
      }),
  }
}

async function unfolded({ organisationId, tables }: Scope): Promise<readonly DocumentId[]> {
  const marks = await tables.unfolded
    .where('[organisationId+documentId]')
    .between([organisationId, ''], [organisationId, '\uffff'])
    .limit(foldedAtOnce)
    .toArray()
  return marks.map(({ documentId }) => documentId)
}

async function foldSome(scope: Scope): Promise<ReadonlySet<PageId>> {
  const { organisationId, tables } = scope
  const touched = new Set<PageId>()
  const ids = await unfolded(scope)
  const keys = ids.map((id) => [organisationId, id] as [string, string])
  const documents = await tables.documents.bulkGet(keys)
  const contents = await readContent(scope, ids)
  for (const [place, id] of ids.entries()) {
    const document = documents[place]
    if (document?.kind === 'page') touched.add(id)
    const isThere = document !== undefined && document.forgotten !== true && holdsActs(document.kind)
    const after = isThere ? actsIn(document, contents.get(id)?.updates ?? []) : []
    const { added, removed } = actsChange(await ofDocument(scope, id).toArray(), after)
    await tables.acts.bulkPut(added.map((act) => rowOf(scope, act)))
    await tables.acts.bulkDelete(removed.map(({ ref }) => [organisationId, id, ref] as [string, string, string]))
    for (const { act } of [...added, ...removed]) touched.add(act.page)
  }
  for (const page of touched) await refreshPage(scope, page)
  await tables.unfolded.bulkDelete(keys)
  return touched
}

async function refreshPage(scope: Scope, page: PageId): Promise<void> {
  const { organisationId, tables } = scope
  const me = (await tables.organisations.get(organisationId))?.personId
  const acts = await actsOfPage(scope, page)
  const record = me === undefined ? null : pageActsOf(page, acts, me)
  if (record === null) await tables.pageActs.delete([organisationId, page])
  else await tables.pageActs.put({ organisationId, ...record })
}

/** Where the page is not known here, all of it. */
async function actsOfPage({ organisationId, tables }: Scope, page: PageId): Promise<readonly ActRecord[]> {
  const space = (await tables.documents.get([organisationId, page]))?.spaceId
  const rows = await tables.acts.where('[organisationId+page]').equals([organisationId, page]).toArray()
  return rows.map(recordOf).filter((act) => space === undefined || act.spaceId === space)
}

function rowOf({ organisationId }: Scope, act: ActRecord): ActRow {
  return { organisationId, page: act.act.page, ...act }
}

function recordOf({ organisationId: _organisationId, page: _page, ...act }: ActRow): ActRecord {
  return act
}
