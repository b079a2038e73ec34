import * as Y from 'yjs'
import { actsToMove, addToLedger, type LedgerAct } from '../../model/acts.ts'
import { mintId, type DocumentId, type PageId, type SpaceId } from '../../model/ids.ts'
import { isSharedPage } from '../../model/kinds.ts'
import { may } from '../../model/permission.ts'
import { maxMovedPages, type Ask } from '../../model/request.ts'
import { openSpace, type PlacedPage } from '../../model/space.ts'
import { mayOnDocument, spaceThing } from '../access.ts'
import { newDocumentOf } from '../check-row.ts'
import type { Core } from '../core.ts'
import type { DocumentState } from '../document-state.ts'
import type { DocumentRecord, SpaceRecord } from '../store/store.ts'
import type { DecideContext, Effects, Verdict } from './effects.ts'

type MovePage = Extract<Ask, { type: 'move-page' }>

/** Bytes of all pages of one move: they are read and written in one transaction. */
const maxMovedBytes = 256 * 1024 * 1024

/** Two spaces and what stands in each; what a move works on. */
interface Way {
  readonly from: SpaceRecord
  readonly to: SpaceRecord
  readonly page: DocumentState
}

/**
 * A page goes to another space with everything under it (RQ5). Documents keep their ids, their writers and all that they
 * hold; acts about them are copied to the ledger of the new space, because they stand in documents that stay.
 */
export async function movePage(context: DecideContext, ask: MovePage): Promise<Verdict> {
  const way = await wayOf(context, ask)
  if (typeof way === 'string') return way
  const places = await placesToMove(context.core, way)
  if (places === 'damaged') return 'damaged'
  const states = await statesToMove(context.core, way, places)
  if (states.length > maxMovedPages || sizeOf(states) > maxMovedBytes) return 'too-many-pages'
  const moved = new Set(states.map(({ record }) => record.documentId))
  const trees = await moveInTrees(context, way, { places: places.filter(({ id }) => moved.has(id)), under: ask.parent })
  if (trees === 'damaged' || !(await moveActs(context, way, moved))) return 'damaged'
  return movesOf(context, way, states)
}

async function wayOf(
  { core, asker }: DecideContext,
  { pageId, to }: MovePage,
): Promise<Way | Extract<Verdict, string>> {
  const page = await core.states.get(pageId)
  const from = page && core.spaces.get(page.record.spaceId)?.record
  if (page === undefined || from === undefined || page.record.kind !== 'page') return 'unknown-page'
  if (!mayOnDocument(asker, 'read', page.record, from)) return 'unknown-page'
  const target = core.spaces.get(to)?.record
  if (target === undefined || asker.roleIn(to) === null) return 'unknown-space'
  if (from.spaceId === to) return 'same-space'
  const way = { from, to: target, page }
  return mayMove(asker, way) ? way : 'forbidden'
}

/** Shared pages by editors of both spaces; authored ones by their authors or an editor, to where one may write such pages. */
function mayMove(asker: DecideContext['asker'], { from, to, page: { record } }: Way): boolean {
  const here = spaceThing(from, asker.roleIn(from.spaceId))
  const there = spaceThing(to, asker.roleIn(to.spaceId))
  if (isShared(record)) return may(asker, 'create-shared-page', here) && may(asker, 'create-shared-page', there)
  const mayTake = mayOnDocument(asker, 'write', record, from) || may(asker, 'archive-authored', here)
  return mayTake && may(asker, 'create-authored-page', there)
}

function isShared({ pageKind }: DocumentRecord): boolean {
  return pageKind !== null && isSharedPage(pageKind)
}

/** The page and all under it as the tree has them, archived ones included; authored pages stand in no tree. */
async function placesToMove(core: Core, { from, page }: Way): Promise<readonly PlacedPage[] | 'damaged'> {
  if (!isShared(page.record)) return []
  const tree = await readDocument(core, treeOf(from.spaceId))
  if (tree === 'damaged') return 'damaged'
  const id = page.record.documentId
  const places = openSpace(tree).subtree(id)
  tree.destroy()
  // Registered, but its place in the tree has not come yet.
  return places.length === 0 ? [{ id, parent: null, order: 'a0', archived: false }] : places
}

