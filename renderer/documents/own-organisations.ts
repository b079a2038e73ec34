import type { OrganisationId, SpaceId } from '../../model/ids.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import type { LaptopStorage, OrganisationRecord, SpaceRecord } from '../storage/laptop-storage.ts'
import { StorageFailed } from '../storage/laptop-storage.ts'
import { bringAlong } from './bring-along.ts'
import type { OpenOrganisation, WindowClock } from './organisation.ts'
import type { OrganisationHold } from './organisation-hold.ts'
import type { AccountError, SpaceSummary } from './plein.ts'

/** What somebody wrote on this laptop without a server, before they joined one. */
export interface OwnOrganisation {
  readonly id: OrganisationId
  readonly name: string
  readonly pages: number
}

export interface Brought {
  readonly pages: number
  /** False: something of it could not be read. What could be is copied, and the old organisation stays where it is. */
  readonly isWhole: boolean
}

export type BringError = 'not-yet-here' | 'storage-full' | AccountError

/** Personal organisations on this laptop, and how one of them comes along into the organisation that is open. */
export interface OwnOrganisations {
  /** Those that could come along; none where the open organisation has no server itself. */
  list(): Promise<readonly OwnOrganisation[]>
  /** Moves everything into one's own space there. Stopped half-way (a crash, no room), it goes on when it is asked again. */
  bring(id: OrganisationId): Promise<Result<Brought, BringError>>
}

export interface OwnOrganisationsOptions {
  readonly laptop: LaptopStorage
  readonly hold: OrganisationHold
  readonly clock: WindowClock
  readonly openOrganisation: () => OpenOrganisation | null
  readonly createSpace: (space: {
    readonly name: string
    readonly kind: SpaceSummary['kind']
  }) => Promise<Result<SpaceId, AccountError>>
  /** An organisation is no longer on this laptop. */
  readonly onRemoved: () => Promise<void>
}

/** Spaces of a new member come with the feed, long before this. */
const waitForSpacesMs = 20_000

export class LaptopOwnOrganisations implements OwnOrganisations {
  readonly #options: OwnOrganisationsOptions

  constructor(options: OwnOrganisationsOptions) {
    this.#options = options
  }

  async list(): Promise<readonly OwnOrganisation[]> {
    if (this.#options.openOrganisation()?.hasServer !== true) return []
    const own = (await this.#options.laptop.organisations()).filter(({ kind }) => kind === 'personal')
    return Promise.all(own.map((record) => this.#describe(record)))
  }

  async bring(id: OrganisationId): Promise<Result<Brought, BringError>> {
    const { laptop, hold, openOrganisation } = this.#options
    const into = openOrganisation()
    const record = (await laptop.organisations()).find((each) => each.id === id)
    if (into?.hasServer !== true || record?.kind !== 'personal') return fail('bad-input')
    try {
      return await hold.alone(id, () => this.#move(id, into))
    } catch (error) {
      // What is copied is on the disk, and the rest is still where it was.
      if (error instanceof StorageFailed && error.reason === 'full') return fail('storage-full')
      throw error
    }
  }

  async #describe({ id, name }: OrganisationRecord): Promise<OwnOrganisation> {
    const documents = await this.#options.laptop.organisation(id).documents()
    return { id, name, pages: documents.filter(({ kind }) => kind === 'page').length }
  }

  async #move(id: OrganisationId, into: OpenOrganisation): Promise<Result<Brought, BringError>> {
    const { laptop, onRemoved } = this.#options
    const from = laptop.organisation(id)
    const spaces = await this.#placesFor(id, await from.spaces(), into)
    if (!spaces.ok) return spaces
    const brought = await bringAlong({ from, into, spaces: spaces.value })
    if (!brought.isWhole) return ok(brought)
    await laptop.removeOrganisation(id)
    await onRemoved()
    return ok(brought)
  }

  /**
   * The personal space goes into the person's own space on the server; every other one into a new space of its kind. Remembered, so
   * that asking again makes no second one.
   */
  async #placesFor(
    id: OrganisationId,
    old: readonly SpaceRecord[],
    into: OpenOrganisation,
  ): Promise<Result<ReadonlyMap<SpaceId, SpaceId>, BringError>> {
    const own = await this.#whenHere(into, () => into.lists.spaces.find(({ kind }) => kind === 'personal')?.id)
    if (own === null) return fail('not-yet-here')
    const setting = `brought-from-${id}`
    const places = new Map(readPlaces(await into.storage.setting(setting)))
    for (const { id: oldId, kind, name } of old) {
      if (places.has(oldId)) continue
      const place = kind === 'personal' ? ok(own) : await this.#options.createSpace({ name, kind })
      if (!place.ok) return place
      places.set(oldId, place.value)
      await into.storage.putSetting(setting, [...places])
    }
    for (const place of places.values()) {
      if ((await this.#whenHere(into, () => place)) === null) return fail('not-yet-here')
    }
    return ok(places)
  }

  /** Waits for a space and its tree. */
  async #whenHere(into: OpenOrganisation, find: () => SpaceId | undefined): Promise<SpaceId | null> {
    const isHere = async () => {
      const id = find()
      return id !== undefined && (await into.openTree(id)) !== null ? id : null
    }
    const here = await isHere()
    if (here !== null) return here
    return new Promise((resolve) => {
      const done = (id: SpaceId | null) => {
        undo()
        cancel()
        resolve(id)
      }
      const undo = into.subscribeLists(() => {
        void isHere().then((id) => {
          if (id !== null) done(id)
        })
      })
      const cancel = this.#options.clock.schedule(waitForSpacesMs, () => done(null))
    })
  }
}

/** Pairs of ids as this laptop stored them. */
function readPlaces(value: unknown): readonly (readonly [SpaceId, SpaceId])[] {
  if (!Array.isArray(value)) return []
  return value.filter((pair): pair is [SpaceId, SpaceId] => Array.isArray(pair) && pair.length === 2)
}
