import * as Y from 'yjs'
import type { DocumentId, PageId, SpaceId } from '../../model/ids.ts'
import { openPage } from '../../model/page.ts'
import { openSpace } from '../../model/space.ts'
import type { SimPeer } from './sim-peer.ts'
import type { Token } from './tokens.ts'
import { Tokens, wordsOf } from './tokens.ts'
import { flatten } from './flatten.ts'
import type { World } from './world.ts'

/** What must hold when everything has come to rest: equal replicas, nothing missing, nothing doubled, a sound tree. */
export async function checkEnd(world: World): Promise<readonly string[]> {
  const problems: string[] = []
  const rows = (await Promise.all(world.spaceIds.map((each) => world.server.core.documentsOf(each)))).flat()
  const refused = new Set<DocumentId>()
  for (const peer of world.peers) {
    for (const record of await peer.storage.setAsideRecords()) refused.add(record.documentId)
    problems.push(...(await checkRest(world, peer)))
  }
  for (const row of rows) problems.push(...(await checkReplicas(world, row.documentId, refused.has(row.documentId))))
  problems.push(...(await checkTree(world)))
  return problems
}

async function checkRest(world: World, peer: SimPeer): Promise<readonly string[]> {
  const waiting = await peer.storage.waitingRows(0, Number.MAX_SAFE_INTEGER)
  const asked = await peer.storage.requests.waiting()
  const problems: string[] = []
  if (!peer.isOnline) problems.push(`peer ${peer.index} is not online at the end`)
  if (waiting.length > 0) problems.push(`LO5 ${waiting.length} rows of peer ${peer.index} still wait at the end`)
  if (asked.length > 0) problems.push(`RQ1 ${asked.length} requests of peer ${peer.index} were never answered`)
  for (const behind of await world.spacesBehind(peer)) problems.push(`FE1 peer ${peer.index} ${behind}`)
  return problems
}

async function checkReplicas(world: World, id: DocumentId, isRefused: boolean): Promise<readonly string[]> {
  const problems: string[] = []
  const truth = await world.server.core.readDocument(id)
  if (!(truth instanceof Uint8Array)) return [`CO3 the server cannot read ${id}`]
  const onServer = docOf([truth])
  for (const peer of world.peers) {
    const loaded = await peer.storage.load(id)
    const here = docOf(loaded.updates)
    if (!isSame(onServer, here))
      problems.push(`document ${id} of peer ${peer.index} differs: ${describe(onServer, here)}`)
    for (const [n, window] of peer.windows.entries()) {
      const open = window.doc(id)
      if (open !== undefined && !isSame(onServer, open)) {
        problems.push(`document ${id} in window ${n} of peer ${peer.index} differs: ${describe(onServer, open)}`)
      }
    }
  }
  return [...problems, ...checkWords(world, id, wordsOf(onServer), isRefused)]
}

function checkWords(world: World, id: DocumentId, words: string, isRefused: boolean): readonly string[] {
  const counts = new Map<string, number>()
  for (const word of Tokens.in(words)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const problems: string[] = []
  for (const token of world.tokens.byText.values()) {
    if (token.documentId !== id) continue
    const count = counts.get(token.text) ?? 0
    if (count > 1) problems.push(`${token.text} of peer ${token.peer} is doubled`)
    else if (count === 0 && mustBeThere(token) && !isRefused)
      problems.push(`${token.text} of peer ${token.peer} is missing`)
    else if (count === 1 && token.erased === 'sure' && !isRefused)
      problems.push(`${token.text} came back after it was erased`)
  }
  return problems
}

function mustBeThere(token: Token): boolean {
  return token.inserted === 'sure' && token.erased === 'no'
}

/** Each page stands once in the tree of the space that it is in, on the server and in what every window shows, and in no other. */
async function checkTree(world: World): Promise<readonly string[]> {
  const problems: string[] = []
  const inTrees = new Map<SpaceId, readonly PageId[]>()
  for (const spaceId of world.spaceIds) {
    const truth = await world.server.core.readDocument(spaceId as string as DocumentId)
    if (!(truth instanceof Uint8Array)) return ['the tree cannot be read']
    const tree = openSpace(docOf([truth])).snapshot()
    const inTree = [...flatten(tree.roots), ...tree.hidden]
    if (new Set<PageId>(inTree).size !== inTree.length) problems.push('TR1 a page is twice in the tree')
    inTrees.set(spaceId, inTree)
  }
  for (const page of world.created) {
    const spaceId = (await world.server.core.document(page))?.spaceId
    const places = spaceId === undefined ? undefined : inTrees.get(spaceId)
    // A restored server may know a page where it was before it moved: then it stands at the top of that space, in sight.
    const isOff = places?.includes(page) !== true && world.server.restores === 0
    if (isOff) problems.push(`TR1 page ${page} is in no place of the tree of its space`)
    for (const peer of world.peers) problems.push(...checkShown(world, peer, page, spaceId))
  }
  return problems
}

function checkShown(world: World, peer: SimPeer, page: PageId, spaceId: SpaceId | undefined): readonly string[] {
  const lists = peer.windows[0]?.organisation.lists
  const here = lists?.record(page)?.spaceId
  if (lists === undefined || here !== spaceId) {
    return [`RQ6 page ${page} is in ${String(here)} for peer ${peer.index}, and in ${String(spaceId)} on the server`]
  }
  const shown = world.spaceIds.flatMap((each) => {
    const space = lists.space(each)
    const tree = peer.windows[0]?.organisation.tree(each) ?? null
    const pages = space === undefined ? [] : flatten(lists.snapshotOf(space, tree, peer.personId).tree)
    const hidden = each === spaceId ? [...(tree?.hidden ?? [])] : []
    return [...pages, ...hidden].filter((id) => id === page)
  })
  return shown.length === 1 ? [] : [`TR1 peer ${peer.index} sees page ${page} ${shown.length} times`]
}

function docOf(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

function isSame(a: Y.Doc, b: Y.Doc): boolean {
  return Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b)) && textState(a) === textState(b)
}

function textState(doc: Y.Doc): string {
  const { title, archived } = openPage(doc).snapshot()
  return JSON.stringify([title, archived, wordsOf(doc)])
}

function describe(a: Y.Doc, b: Y.Doc): string {
  return `\n    server ${textState(a)} ${vectorOf(a)}\n    here   ${textState(b)} ${vectorOf(b)}`
}

function vectorOf(doc: Y.Doc): string {
  return JSON.stringify(Object.fromEntries(Y.decodeStateVector(Y.encodeStateVector(doc))))
}