/** Only what stands in the old space: the tree may still name pages that left it earlier. */
async function statesToMove(core: Core, { from, page }: Way, places: readonly PlacedPage[]): Promise<DocumentState[]> {
  if (places.length === 0) return [page]
  const states = await core.states.getMany(places.map(({ id }) => id))
  return [...states.values()].filter(
    ({ record }) => record.spaceId === from.spaceId && record.kind === 'page' && isShared(record),
  )
}

function sizeOf(states: readonly DocumentState[]): number {
  return states.reduce((sum, { record }) => sum + record.sizeBytes, 0)
}

async function moveInTrees(
  { drafts }: DecideContext,
  { from, to }: Way,
  { places, under }: { readonly places: readonly PlacedPage[]; readonly under: PageId | null },
): Promise<'drafted' | 'damaged'> {
  if (places.length === 0) return 'drafted'
  const ids = places.map(({ id }) => id)
  const left = await drafts.change(treeOf(from.spaceId), (doc) => openSpace(doc).takeOut(ids))
  if (left === 'damaged') return 'damaged'
  return drafts.change(treeOf(to.spaceId), (doc) => openSpace(doc).putIn(places, under))
}

/** @returns false where what people said cannot be read: then nothing is moved, so that nothing is lost */
async function moveActs(context: DecideContext, way: Way, moved: ReadonlySet<PageId>): Promise<boolean> {
  const { core, drafts } = context
  const acts = await actsOf(core, way.from.spaceId, moved)
  if (acts === 'damaged') return false
  if (acts.length === 0) return true
  const ledger = (await core.store.documentsOf(way.to.spaceId)).find(({ kind }) => kind === 'ledger')
  if (ledger !== undefined) {
    return (await drafts.change(ledger.documentId, (doc) => addToLedger(doc, acts))) === 'drafted'
  }
  const registration = { spaceId: way.to.spaceId, kind: 'ledger', pageKind: null } as const
  const document = newDocumentOf(mintId<DocumentId>(core.random), registration, null)
  if (document !== null) drafts.create(document, (doc) => addToLedger(doc, acts))
  return true
}

async function actsOf(
  core: Core,
  spaceId: SpaceId,
  pages: ReadonlySet<PageId>,
): Promise<readonly LedgerAct[] | 'damaged'> {
  const sources: { doc: Y.Doc; document: DocumentId; owner: NonNullable<DocumentRecord['ownerId']> }[] = []
  let ledger: Y.Doc | null = null
  for (const { documentId, kind, ownerId } of await core.store.documentsOf(spaceId)) {
    if (kind !== 'acts' && kind !== 'ledger') continue
    const doc = await readDocument(core, documentId)
    if (doc === 'damaged') return 'damaged'
    if (kind === 'ledger') ledger = doc
    else if (ownerId !== null) sources.push({ doc, document: documentId, owner: ownerId })
  }
  return actsToMove(pages, sources, ledger)
}

async function movesOf(
  { core, log }: DecideContext,
  { from, to }: Way,
  states: readonly DocumentState[],
): Promise<Verdict> {
  const moves: NonNullable<Effects['moves']>[number][] = []
  for (const state of states) {
    const update = await state.read(core.store)
    if (update === 'damaged') return 'damaged'
    const { documentId } = state.record
    const rows = { logId: log.logId, leftRow: log.nextRow(), enteredRow: log.nextRow() }
    const where = { documentId, from: from.spaceId, to: to.spaceId }
    core.moving({ from: from.spaceId, to: to.spaceId, update })
    moves.push({ state, move: { ...where, ...rows, update, stateVector: state.encodedStateVector } })
  }
  return { moves }
}

async function readDocument(core: Core, documentId: DocumentId): Promise<Y.Doc | 'damaged'> {
  const state = await core.states.get(documentId)
  const merged = await state?.read(core.store)
  if (merged === undefined || merged === 'damaged') return 'damaged'
  const doc = new Y.Doc()
  Y.applyUpdate(doc, merged)
  return doc
}

/** The document of a space has the id of the space itself. */
function treeOf(spaceId: SpaceId): DocumentId {
  return spaceId as string as DocumentId
}
