import type { DocumentId, PageId, SpaceId } from '../../model/ids.ts'
import { isSharedPage, type DocumentKind } from '../../model/kinds.ts'
import type { SpaceTree } from '../../model/space.ts'
import type { TreeNode } from '../../model/tree-places.ts'
import type { DocumentRecord, OrganisationStorage, SpaceRecord } from '../storage/laptop-storage.ts'
import { keepSame } from './live.ts'
import { replacePage } from './page-tree.ts'
import type { PageSummary, SpaceSnapshot, SpaceSummary, TreePage, WaitingPage } from './plein.ts'

const emptyTree: SpaceTree = { roots: [], archived: [], hidden: new Set<PageId>() }

/** What was shown last of a space, and of what it was made. */
interface SpaceView {
  readonly space: SpaceRecord
  readonly tree: SpaceTree | null
  readonly personId: string
  readonly snapshot: SpaceSnapshot
  /** The parent of every page that the tree shows. */
  readonly parents: ReadonlyMap<PageId, PageId | null>
}

/** What will be read when the reading under way has ended. */
interface NextReading {
  readonly ids: Set<DocumentId>
  spacesChanged: boolean
  readonly done: Promise<void>
}

/** More changes than this at once are drawn anew: each patch copies its siblings. */
const mostPatches = 50

/** Everything that lists show, in memory: records by id and by space. Filled from one cached list, then kept current. */
export class Lists {
  readonly #storage: OrganisationStorage
  readonly #records = new Map<DocumentId, DocumentRecord>()
  readonly #bySpace = new Map<SpaceId, Set<DocumentId>>()
  /** Those of a space that are no pages: few, and asked for at each keystroke. */
  readonly #beside = new Map<SpaceId, Set<DocumentId>>()
  readonly #summaries = new Map<DocumentId, PageSummary>()
  readonly #listeners = new Set<() => void>()
  readonly #views = new Map<SpaceId, SpaceView>()
  /** Documents that were read again since the view of their space. */
  readonly #dirty = new Map<SpaceId, Set<DocumentId>>()
  #spaces: readonly SpaceRecord[] = []
  #version = 0
  #reading: Promise<void> = Promise.resolve()
  #next: NextReading | null = null

  constructor(storage: OrganisationStorage) {
    this.#storage = storage
  }

  async load(): Promise<void> {
    const [documents, spaces] = await Promise.all([this.#storage.documents(), this.#storage.spaces()])
    for (const record of documents) this.#put(record)
    this.#spaces = spaces
    this.#changed()
  }

  /**
   * Reads the named records again; the spaces too where they changed. While one reading is under way the next ones gather: a reading
   * for every keystroke would stand in the way of its commit.
   */
  refresh(ids: readonly DocumentId[], spacesChanged: boolean): Promise<void> {
    const next = (this.#next ??= {
      ids: new Set(),
      spacesChanged: false,
      done: this.#reading.then(() => this.#readNext()),
    })
    for (const id of ids) next.ids.add(id)
    next.spacesChanged ||= spacesChanged
    return next.done
  }

  #readNext(): Promise<void> {
    const next = this.#next
    this.#next = null
    if (next === null) return Promise.resolve()
    const reading = this.#readAgain([...next.ids], next.spacesChanged)
    this.#reading = reading.catch(() => undefined) // told to whoever asked for it
    return reading
  }

