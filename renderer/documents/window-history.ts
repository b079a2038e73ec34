import * as Y from 'yjs'
import type { PageId, VersionId } from '../../model/ids.ts'
import { origins } from '../../model/origins.ts'
import { readBody } from '../../model/page-body.ts'
import type { PageNode } from '../../model/page-content.ts'
import { pageDifference } from '../../model/page-difference.ts'
import { rewriteBody } from '../../model/page-rewrite.ts'
import { findUnknown } from '../../model/page-schema-guard.ts'
import { bodyName, openPage, readPageMeta, type PageMeta } from '../../model/page.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import type {
  CompareWith,
  Comparison,
  History,
  HistoryTrouble,
  PageVersion,
  VersionKey,
  VersionList,
} from './history.ts'
import { DerivedLive, LiveValue } from './live.ts'
import type { OpenOrganisation } from './organisation.ts'
import type { Live } from './plein.ts'
import { editUndoably, type UndoableEdit } from './undoable-edit.ts'
import { VersionClient, type ServerAccess } from './version-client.ts'

interface PageState {
  readonly meta: PageMeta
  readonly body: PageNode
  readonly isUnknown: boolean
}

/** The page while a list of its versions is looked at. */
interface Listed {
  list: VersionList
  readonly live: DerivedLive<VersionList>
}

/** Earlier states of the pages of the organisation that is open in this window. */
export class WindowHistory implements History {
  readonly restored = new LiveValue<PageId | null>(null)
  readonly #open: Live<OpenOrganisation | null>
  readonly #client: VersionClient
  readonly #lists = new Map<PageId, Listed>()
  #edit: UndoableEdit | null = null

  constructor(open: Live<OpenOrganisation | null>, fetchFrom: typeof fetch) {
    this.#open = open
    this.#client = new VersionClient(fetchFrom)
    open.subscribe(() => {
      this.#lists.clear()
      this.#letGo()
    })
  }

  versions(pageId: PageId): Live<VersionList> {
    return this.#listed(pageId).live
  }

