import * as Y from 'yjs'
import type { ActRef } from '../../../model/act-ref.ts'
import type { SaidAct } from '../../../model/acts.ts'
import { apiPaths } from '../../../model/api.ts'
import type { DocumentId, FileHash, PageId, PersonId, SpaceId } from '../../../model/ids.ts'
import { isSharedPage } from '../../../model/kinds.ts'
import { placesIn, writeComments, type ExportedComments } from '../../../model/markdown/exported-comments.ts'
import type { ExportPlan, ExportSource } from '../../../model/markdown/export-run.ts'
import type { ExportPage } from '../../../model/markdown/export-tree.ts'
import { origins } from '../../../model/origins.ts'
import { readBody } from '../../../model/page-body.ts'
import { bodyName, readPageMeta } from '../../../model/page.ts'
import type { QuotePlace } from '../../../model/quote-place.ts'
import { openSpace } from '../../../model/space.ts'
import type { TreeNode } from '../../../model/tree-places.ts'
import type { DocumentRecord, OrganisationRecord, OrganisationStorage } from '../../storage/laptop-storage.ts'
import type { ExportWhat } from '../in-out.ts'

interface LaptopPagesOptions {
  readonly record: OrganisationRecord
  readonly storage: OrganisationStorage
  readonly spaceId: SpaceId
  /** This device's token for the server; null while signed out or without a server. */
  readonly token: string | null
}

/** The pages and files of this laptop; what is not here is asked of the server, where there is one. */
export class LaptopPages implements ExportSource {
  readonly #options: LaptopPagesOptions
  readonly #records = new Map<DocumentId, DocumentRecord>()

  constructor(options: LaptopPagesOptions) {
    this.#options = options
  }

  /** What the export is made of; null where the space is not on this laptop. */
  async plan(
    what: ExportWhat,
    words: { readonly untitled: string; readonly nowMs: number },
  ): Promise<ExportPlan | null> {
    const { record, storage, spaceId } = this.#options
    const space = (await storage.spaces()).find(({ id }) => id === spaceId)
    if (space === undefined) return null
    for (const document of await storage.documents()) {
      if (document.spaceId === spaceId) this.#records.set(document.id, document)
    }
    const roots = await this.#tree()
    const chosen = what.pageId === null ? roots : roots.flatMap((node) => findNode(node, what.pageId))
    const notes = what.pageId === null ? this.#notes(record.personId) : this.#ownNote(what.pageId)
    return {
      pages: chosen.flatMap((node) => this.#pageOf(node)),
      notes,
      space: { id: space.id, name: space.name, kind: space.kind },
      organisationName: record.name,
      exportedAt: new Date(words.nowMs).toISOString(),
      untitled: words.untitled,
    }
  }

  async readPage(id: PageId): ReturnType<ExportSource['readPage']> {
    const loaded = await this.#options.storage.load(id)
    if (loaded.held && !loaded.damaged) return contentOf(loaded.updates)
    const answer = await this.#ask(`/api/pages/${id}?format=json`)
    return answer === null ? null : readAnswer(await answer.json())
  }

  async openFile(hash: FileHash): ReturnType<ExportSource['openFile']> {
    const { storage, spaceId } = this.#options
    const bytes = (await storage.files.bytes(hash)) ?? (await (await this.#ask(apiPaths.file(spaceId, hash)))?.blob())
    if (bytes === undefined) return null
    const record = await storage.files.record(spaceId, hash)
    const mediaType = record?.type || bytes.type
    return { name: record?.name || null, mediaType, sizeBytes: bytes.size, pieces: piecesOf(bytes) }
  }

  async comments(pages: readonly PageId[]): Promise<ExportedComments | null> {
    const { storage, record } = this.#options
    await storage.acts.fold()
    const said: SaidAct[] = []
    const places = new Map<ActRef, QuotePlace>()
    for (const page of pages) {
      const about = await storage.acts.ofPage(page)
      said.push(...about)
      for (const [ref, place] of await this.#placesOf(page, about)) places.set(ref, place)
    }
    const { people } = await storage.people.read()
    const names = new Map<PersonId, string>([
      [record.personId, record.personName],
      ...people.map(({ id, name }) => [id, name] as const),
    ])
    return writeComments(said, (id) => names.get(id) || null, places)
  }

  /** Of a page that is not on this laptop only the quotes are known. */
  async #placesOf(page: PageId, about: readonly SaidAct[]): Promise<ReadonlyMap<ActRef, QuotePlace>> {
    if (about.length === 0) return new Map()
    const { updates } = await this.#options.storage.load(page)
    return withDocument(updates, (doc) => placesIn(doc, about))
  }

  async #tree(): Promise<readonly TreeNode[]> {
    const { storage, spaceId } = this.#options
    const { updates } = await storage.load(spaceId as string as DocumentId)
    return withDocument(updates, (doc) => openSpace(doc).snapshot().roots)
  }

  #pageOf({ id, children }: TreeNode): ExportPage[] {
    const record = this.#records.get(id)
    const below = children.flatMap((child) => this.#pageOf(child))
    // Its row has not come yet; those below it are not left out.
    return record === undefined ? below : [{ ...exportPageOf(record), children: below }]
  }

  #notes(personId: string): readonly ExportPage[] {
    const own = [...this.#records.values()].filter(
      ({ pageKind, ownerId, archived }) => pageKind === 'note' && ownerId === personId && !archived,
    )
    return own.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((record) => exportPageOf(record))
  }

  #ownNote(id: PageId): readonly ExportPage[] {
    const record = this.#records.get(id)
    if (record?.pageKind === null || record === undefined || isSharedPage(record.pageKind)) return []
    return [exportPageOf(record)]
  }

