import * as Y from 'yjs'
import { actsUpdate, type LedgerAct } from '../../../model/acts.ts'
import {
  mintId,
  type ActId,
  type DocumentId,
  type OrganisationId,
  type PageId,
  type PersonId,
} from '../../../model/ids.ts'
import { cleanFileName } from '../../../model/file-name.ts'
import { isSharedPage } from '../../../model/kinds.ts'
import { commentsToLedger, type ExportedComments } from '../../../model/markdown/exported-comments.ts'
import type { ImportSink, ReadyPage } from '../../../model/markdown/import-run.ts'
import { SourceUnreadable } from '../../../model/markdown/import-source.ts'
import { origins } from '../../../model/origins.ts'
import { fail, ok } from '../../../model/result.ts'
import { lowestSchema } from '../../../model/schema-version.ts'
import { seedOf } from '../../../model/seeds.ts'
import { openSpace } from '../../../model/space.ts'
import type { DocumentChange, OrganisationStorage, OwnChange, WaitingRow } from '../../storage/laptop-storage.ts'
import type { WindowChange } from '../../sync/sync-messages.ts'
import type { FilePlaces } from '../../storage/file-places.ts'
import type { NewFile } from '../../storage/file-storage.ts'
import type { ImportPlace } from '../in-out.ts'
import { keepPieces } from './keep-pieces.ts'

export interface LaptopTargetOptions {
  readonly organisationId: OrganisationId
  /** Where large files lie; null where the browser has no such place. */
  readonly places: FilePlaces | null
  readonly storage: OrganisationStorage
  readonly place: ImportPlace
  readonly personId: PersonId
  readonly hasServer: boolean
  /** Told of every commit: the sync worker pushes, and windows read their lists again. */
  readonly tell: (changes: readonly WindowChange[]) => void
  readonly tellFiles: () => void
  readonly maxFileBytes: number
  readonly nowMs: () => number
}

const maxWaitingBytes = 8 * 1024 * 1024

/** Yjs' own bytes for nothing at all. */
const emptyUpdate = Uint8Array.of(0, 0)

/**
 * Writes imported pages as rows of this laptop's log, as a window does. Top pages are archived with their first row and come out of
 * the archive together, so that an import that was stopped or broke off stands nowhere half-made.
 */
export class LaptopTarget implements ImportSink {
  readonly #options: LaptopTargetOptions
  readonly #spaceId: DocumentId
  readonly #top: PageId[] = []
  #tree: Y.Doc | null = null
  #files: NewFile[] = []
  #fileBytes = 0

  constructor(options: LaptopTargetOptions) {
    this.#options = options
    // A space's tree lives in the document that has the space's own id.
    this.#spaceId = options.place.spaceId as string as DocumentId
  }

  mintPageId(): PageId {
    return mintId<PageId>(fillRandom)
  }

