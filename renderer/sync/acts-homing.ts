import { actIdOf, documentOfRef, refOf, type ActRef } from '../../model/act-ref.ts'
import { withRefs } from '../../model/act.ts'
import { actsUpdate } from '../../model/acts.ts'
import { mintId, type ActId, type DocumentId, type FillRandom, type PageId, type SpaceId } from '../../model/ids.ts'
import { lowestSchema } from '../../model/schema-version.ts'
import { seedOf } from '../../model/seeds.ts'
import type { DocumentChange, OrganisationStorage, OwnChange } from '../storage/laptop-storage.ts'
import type { SyncClock } from './engine-options.ts'
import { findHomes, isSaid, type HomedAct, type KnownHere } from './find-homes.ts'
import { SerialQueue } from './serial-queue.ts'
import type { FromWorker, ToWorker } from './sync-messages.ts'

/** What is refused and what moved comes in one burst: looked at once. */
const soonMs = 100

export interface ActsHomingOptions {
  readonly storage: OrganisationStorage
  readonly clock: SyncClock
  readonly fillRandom: FillRandom
  /** Whose laptop it is; null where that is not known any more. */
  readonly me: () => Promise<KnownHere['me'] | null>
  /** To the engine: rows wait. */
  readonly post: (message: ToWorker) => void
  readonly emit: (message: FromWorker) => void
  readonly report: (error: unknown) => void
}

/** What is appended to the log, and what lists say of it. */
interface Draft {
  readonly changes: OwnChange[]
  readonly listed: DocumentChange[]
}

/** One's own acts about each page, by id. */
type OwnActs = ReadonlyMap<PageId, ReadonlyMap<ActId, ActRef>>

/**
 * AC7: what one said without a line about a page that moved meanwhile was refused in the old space, or set aside with it. It is
 * said again where the page stands now, if this person may speak there; else it stays set aside. It keeps its id, and goes out of
 * what is set aside in the transaction that writes it, so that nothing is said twice and nothing is lost in between.
 */
export class ActsHoming {
  readonly #options: ActsHomingOptions
  readonly #queue: SerialQueue
  #isPlanned = false

  constructor(options: ActsHomingOptions) {
    this.#options = options
    this.#queue = new SerialQueue(options.report)
  }

  /** Something that the worker tells the windows: of a refusal, or of where documents stand now. */
  heard({ type }: FromWorker): void {
    if (type !== 'set-aside-changed' && type !== 'documents-changed' && type !== 'space-revoked') return
    if (this.#isPlanned) return
    this.#isPlanned = true
    this.#options.clock.schedule(soonMs, () => {
      this.#isPlanned = false
      this.#queue.add(() => this.#look())
    })
  }

  /** Resolves when what is known now is stored; for tests. */
  settled(): Promise<void> {
    return this.#queue.settled()
  }

  async #look(): Promise<void> {
    const { storage } = this.#options
    const records = await storage.setAsideRecords()
    if (!records.some(isSaid)) return
    const me = await this.#options.me()
    if (me === null) return
    const spaces = new Map((await storage.spaces()).map((space) => [space.id, space]))
    const documents = new Map((await storage.documents()).map((document) => [document.id, document]))
    const known = { me, spaces, documents }
    const { acts, settled } = findHomes(records, known)
    if (settled.length > 0) await this.#store(this.#draft(acts, await this.#ownActs(acts, known), known), settled)
  }

  async #store({ changes, listed }: Draft, settled: readonly string[]): Promise<void> {
    const { storage, post, emit } = this.#options
    const rows = await storage.appendOwn(changes, listed, settled)
    const written = changes.map(({ documentId, update }) => ({ documentId, update }))
    if (rows.length > 0) post({ type: 'own-rows', windowId: '', changes: written, rows })
    emit({ type: 'remote-changes', changes: written })
    const pages = await storage.acts.fold()
    if (pages.length > 0) emit({ type: 'acts-folded', pages })
    emit({ type: 'documents-changed', documentIds: listed.map(({ id }) => id), spacesChanged: false })
    emit({ type: 'set-aside-changed' })
  }

  /** What came to the page's ledger with the move, or was said again by an earlier run, is not said once more. */
  async #ownActs(homed: readonly HomedAct[], { me }: KnownHere): Promise<OwnActs> {
    const { acts } = this.#options.storage
    await acts.fold()
    const own = new Map<PageId, ReadonlyMap<ActId, ActRef>>()
    for (const page of new Set(homed.map(({ act }) => act.page))) {
      const mine = (await acts.ofPage(page)).filter(({ author }) => author === me.personId)
      own.set(page, new Map(mine.map(({ act, ref }) => [act.id, ref])))
    }
    return own
  }

  #draft(homed: readonly HomedAct[], own: OwnActs, known: KnownHere): Draft {
    const unsaid = homed.filter(({ act }) => own.get(act.page)?.has(act.id) !== true)
    const draft: Draft = { changes: [], listed: [] }
    const targets = this.#targets(unsaid, known)
    const newRefs = new Map(
      unsaid.map(({ act, from, space }) => [refOf(from, act.id), refOf(targets.get(space) ?? from, act.id)]),
    )
    for (const [spaceId, id] of targets) {
      const acts = unsaid.filter(({ space }) => space === spaceId)
      const written = acts.map(({ act, from }) =>
        withRefs(act, (ref) => {
          const before = documentOfRef(ref) === from ? own.get(act.page)?.get(actIdOf(ref)) : undefined
          return newRefs.get(ref) ?? before ?? ref
        }),
      )
      const registration = { spaceId, kind: 'acts', pageKind: null } as const
      const row = { documentId: id, schema: lowestSchema, restored: false }
      if (!known.documents.has(id)) draft.changes.push({ ...row, update: seedOf('acts', null), registration })
      draft.changes.push({ ...row, update: actsUpdate(written), registration: null })
      const said = { ownerId: known.me.personId, minSchema: lowestSchema, held: true }
      draft.listed.push({ id, ...registration, ...said, changedAtMs: this.#options.clock.nowMs() })
    }
    return draft
  }

  /** One's own acts document in each space: one that is here, or a new one. */
  #targets(homed: readonly HomedAct[], { me, documents }: KnownHere): ReadonlyMap<SpaceId, DocumentId> {
    const own = [...documents.values()].filter(
      ({ kind, ownerId, held }) => kind === 'acts' && ownerId === me.personId && held,
    )
    const idIn = (space: SpaceId) =>
      own.find(({ spaceId }) => spaceId === space)?.id ?? mintId<DocumentId>(this.#options.fillRandom)
    return new Map([...new Set(homed.map(({ space }) => space))].map((space) => [space, idIn(space)]))
  }
}
