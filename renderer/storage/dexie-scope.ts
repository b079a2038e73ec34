import type { LogId, OrganisationId } from '../../model/ids.ts'
import type { LogRow, Tables } from './database.ts'
import { newLog } from './own-log.ts'

/** What the parts of one organisation's storage share. */
export interface Scope {
  readonly organisationId: OrganisationId
  readonly tables: Tables
  readonly mintLogId: () => LogId
}

/** The head of the log, minted at first use. Call inside a read-write transaction that includes `logs`. */
export async function readHead({ organisationId, tables, mintLogId }: Scope): Promise<LogRow> {
  const head = await tables.logs.get(organisationId)
  if (head !== undefined) return head
  const minted = { organisationId, seq: 0, ...newLog(mintLogId()) }
  await tables.logs.put(minted)
  return minted
}