  #listed(pageId: PageId): Listed {
    const known = this.#lists.get(pageId)
    if (known !== undefined) return known
    const listed: Listed = {
      list: { state: 'loading', versions: [] },
      live: new DerivedLive(
        () => listed.list,
        () => {
          const read = () => void this.#readList(pageId, listed)
          read()
          let wasOnline = this.#isOnline()
          const organisation = this.#open.snapshot()
          const undoStatus = organisation?.status.subscribe(() => {
            const isOnline = this.#isOnline()
            if (isOnline !== wasOnline) read()
            wasOnline = isOnline
          })
          const undoVisits = organisation?.visits.version.subscribe(read)
          return () => {
            undoStatus?.()
            undoVisits?.()
          }
        },
      ),
    }
    this.#lists.set(pageId, listed)
    return listed
  }

  #isOnline(): boolean {
    return this.#open.snapshot()?.status.snapshot()?.state === 'online'
  }

  async #readList(pageId: PageId, listed: Listed): Promise<void> {
    const visitAtMs = await this.#open.snapshot()?.storage.reviews.stateAtMs(pageId)
    const visit = visitAtMs === undefined ? [] : [visitOf(visitAtMs)]
    const access = await this.#access()
    const answer = access.ok ? await this.#client.list(access.value, pageId) : access
    const known = answer.ok
      ? answer.value.map(({ id, minSchema: _minSchema, ...version }): PageVersion => ({ key: id, ...version }))
      : listed.list.versions.filter(({ key }) => key !== 'visit')
    listed.list = {
      state: answer.ok ? 'ready' : answer.error,
      versions: [...known, ...visit].toSorted((a, b) => b.atMs - a.atMs),
    }
    listed.live.invalidate()
  }

  async #access(): Promise<Result<ServerAccess, HistoryTrouble>> {
    const organisation = this.#open.snapshot()
    const serverUrl = organisation?.record.serverUrl ?? null
    if (organisation === null || serverUrl === null) return fail('no-server')
    return ok({ serverUrl, token: await organisation.token() })
  }

  comparison(pageId: PageId, key: VersionKey, compareWith: CompareWith): Live<Comparison> {
    let comparison: Comparison = { state: 'loading' }
    const live: DerivedLive<Comparison> = new DerivedLive(
      () => comparison,
      () => {
        const read = async () => {
          comparison = await this.#compare(pageId, key, compareWith)
          live.invalidate()
        }
        void read()
        // The version before is known with the list; the page as it is now changes with a restore.
        const undo = [this.#listed(pageId).live, this.restored].map((each) => each.subscribe(() => void read()))
        return () => {
          for (const each of undo) each()
        }
      },
    )
    return live
  }

  async #compare(pageId: PageId, key: VersionKey, compareWith: CompareWith): Promise<Comparison> {
    const version = await this.#stateOf(pageId, key)
    const { state: listState, versions } = this.#listed(pageId).list
    if (compareWith === 'before' && listState === 'loading') return { state: 'loading' }
    const older = versions[versions.findIndex((each) => each.key === key) + 1]
    const other = compareWith === 'now' ? await this.#now(pageId) : await this.#olderState(pageId, older)
    if (!version.ok) return { state: 'trouble', reason: version.error }
    if (!other.ok) return { state: 'trouble', reason: other.error }
    const [before, after] = compareWith === 'now' ? [version.value, other.value] : [other.value, version.value]
    return {
      state: 'ready',
      titleBefore: before.meta.title,
      titleAfter: after.meta.title,
      lines: pageDifference(before.body, after.body),
    }
  }

  /** Before the first version there was an empty page. */
  async #olderState(pageId: PageId, older: PageVersion | undefined): Promise<Result<PageState, HistoryTrouble>> {
    if (older !== undefined) return this.#stateOf(pageId, older.key)
    return ok({ meta: emptyMeta, body: { type: 'doc' }, isUnknown: false })
  }

  async #stateOf(pageId: PageId, key: VersionKey): Promise<Result<PageState, HistoryTrouble>> {
    const bytes = await this.#bytesOf(pageId, key)
    return bytes.ok ? ok(readState(bytes.value)) : bytes
  }

  async #bytesOf(pageId: PageId, key: VersionKey): Promise<Result<Uint8Array, HistoryTrouble>> {
    if (key === 'visit') {
      const kept = await this.#open.snapshot()?.storage.reviews.state(pageId)
      return kept === undefined ? fail('gone') : ok(kept.state)
    }
    const access = await this.#access()
    return access.ok ? this.#client.state(access.value, pageId, key satisfies VersionId) : access
  }

  async #now(pageId: PageId): Promise<Result<PageState, HistoryTrouble>> {
    const document = await this.#open.snapshot()?.documents.open(pageId, { live: false })
    if (document === undefined || document === null) return fail('gone')
    const state = stateIn(document.doc)
    document.release()
    return ok(state)
  }

  async keep(pageId: PageId, name: string): Promise<Result<null, HistoryTrouble>> {
    const access = await this.#access()
    if (!access.ok) return access
    await this.#open
      .snapshot()
      ?.batch.flush()
      .catch(() => undefined)
    const kept = await this.#client.keep(access.value, pageId, name)
    await this.#readList(pageId, this.#listed(pageId))
    return kept
  }

  async restore(pageId: PageId, key: VersionKey): Promise<Result<null, HistoryTrouble>> {
    const organisation = this.#open.snapshot()
    const version = await this.#stateOf(pageId, key)
    if (!version.ok) return version
    if (version.value.isUnknown) return fail('newer-schema')
    const access = await this.#access()
    // Without a line the edit can still be undone, and the server keeps a version itself where much goes (VE2).
    if (access.ok) await this.#client.keep(access.value, pageId, null)
    const document = await organisation?.documents.open(pageId, { live: false })
    if (document === undefined || document === null) return fail('gone')
    if (stateIn(document.doc).isUnknown) {
      document.release()
      return fail('newer-schema')
    }
    const schema = organisation?.lists.record(pageId)?.minSchema
    if (schema !== undefined) organisation?.documents.setSchema(pageId, schema)
    this.#letGo()
    this.#edit = editUndoably(document, (doc) => writeState(doc, version.value))
    this.restored.set(pageId)
    await this.#readList(pageId, this.#listed(pageId))
    return ok(null)
  }

  undoRestore(pageId: PageId): void {
    if (this.restored.snapshot() !== pageId) return
    this.#edit?.undo()
    this.#letGo()
  }

  #letGo(): void {
    this.#edit?.release()
    this.#edit = null
    this.restored.set(null)
  }
}

const emptyMeta: PageMeta = { title: '', icon: null, labels: [], archived: false }

function visitOf(atMs: number): PageVersion {
  return { key: 'visit', atMs, reason: 'visit', name: null, madeBy: null, writers: [] }
}

function readState(update: Uint8Array): PageState {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update, origins.storage)
  const state = stateIn(doc)
  doc.destroy()
  return state
}

function stateIn(doc: Y.Doc): PageState {
  const fragment = doc.getXmlFragment(bodyName)
  return { meta: readPageMeta(doc), body: readBody(fragment), isUnknown: findUnknown(fragment) !== null }
}

/** Archived stays as it is: a version brings back what a page says, not where it stands. */
function writeState(doc: Y.Doc, { meta, body }: PageState): void {
  rewriteBody(doc.getXmlFragment(bodyName), body)
  const page = openPage(doc)
  page.rename(meta.title)
  page.setIcon(meta.icon)
  if (JSON.stringify(page.snapshot().labels) !== JSON.stringify(meta.labels)) page.setLabels(meta.labels)
}
