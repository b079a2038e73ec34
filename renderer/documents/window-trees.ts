import * as Y from 'yjs'
import type { PageId, SpaceId } from '../../model/ids.ts'
import { isSharedPage } from '../../model/kinds.ts'
import { origins } from '../../model/origins.ts'
import { bodyName, openPage, readPageMeta } from '../../model/page.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import { currentSchema } from '../../model/schema-version.ts'
import type { MovedPage } from '../../model/space.ts'
import type { TreeNode } from '../../model/tree-places.ts'
import type { DocumentRecord } from '../storage/laptop-storage.ts'
import { LiveValue } from './live.ts'
import type { OpenOrganisation } from './organisation.ts'
import type { PageVerbs } from './page-verbs.ts'
import type { CopyError, LastMove, TreePlace, Trees } from './trees.ts'

interface Copied {
  readonly record: DocumentRecord
  readonly children: readonly Copied[]
}

interface Moved {
  readonly organisation: OpenOrganisation
  readonly spaceId: SpaceId
  readonly pages: readonly MovedPage[]
}

/** Moves that can be taken back one after another. */
const mostMoves = 50

/** Several pages at once, over the trees of the organisation that is open. */
export class WindowTrees implements Trees {
  readonly lastMove = new LiveValue<LastMove | null>(null)
  readonly #moves: Moved[] = []
  readonly #open: () => OpenOrganisation
  readonly #verbs: PageVerbs

  constructor(mustBeOpen: () => OpenOrganisation, verbs: PageVerbs) {
    this.#open = mustBeOpen
    this.#verbs = verbs
  }

  async movePages(spaceId: SpaceId, ids: readonly PageId[], to: TreePlace): Promise<boolean> {
    const organisation = this.#open()
    const tree = await organisation.openTree(spaceId)
    const before = tree?.placesOf(ids)
    const isMoved = tree?.moveAll(ids, to) ?? false
    if (tree !== null && before !== undefined && isMoved) {
      const after = tree.placesOf(ids)
      const pages = [...before].flatMap(([id, from]) => {
        const now = after.get(id)
        return now === undefined || now === from ? [] : [{ id, from, to: now }]
      })
      this.#moves.push({ organisation, spaceId, pages })
      this.#tellLast(true)
    }
    await organisation.batch.flush()
    return isMoved
  }

  async undoMove(): Promise<boolean> {
    const organisation = this.#open()
    const move = this.#moves.pop()
    this.#tellLast(false)
    if (move === undefined || move.organisation !== organisation) return false
    const tree = await organisation.openTree(move.spaceId)
    const isBack = tree?.takeBack(move.pages) ?? false
    await organisation.batch.flush()
    return isBack
  }

  #tellLast(isNew: boolean): void {
    if (this.#moves.length > mostMoves) this.#moves.shift()
    const last = this.#moves.at(-1)
    this.lastMove.set(last === undefined ? null : { spaceId: last.spaceId, ids: last.pages.map(({ id }) => id), isNew })
  }

  async archivePages(ids: readonly PageId[]): Promise<void> {
    for (const id of ids) await this.#verbs.setArchived(id, true)
  }

  async restorePages(ids: readonly PageId[]): Promise<void> {
    for (const id of ids) await this.#verbs.setArchived(id, false)
  }

  async duplicatePage(
    id: PageId,
    { title, withSubtree }: { readonly title: string; readonly withSubtree: boolean },
  ): Promise<Result<PageId, CopyError>> {
    const organisation = this.#open()
    const record = organisation.lists.record(id)
    if (record === undefined) return fail('not-on-this-laptop')
    const isInTree = record.pageKind !== null && isSharedPage(record.pageKind)
    const tree = isInTree ? await organisation.openTree(record.spaceId) : null
    const { node, parent, next } = findPlace(tree?.snapshot().roots ?? [], id)
    const page = copiedPage(organisation, node, withSubtree)
    const trouble = troubleOf(page)
    if (page === null || trouble !== null) return fail(trouble ?? 'not-on-this-laptop')
    return copyPage(organisation, page, { parent, before: next }, title)
  }
}

/** Where a page stands, and the sibling behind it; at the end of the top where it is not in the tree (a note). Walks without recursion: a tree may be as deep as it has pages. */
function findPlace(
  roots: readonly TreeNode[],
  id: PageId,
): { readonly node: TreeNode; readonly parent: PageId | null; readonly next: PageId | null } {
  const pending: { readonly parent: PageId | null; readonly nodes: readonly TreeNode[] }[] = [
    { parent: null, nodes: roots },
  ]
  for (let step = pending.pop(); step !== undefined; step = pending.pop()) {
    for (const [index, node] of step.nodes.entries()) {
      if (node.id === id) return { node, parent: step.parent, next: step.nodes[index + 1]?.id ?? null }
      if (node.children.length > 0) pending.push({ parent: node.id, nodes: node.children })
    }
  }
  return { node: { id, children: [] }, parent: null, next: null }
}

function copiedPage(organisation: OpenOrganisation, node: TreeNode, withSubtree: boolean): Copied | null {
  const record = organisation.lists.record(node.id)
  if (record === undefined) return null
  const children = withSubtree ? node.children.map((child) => copiedPage(organisation, child, true)) : []
  return { record, children: children.filter((child) => child !== null) }
}

function troubleOf(page: Copied | null): CopyError | null {
  if (page === null || !page.record.held) return 'not-on-this-laptop'
  if (page.record.minSchema > currentSchema) return 'newer-schema'
  return page.children.map((child) => troubleOf(child)).find((trouble) => trouble !== null) ?? null
}

async function copyPage(
  organisation: OpenOrganisation,
  { record, children }: Copied,
  place: TreePlace,
  title: string,
): Promise<Result<PageId, CopyError>> {
  const source = await organisation.documents.open(record.id, { live: false })
  if (source === null) return fail('not-on-this-laptop')
  const { icon, labels } = readPageMeta(source.doc)
  const id = await organisation
    .createPage({
      ...{ spaceId: record.spaceId, kind: record.pageKind ?? 'wiki', title, schema: record.minSchema, ...place },
      fill: ({ doc }) => {
        copyBody(source.doc, doc)
        const page = openPage(doc)
        if (icon !== null) page.setIcon(icon)
        if (labels.length > 0) page.setLabels(labels)
      },
    })
    .finally(() => {
      source.release()
    })
  for (const child of children) {
    const copied = await copyPage(organisation, child, { parent: id, before: null }, child.record.title)
    if (!copied.ok) return copied
  }
  return ok(id)
}

/** The same words and forms as new content of this person's: nothing of the old document's history comes along. */
function copyBody(from: Y.Doc, into: Y.Doc): void {
  const source = from.getXmlFragment(bodyName)
  const target = into.getXmlFragment(bodyName)
  into.transact(() => {
    const copies = source.toArray().map((child) => child.clone())
    target.insert(
      0,
      copies.filter((child) => child instanceof Y.XmlElement || child instanceof Y.XmlText),
    )
  }, origins.user)
}