  async #readAgain(ids: readonly DocumentId[], spacesChanged: boolean): Promise<void> {
    const records = ids.length === 0 ? [] : await this.#storage.documents(ids)
    const found = new Set(records.map((record) => record.id))
    for (const id of ids) if (!found.has(id)) this.#remove(id)
    for (const record of records) this.#put(record)
    if (spacesChanged) await this.#readSpaces()
    this.#changed()
  }

  subscribe(onChange: () => void): () => void {
    this.#listeners.add(onChange)
    return () => {
      this.#listeners.delete(onChange)
    }
  }

  /** Rises with every change of any list. */
  get version(): number {
    return this.#version
  }

  record(id: DocumentId): DocumentRecord | undefined {
    return this.#records.get(id)
  }

  /** Every page known here, in the order in which it became known. */
  pageIds(): readonly PageId[] {
    return [...this.#records.values()].filter((record) => record.kind === 'page').map((record) => record.id)
  }

  /** Documents of a space that are no pages, in the order of their ids. */
  ofKind(spaceId: SpaceId, kind: Exclude<DocumentKind, 'page'>): readonly DocumentRecord[] {
    const records = [...(this.#beside.get(spaceId) ?? [])].map((id) => this.#records.get(id))
    const found = records.filter((record) => record !== undefined).filter((record) => record.kind === kind)
    return found.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  }

  /** One's own private documents: nobody else's come to this laptop. */
  privateIds(): readonly DocumentId[] {
    return [...this.#records.values()].filter((record) => record.kind === 'private').map((record) => record.id)
  }

  /** All pages known here, and how many of them are on this laptop. */
  countPages(): { readonly pages: number; readonly here: number } {
    const counts = { pages: 0, here: 0 }
    for (const { kind, held } of this.#records.values()) {
      if (kind !== 'page') continue
      counts.pages += 1
      if (held) counts.here += 1
    }
    return counts
  }

  get spaces(): readonly SpaceRecord[] {
    return this.#spaces
  }

  space(id: SpaceId): SpaceRecord | undefined {
    return this.#spaces.find((space) => space.id === id)
  }

  summary(id: PageId): PageSummary | undefined {
    const record = this.#records.get(id)
    return record === undefined ? undefined : this.#summaryOf(record, record.archived)
  }

  waitingPages(): readonly WaitingPage[] {
    const waiting: WaitingPage[] = []
    for (const { id, kind, spaceId, title, waiting: changes } of this.#records.values()) {
      if (changes > 0) waiting.push({ pageId: id, kind, spaceId, title, changes })
    }
    return waiting.toSorted((a, b) => b.changes - a.changes)
  }

  /**
   * The space as its screens show it: tree, notes, archived. The same object while nothing in it changes. Every keystroke
   * changes a row (what waits, when), so a changed row of ten thousand is put in its place and the rest stays as it is.
   */
  snapshotOf(space: SpaceRecord, tree: SpaceTree | null, personId: string): SpaceSnapshot {
    const view = this.#views.get(space.id)
    const isFresh = view?.space === space && view.tree === tree && view.personId === personId
    const patched = isFresh ? this.#patch(view) : null
    const next = patched ?? this.#draw(space, tree, personId)
    this.#dirty.delete(space.id)
    this.#views.set(space.id, next)
    return next.snapshot
  }

  /** The view with its changed rows in place; null where a page came, went or changed its kind of list. */
  #patch(view: SpaceView): SpaceView | null {
    const { space, snapshot, parents } = view
    const dirty = this.#dirty.get(space.id) ?? new Set<DocumentId>()
    if (dirty.size > mostPatches) return null
    let { tree } = snapshot
    for (const id of dirty) {
      const record = this.#records.get(id)
      if (record === undefined || record.spaceId !== space.id) return null
      if (record.kind !== 'page') continue
      if (record.pageKind === null || !isSharedPage(record.pageKind) || !parents.has(id)) return null
      const before = this.#summaries.get(id)
      const row = this.#summaryOf(record, false)
      if (row !== before) tree = replacePage(tree, wayTo(id, parents), row)
    }
    return tree === snapshot.tree ? view : { ...view, snapshot: { ...snapshot, tree } }
  }

  #draw(space: SpaceRecord, known: SpaceTree | null, personId: string): SpaceView {
    const tree = known ?? emptyTree
    const parents = new Map<PageId, PageId | null>()
    const ids = this.#bySpace.get(space.id) ?? new Set<DocumentId>()
    const inTree = new Set<PageId>()
    const treePages = this.#growTree({ spaceId: space.id, nodes: tree.roots }, inTree, parents)
    const archivedIds = new Set<PageId>(tree.archived)
    const notes: PageSummary[] = []
    const archived: PageSummary[] = []
    const orphans: TreePage[] = []
    for (const id of ids) {
      const record = this.#records.get(id)
      if (record === undefined || record.kind !== 'page' || record.pageKind === null) continue
      if (isSharedPage(record.pageKind)) {
        if (archivedIds.has(id)) archived.push(this.#summaryOf(record, true))
        // Registered, but its place in the tree has not come (yet): never out of sight.
        else if (!inTree.has(id) && !isHidden(id, tree))
          orphans.push({ ...this.#summaryOf(record, false), children: [] })
      } else if (record.pageKind === 'note' && record.ownerId === personId) {
        if (record.archived) archived.push(this.#summaryOf(record, true))
        else notes.push(this.#summaryOf(record, false))
      }
    }
    notes.sort((a, b) => b.changedAtMs - a.changedAtMs)
    const snapshot = {
      space: summaryOfSpace(space),
      treeIsHere: known !== null,
      tree: [...treePages, ...orphans],
      notes,
      archived,
    }
    return { space, tree: known, personId, snapshot, parents }
  }

  #growTree(
    { spaceId, nodes }: { readonly spaceId: SpaceId; readonly nodes: readonly TreeNode[] },
    seen: Set<PageId>,
    parents: Map<PageId, PageId | null>,
  ): TreePage[] {
    interface Step {
      readonly parent: PageId | null
      readonly nodes: readonly TreeNode[]
      readonly into: TreePage[]
    }
    const roots: TreePage[] = []
    const steps: Step[] = [{ parent: null, nodes, into: roots }]
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      for (const node of step.nodes) {
        seen.add(node.id)
        const record = this.#records.get(node.id)
        // Its row has not come yet; it will appear with its title. Or it went to another space while somebody moved it here.
        if (record === undefined || record.spaceId !== spaceId) continue
        parents.set(node.id, step.parent)
        const children: TreePage[] = []
        step.into.push({ ...this.#summaryOf(record, false), children })
        if (node.children.length > 0) steps.push({ parent: node.id, nodes: node.children, into: children })
      }
    }
    return roots
  }

  #summaryOf(record: DocumentRecord, archived: boolean): PageSummary {
    const next: PageSummary = {
      id: record.id,
      spaceId: record.spaceId,
      kind: record.pageKind ?? 'wiki',
      title: record.title,
      icon: record.icon,
      archived,
      held: record.held,
      waitingChanges: record.waiting,
      changedAtMs: record.changedAtMs,
    }
    const kept = keepSame(this.#summaries.get(record.id), next)
    this.#summaries.set(record.id, kept)
    return kept
  }

  async #readSpaces(): Promise<void> {
    this.#spaces = await this.#storage.spaces()
    const known = new Set(this.#spaces.map((space) => space.id))
    for (const [spaceId, ids] of this.#bySpace) {
      if (!known.has(spaceId)) for (const id of ids) this.#remove(id)
    }
  }

  #put(record: DocumentRecord): void {
    const before = this.#records.get(record.id)
    if (before !== undefined && before.spaceId !== record.spaceId) {
      this.#bySpace.get(before.spaceId)?.delete(record.id)
      this.#touch(before.spaceId, record.id)
    }
    this.#touch(record.spaceId, record.id)
    this.#records.set(record.id, record)
    addTo(this.#bySpace, record)
    if (record.kind !== 'page') addTo(this.#beside, record)
  }

  #remove(id: DocumentId): void {
    const record = this.#records.get(id)
    this.#records.delete(id)
    this.#summaries.delete(id)
    if (record === undefined) return
    this.#bySpace.get(record.spaceId)?.delete(id)
    this.#beside.get(record.spaceId)?.delete(id)
    this.#touch(record.spaceId, id)
  }

  #touch(spaceId: SpaceId, id: DocumentId): void {
    const dirty = this.#dirty.get(spaceId)
    if (dirty === undefined) this.#dirty.set(spaceId, new Set([id]))
    else dirty.add(id)
  }

  #changed(): void {
    this.#version += 1
    for (const listener of [...this.#listeners]) listener()
  }
}

function addTo(bySpace: Map<SpaceId, Set<DocumentId>>, { spaceId, id }: DocumentRecord): void {
  const ids = bySpace.get(spaceId)
  if (ids === undefined) bySpace.set(spaceId, new Set([id]))
  else ids.add(id)
}

export function summaryOfSpace(space: SpaceRecord): SpaceSummary {
  return { id: space.id, name: space.name, kind: space.kind, role: space.role }
}

/** From the top of the tree down to a page, the page last. */
function wayTo(id: PageId, parents: ReadonlyMap<PageId, PageId | null>): readonly PageId[] {
  const way: PageId[] = []
  for (let at: PageId | null = id; at !== null; at = parents.get(at) ?? null) way.unshift(at)
  return way
}

/** Whether the page is under an archived one: in the tree document, but not shown. */
function isHidden(id: PageId, tree: SpaceTree): boolean {
  return tree.hidden.has(id)
}