  async keepFile({
    path,
    sizeBytes,
    pieces,
  }: Parameters<ImportSink['keepFile']>[0]): ReturnType<ImportSink['keepFile']> {
    const { place, personId, nowMs, maxFileBytes } = this.#options
    if (sizeBytes > maxFileBytes) return fail('file-too-large')
    const type = typeOf(path)
    try {
      const { hash, bytes } = await keepPieces(pieces, { ...this.#options, sizeBytes, type })
      const { spaceId } = place
      const file = { spaceId, hash, type, bytes, name: cleanFileName(path), addedBy: personId, addedAtMs: nowMs() }
      this.#files.push({ ...file, onServer: false })
      this.#fileBytes += 'blob' in bytes ? bytes.blob.size : 0
      // Kept with the pages that show them, or before they weigh too much: each transaction waits for the disk.
      if (this.#fileBytes > maxWaitingBytes) await this.#putFiles()
      return ok(hash)
    } catch (error) {
      if (error instanceof SourceUnreadable) return fail('unreadable')
      throw error
    }
  }

  async #putFiles(): Promise<void> {
    const files = this.#files
    this.#files = []
    this.#fileBytes = 0
    await this.#options.storage.files.putAll(files)
  }

  async commit(pages: readonly ReadyPage[]): Promise<void> {
    await this.#putFiles()
    const shared = pages.filter(({ kind }) => isSharedPage(kind))
    const top = shared.filter(({ parent }) => parent === null).map(({ id }) => id)
    this.#top.push(...top)
    const { parent } = this.#options.place
    const places = await this.#changeTree((space) => {
      for (const page of shared) space.add(page.id, page.parent ?? parent)
      for (const id of top) space.setArchived(id, true)
    })
    await this.#append(
      [...places, ...pages.flatMap((page) => this.#rowsOf(page))],
      pages.map((page) => this.#listed(page)),
    )
    this.#options.tellFiles()
  }

  async reveal(): Promise<void> {
    const change = await this.#changeTree((space) => {
      for (const id of this.#top) space.setArchived(id, false)
    })
    await this.#append(change, [])
  }

  /**
   * As words of whoever imports, with the names of others in front: this needs no server, and nobody speaks in another's name. They go
   * along when a personal space joins an organisation.
   */
  async keepComments(comments: ExportedComments, pages: ReadonlyMap<string, PageId>): Promise<boolean> {
    const { storage, place, personId } = this.#options
    const known = (await storage.documents()).find(
      ({ kind, ownerId, spaceId }) => kind === 'acts' && ownerId === personId && spaceId === place.spaceId,
    )
    const id = known?.id ?? mintId<DocumentId>(fillRandom)
    const acts = commentsToLedger(comments, {
      pageOf: (exportedId) => pages.get(exportedId),
      document: id,
      isKnown: (author) => author === personId,
      importer: personId,
      mintActId: () => mintId<ActId>(fillRandom),
    })
    if (acts.length === 0) return true
    await this.#append(
      [...(known === undefined ? [this.#actsSeed(id)] : []), ...actRows(id, acts)],
      known === undefined ? [this.#actsListed(id)] : [],
    )
    return true
  }

  #actsSeed(documentId: DocumentId): OwnChange {
    const registration = { spaceId: this.#options.place.spaceId, kind: 'acts', pageKind: null } as const
    return { documentId, update: seedOf('acts', null), schema: lowestSchema, restored: false, registration }
  }

  #actsListed(id: DocumentId): DocumentChange {
    const { place, personId, nowMs } = this.#options
    return {
      ...{ id, spaceId: place.spaceId, kind: 'acts', pageKind: null, ownerId: personId, title: '', icon: null },
      ...{ archived: false, minSchema: lowestSchema, held: true, changedAtMs: nowMs() },
    }
  }

  /** One change of the tree, as a row; none where nothing changed. */
  async #changeTree(change: (space: ReturnType<typeof openSpace>) => void): Promise<readonly OwnChange[]> {
    const doc = (this.#tree ??= await this.#loadTree())
    const updates: Uint8Array[] = []
    const note = (update: Uint8Array) => updates.push(update)
    doc.on('update', note)
    doc.transact(() => {
      change(openSpace(doc))
    }, origins.user)
    doc.off('update', note)
    return updates.map((update) => ({
      documentId: this.#spaceId,
      update,
      schema: lowestSchema,
      restored: false,
      registration: null,
    }))
  }

  async #loadTree(): Promise<Y.Doc> {
    const doc = new Y.Doc()
    const { updates } = await this.#options.storage.load(this.#spaceId)
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update, origins.storage)
    }, origins.storage)
    return doc
  }

  #rowsOf({ id, kind, update, schema }: ReadyPage): OwnChange[] {
    const registration = { spaceId: this.#options.place.spaceId, kind: 'page', pageKind: kind } as const
    const seed = seedOf('page', kind)
    return [
      { documentId: id, update: seed, schema: lowestSchema, restored: false, registration },
      { documentId: id, update, schema, restored: false, registration: null },
    ]
  }

  #listed({ id, kind, title, icon, schema }: ReadyPage): DocumentChange {
    return {
      id,
      spaceId: this.#options.place.spaceId,
      kind: 'page',
      pageKind: kind,
      ownerId: isSharedPage(kind) ? null : this.#options.personId,
      title,
      icon,
      archived: false,
      minSchema: schema,
      held: true,
      changedAtMs: this.#options.nowMs(),
    }
  }

  async #append(changes: readonly OwnChange[], documents: readonly DocumentChange[]): Promise<void> {
    if (changes.length === 0) return
    const { storage, hasServer, tell } = this.#options
    const rows = await storage.appendOwn(changes, documents)
    if (!hasServer) await acknowledgeAlone(storage, rows)
    // Nobody has a new page open yet: its name is enough for the others to read it.
    tell(
      changes.map(({ documentId, update }) => ({
        documentId,
        update: documentId === this.#spaceId ? update : emptyUpdate,
      })),
    )
  }
}

/** Fewer than an update may hold. */
const actsPerRow = 1000

function actRows(documentId: DocumentId, acts: readonly LedgerAct[]): OwnChange[] {
  const rows: OwnChange[] = []
  for (let at = 0; at < acts.length; at += actsPerRow) {
    const update = actsUpdate(acts.slice(at, at + actsPerRow).map(({ act }) => act))
    rows.push({ documentId, update, schema: lowestSchema, restored: false, registration: null })
  }
  return rows
}

const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes)

/** Without a server nothing waits. */
async function acknowledgeAlone(storage: OrganisationStorage, rows: readonly WaitingRow[]): Promise<void> {
  const last = rows.at(-1)
  if (last !== undefined) await storage.acknowledge(last.row)
}

const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  pdf: 'application/pdf',
}

/** For this laptop alone: the server looks at the bytes. */
function typeOf(path: string): string {
  return types[path.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream'
}