  async #ask(path: string): Promise<Response | null> {
    const { record, token } = this.#options
    if (record.serverUrl === null || token === null) return null
    try {
      const response = await fetch(`${record.serverUrl}${path}`, {
        headers: { authorization: `Bearer ${token}` },
        credentials: 'omit',
      })
      return response.ok ? response : null
    } catch {
      // No network: the export names what is not on this laptop.
      return null
    }
  }
}

function exportPageOf({ id, title, pageKind, icon, changedAtMs }: DocumentRecord): ExportPage {
  return { id, title, kind: pageKind ?? 'wiki', icon, changed: new Date(changedAtMs).toISOString(), children: [] }
}

function findNode(node: TreeNode, id: PageId | null): readonly TreeNode[] {
  if (node.id === id) return [node]
  return node.children.flatMap((child) => findNode(child, id))
}

function withDocument<T>(updates: readonly Uint8Array[], read: (doc: Y.Doc) => T): T {
  const doc = new Y.Doc()
  try {
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update, origins.storage)
    }, origins.storage)
    return read(doc)
  } finally {
    doc.destroy()
  }
}

function contentOf(updates: readonly Uint8Array[]) {
  return withDocument(updates, (doc) => {
    const { title, labels } = readPageMeta(doc)
    return { title, labels, body: readBody(doc.getXmlFragment(bodyName)) }
  })
}

/** A page as the server's interface answers it; null where it answered something else. */
function readAnswer(value: unknown): Awaited<ReturnType<ExportSource['readPage']>> {
  const { title, labels, body } = Object(value) as Readonly<Record<string, unknown>>
  if (typeof title !== 'string' || !Array.isArray(labels) || typeof body !== 'object' || body === null) return null
  if (Reflect.get(body, 'type') !== 'doc') return null
  return {
    title,
    labels: labels.filter((label) => typeof label === 'string'),
    body: body as Awaited<ReturnType<typeof contentOf>>['body'],
  }
}

async function* piecesOf(bytes: Blob): AsyncGenerator<Uint8Array> {
  const pieceBytes = 1024 * 1024
  for (let at = 0; at < bytes.size; at += pieceBytes) {
    yield new Uint8Array(await bytes.slice(at, at + pieceBytes).arrayBuffer())
  }
}
