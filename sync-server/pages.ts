import type { PageAnswer, ProblemReason } from '../model/api.ts'
import type { DocumentId, PageId, PersonId, SpaceId } from '../model/ids.ts'
import { isSharedPage, type PageKind } from '../model/kinds.ts'
import { readBody } from '../model/page-body.ts'
import type { PageNode } from '../model/page-content.ts'
import type { WrittenPage } from '../model/page-update.ts'
import { bodyName, readPageMeta } from '../model/page.ts'
import { fail, ok, type Result } from '../model/result.ts'
import { openSpace } from '../model/space.ts'
import type { TreeNode } from '../model/tree-places.ts'
import { contentUpdate, withDocument } from './page-writing.ts'
import type { DocumentRecord } from './store/store.ts'
import type { SyncServer } from './sync-server.ts'

/** A page about to be made. */
export interface NewPage extends WrittenPage {
  readonly spaceId: SpaceId
  readonly parent: PageId | null
  readonly authorId: PersonId
}

export interface PageContent {
  readonly title: string
  readonly icon: string | null
  readonly labels: readonly string[]
  readonly archived: boolean
  readonly body: PageNode
}

/** Where shared pages of a space stand. */
interface Places {
  readonly parents: ReadonlyMap<PageId, PageId | null>
  readonly archived: ReadonlySet<PageId>
}

/** Pages as HTTP, import and the sample make and read them: through the same commit as every keystroke. */
export class Pages {
  readonly #syncServer: SyncServer

  constructor(syncServer: SyncServer) {
    this.#syncServer = syncServer
  }

  async create(page: NewPage): Promise<Result<PageId, Extract<ProblemReason, 'unknown-parent'>>> {
    if (
      page.parent !== null &&
      (!isSharedPage(page.kind) || !(await this.#placesOf(page.spaceId)).parents.has(page.parent))
    ) {
      return fail('unknown-parent')
    }
    const id = await this.write({ ...page, update: contentUpdate(page) })
    if (isSharedPage(page.kind)) await this.place(page.spaceId, [{ id, parent: page.parent }])
    return ok(id)
  }

  /** Makes the document alone; a shared page is out of sight until it is placed. */
  write(page: {
    readonly id?: PageId
    readonly spaceId: SpaceId
    readonly kind: PageKind
    readonly authorId: PersonId
    readonly update: Uint8Array
  }): Promise<PageId> {
    const { id, spaceId, kind, authorId, update } = page
    const chosen = id === undefined ? {} : { documentId: id }
    return this.#syncServer.createDocument({
      spaceId,
      kind: 'page',
      pageKind: kind,
      ownerId: authorId,
      update,
      ...chosen,
    })
  }

  /** Puts pages into the tree of their space, in this order, in one change. */
  async place(
    spaceId: SpaceId,
    places: readonly { readonly id: PageId; readonly parent: PageId | null }[],
    options: { readonly archived?: readonly PageId[] } = {},
  ): Promise<void> {
    if (places.length === 0) return
    await this.#syncServer.updateDocument(spaceDocument(spaceId), (doc) => {
      const space = openSpace(doc)
      for (const { id, parent } of places) space.add(id, parent)
      for (const id of options.archived ?? []) space.setArchived(id, true)
    })
  }

  /** In one change. */
  async setArchived(spaceId: SpaceId, ids: readonly PageId[], isArchived: boolean): Promise<void> {
    await this.#syncServer.updateDocument(spaceDocument(spaceId), (doc) => {
      const space = openSpace(doc)
      doc.transact(() => {
        for (const id of ids) space.setArchived(id, isArchived)
      })
    })
  }

  /** Shared pages in the order of the tree, then the others, newest first. */
  async list(spaceId: SpaceId): Promise<readonly PageAnswer[]> {
    const places = await this.#placesOf(spaceId)
    const order = new Map([...places.parents.keys()].map((id, index) => [id, index]))
    const pages = (await this.#syncServer.documentsOf(spaceId)).filter(({ kind }) => kind === 'page')
    const titled = await Promise.all(pages.map((document) => this.#withTitle(document)))
    return titled
      .map((document) => answerOf(document, places))
      .toSorted(
        (a, b) => (order.get(a.id) ?? Infinity) - (order.get(b.id) ?? Infinity) || b.changedAtMs - a.changedAtMs,
      )
  }

  async summary(document: DocumentRecord): Promise<PageAnswer> {
    return answerOf(document, await this.#placesOf(document.spaceId))
  }

  /** What stands on a page; undefined where a record of it is damaged. */
  async read(id: PageId): Promise<PageContent | undefined> {
    const update = await this.#syncServer.readDocument(id)
    if (update === undefined || update === 'damaged') return undefined
    return contentOf(update)
  }

  async hasInTree(spaceId: SpaceId, id: PageId): Promise<boolean> {
    return (await this.#placesOf(spaceId)).parents.has(id)
  }

  /** The row of a page is derived a moment after its last change: a new one is read here, so that nobody sees it without its title. */
  async #withTitle(document: DocumentRecord): Promise<DocumentRecord> {
    if (document.title !== null) return document
    const update = await this.#syncServer.readDocument(document.documentId)
    if (update === undefined || update === 'damaged') return document
    const { title, icon, archived } = withDocument(update, readPageMeta)
    return { ...document, title, icon, archived }
  }

  async #placesOf(spaceId: SpaceId): Promise<Places> {
    const update = await this.#syncServer.readDocument(spaceDocument(spaceId))
    if (update === undefined || update === 'damaged') return { parents: new Map(), archived: new Set() }
    return withDocument(update, (doc) => {
      const { roots, hidden } = openSpace(doc).snapshot()
      return { parents: parentsOf(roots), archived: hidden }
    })
  }
}

/** What a state of a page says. */
export function contentOf(update: Uint8Array): PageContent {
  return withDocument(update, (doc) => ({ ...readPageMeta(doc), body: readBody(doc.getXmlFragment(bodyName)) }))
}

/** A space's tree lives in the document that has the space's own id. */
function spaceDocument(spaceId: SpaceId): DocumentId {
  return spaceId as string as DocumentId
}

/** In the order of the tree; without recursion, since a tree may be as deep as it has pages. */
function parentsOf(roots: readonly TreeNode[]): ReadonlyMap<PageId, PageId | null> {
  const parents = new Map<PageId, PageId | null>()
  const pending = roots.map((node) => ({ node, parent: null as PageId | null })).toReversed()
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { id, children } = next.node
    parents.set(id, next.parent)
    for (const child of children.toReversed()) pending.push({ node: child, parent: id })
  }
  return parents
}

function answerOf(document: DocumentRecord, places: Places): PageAnswer {
  const id = document.documentId
  return {
    id,
    documentId: id,
    spaceId: document.spaceId,
    kind: document.pageKind ?? 'wiki',
    title: document.title ?? '',
    icon: document.icon,
    archived: document.archived || places.archived.has(id),
    parent: places.parents.get(id) ?? null,
    changedAtMs: document.changedAtMs,
  }
}
