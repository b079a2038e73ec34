import { Dexie } from 'dexie'
import type { OrganisationId, RequestId } from '../../model/ids.ts'
import type { Answer } from '../../model/protocol/messages.ts'
import type { Database } from './database.ts'
import {
  answered,
  controlNumberSetting,
  inOrderOfAsking,
  newRequest,
  type RequestRecord,
  type RequestStorage,
} from './request-storage.ts'
import { guarded } from './storage-failure.ts'

/** Requests of one organisation in IndexedDB. */
export class DexieRequests implements RequestStorage {
  readonly #database: Database
  readonly #organisationId: OrganisationId

  constructor(database: Database, organisationId: OrganisationId) {
    this.#database = database
    this.#organisationId = organisationId
  }

  async put(request: Parameters<RequestStorage['put']>[0]): Promise<void> {
    const row = { organisationId: this.#organisationId, ...newRequest(request) }
    await guarded(() => this.#database.tables.requests.put(row))
  }

  async waiting(): Promise<readonly RequestRecord[]> {
    return inOrderOfAsking((await this.read()).filter(({ state }) => state === 'waiting'))
  }

  read(): Promise<readonly RequestRecord[]> {
    const { requests } = this.#database.tables
    const organisationId = this.#organisationId
    return guarded(async () => {
      const rows = await requests
        .where('[organisationId+id]')
        .between([organisationId, Dexie.minKey], [organisationId, Dexie.maxKey], true, true)
        .toArray()
      return rows.map(({ organisationId: _organisation, ...request }) => request)
    })
  }

  async dismiss(id: RequestId): Promise<void> {
    await guarded(() => this.#database.tables.requests.update([this.#organisationId, id], { dismissed: true }))
  }

  number(): Promise<number | null> {
    return guarded(async () => {
      const row = await this.#database.tables.settings.get([this.#organisationId, controlNumberSetting])
      return typeof row?.value === 'number' ? row.value : null
    })
  }

  take(answers: readonly Answer[], n: number): Promise<void> {
    const { dexie, tables } = this.#database
    const organisationId = this.#organisationId
    return guarded(() =>
      dexie.transaction('rw', [tables.requests, tables.settings], async () => {
        for (const answer of answers) {
          const before = await tables.requests.get([organisationId, answer.requestId])
          await tables.requests.put({ organisationId, ...answered(before, answer) })
        }
        await tables.settings.put({ organisationId, name: controlNumberSetting, value: n })
      }),
    )
  }
}
