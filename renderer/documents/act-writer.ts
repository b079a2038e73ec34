import type { NewAct } from '../../model/act.ts'
import { writeAct } from '../../model/acts.ts'
import type { FillRandom, SpaceId } from '../../model/ids.ts'
import { may } from '../../model/permission.ts'
import { lowestSchema } from '../../model/schema-version.ts'
import { highestCounter } from '../../model/threads.ts'
import { StorageFailed } from '../storage/laptop-storage.ts'
import type { Said } from './comments.ts'
import type { OpenDocument } from './open-documents.ts'
import type { OpenOrganisation, WindowClock } from './organisation.ts'

/** The act would be refused by the server. */
export class ActDenied extends Error {
  override readonly name = 'ActDenied'
}

export interface ActWriterOptions {
  readonly clock: WindowClock
  readonly fillRandom: FillRandom
}

/** Writes what this person says, one act after another. */
export class ActWriter {
  readonly #options: ActWriterOptions
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: ActWriterOptions) {
    this.#options = options
  }

  /** @throws ActDenied where this person may not act in the page's space */
  say(organisation: OpenOrganisation, act: NewAct): Promise<Said> {
    const said = this.#last.then(() => this.#say(organisation, act))
    this.#last = said.catch(() => undefined)
    return said
  }

  async #say(organisation: OpenOrganisation, act: NewAct): Promise<Said> {
    const spaceId = organisation.lists.record(act.page)?.spaceId
    const space = spaceId === undefined ? undefined : organisation.lists.space(spaceId)
    if (space === undefined || !mayAct(organisation, space.id)) throw new ActDenied()
    const counter = highestCounter(await organisation.acts.ofPage(act.page))
    const document = await openOwnActs(organisation, space.id)
    const { clock, fillRandom } = this.#options
    const nowMs = clock.nowMs()
    writeAct(document.doc, document.id, { act, nowMs, counter, fillRandom })
    // Lists are told in the same transaction: by its kind the storage knows that there is something to fold.
    organisation.batch.list({
      ...{ id: document.id, spaceId: space.id, kind: 'acts', pageKind: null, ownerId: organisation.record.personId },
      ...{ minSchema: lowestSchema, held: true, changedAtMs: nowMs },
    })
    try {
      await organisation.batch.flush()
    } catch (error) {
      if (error instanceof StorageFailed) return 'in-memory'
      throw error
    } finally {
      document.release()
    }
    await organisation.lists.refresh([document.id], false)
    await organisation.acts.fold()
    return 'stored'
  }
}

export function mayAct({ lists, record }: OpenOrganisation, spaceId: SpaceId): boolean {
  const space = lists.space(spaceId)
  if (space === undefined) return false
  const me = { personId: record.personId, organisationRole: record.role, suspended: false }
  return may(me, 'act', { type: 'space', kind: space.kind, role: space.role, archived: space.archived })
}

/** The first of one's own that is on this laptop; a new one where there is none yet. */
async function openOwnActs(organisation: OpenOrganisation, spaceId: SpaceId): Promise<OpenDocument> {
  for (const { id } of organisation.acts.ownDocuments(spaceId)) {
    const open = await organisation.documents.open(id, { live: false })
    if (open !== null) return open
  }
  const registration = { spaceId, kind: 'acts', pageKind: null } as const
  return organisation.createDocument(organisation.mint(), registration, { live: false })
}
