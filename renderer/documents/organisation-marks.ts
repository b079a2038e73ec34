import {
  privateIdOf,
  openPrivate,
  joinMarks,
  noMarks,
  type PrivateDocument,
  type PrivateMarks,
} from '../../model/private.ts'
import type { DocumentId, SpaceId } from '../../model/ids.ts'
import { lowestSchema } from '../../model/schema-version.ts'
import type { SpaceRecord } from '../storage/laptop-storage.ts'
import { LiveValue } from './live.ts'
import type { OpenDocument } from './open-documents.ts'
import type { OpenOrganisation } from './organisation.ts'

interface Opened {
  readonly document: OpenDocument
  readonly marks: PrivateDocument
}

/**
 * The marks of one organisation's person: all their private documents read as one, written to the one of their personal
 * space. That one is made with the first mark, and with a server not before its list has come: another device of theirs may
 * have made it, and then it is fetched.
 */
export class OrganisationMarks {
  readonly all = new LiveValue<PrivateMarks>(noMarks)
  readonly #organisation: OpenOrganisation
  readonly #opened = new Map<DocumentId, Opened>()
  readonly #opening = new Set<DocumentId>()
  readonly #asked = new Set<DocumentId>()
  #waiting: ((marks: PrivateDocument) => void)[] = []
  readonly #undo: readonly (() => void)[]
  #isClosed = false

  constructor(organisation: OpenOrganisation) {
    this.#organisation = organisation
    this.#undo = [
      organisation.lists.subscribe(() => {
        this.#look()
      }),
      organisation.subscribeResets((id) => {
        this.#letGo(id)
      }),
    ]
    for (const id of organisation.lists.privateIds()) this.#open(id)
    this.#look()
  }

  write(change: (marks: PrivateDocument) => void): void {
    const own = this.#own()
    if (own !== undefined) {
      change(own.marks)
      return
    }
    this.#waiting.push(change)
    this.#look()
  }

  close(): void {
    this.#isClosed = true
    for (const undo of this.#undo) undo()
    for (const id of this.#opened.keys()) this.#letGo(id)
  }

  get #ownId(): DocumentId | undefined {
    const space = this.#personalSpace()
    return space === undefined ? undefined : privateIdOf(space.id)
  }

  #own(): Opened | undefined {
    const id = this.#ownId
    return id === undefined ? undefined : this.#opened.get(id)
  }

  /** The first by its id, for a person on a laptop alone may have made more of them. */
  #personalSpace(): SpaceRecord | undefined {
    const spaces = this.#organisation.lists.spaces.filter(({ kind, role }) => kind === 'personal' && role === 'owner')
    return spaces.toSorted((a, b) => (a.id < b.id ? -1 : 1))[0]
  }

  #look(): void {
    const space = this.#personalSpace()
    if (space === undefined || this.#isClosed) return
    const id = privateIdOf(space.id)
    if (this.#opened.has(id) || this.#opening.has(id)) return
    const record = this.#organisation.lists.record(id)
    if (record?.held === true) this.#open(id)
    else if (record !== undefined) this.#fetch(id)
    else if (this.#waiting.length > 0) void this.#makeWhenKnown(id, space.id)
  }

  #fetch(id: DocumentId): void {
    if (this.#asked.has(id)) return
    this.#asked.add(id)
    this.#organisation.link.post({ type: 'fetch', documentId: id })
  }

  #open(id: DocumentId): void {
    this.#opening.add(id)
    void this.#organisation.documents.open(id, { live: false }).then((document) => {
      this.#opening.delete(id)
      if (document !== null) this.#use(document)
    })
  }

  /** Asks the disk: lists in memory are not told of every step of a cursor. */
  async #makeWhenKnown(id: DocumentId, spaceId: SpaceId): Promise<void> {
    const { hasServer, storage, lists } = this.#organisation
    const space = hasServer ? (await storage.spaces()).find((each) => each.id === spaceId) : undefined
    const isKnown = !hasServer || (space !== undefined && space.cursor !== null)
    const isThere = lists.record(id) !== undefined || this.#opened.has(id)
    if (isKnown && !isThere && this.#waiting.length > 0 && !this.#isClosed) this.#make(id, spaceId)
  }

  #make(id: DocumentId, spaceId: SpaceId): void {
    const { record } = this.#organisation
    const registration = { spaceId, kind: 'private', pageKind: null } as const
    const document = this.#organisation.createDocument(id, registration, { live: false })
    this.#organisation.batch.list({
      ...{ id, ...registration, ownerId: record.personId, minSchema: lowestSchema, held: true, changedAtMs: 0 },
    })
    this.#use(document)
  }

  #use(document: OpenDocument): void {
    if (this.#isClosed || this.#opened.has(document.id)) {
      document.release()
      return
    }
    const marks = openPrivate(document.doc)
    this.#opened.set(document.id, { document, marks })
    marks.subscribe(() => {
      this.#tell()
    })
    this.#tell()
    const own = this.#own()
    if (own === undefined) return
    for (const change of this.#waiting.splice(0)) change(own.marks)
  }

  #letGo(id: DocumentId): void {
    const opened = this.#opened.get(id)
    if (opened === undefined) return
    this.#opened.delete(id)
    opened.document.release()
    this.#asked.delete(id)
    this.#tell()
    this.#look()
  }

  #tell(): void {
    this.all.set(joinMarks([...this.#opened.values()].map(({ marks }) => marks.snapshot())))
  }
}
