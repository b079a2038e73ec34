import { equalityDeep } from 'lib0/function'
import * as Y from 'yjs'
import type { Act } from '../../model/act.ts'
import { readActs, readActsUpdate } from '../../model/acts.ts'
import type { DocumentId, PersonId, SpaceId } from '../../model/ids.ts'
import { may, type OrganisationRole } from '../../model/permission.ts'
import { seedOf } from '../../model/seeds.ts'
import type { DocumentRecord, SetAsideRecord, SpaceRecord } from '../storage/laptop-storage.ts'

/** What this laptop knows when it looks for where acts that were set aside belong. */
export interface KnownHere {
  readonly me: { readonly personId: PersonId; readonly role: OrganisationRole }
  readonly spaces: ReadonlyMap<SpaceId, SpaceRecord>
  readonly documents: ReadonlyMap<DocumentId, DocumentRecord>
}

/** An act that was set aside, and the space where its page stands now. */
export interface HomedAct {
  readonly act: Act
  readonly from: DocumentId
  readonly space: SpaceId
}

export interface FoundHomes {
  readonly acts: readonly HomedAct[]
  /** Records of which everything has found its place, or was taken back by its writer since. */
  readonly settled: readonly string[]
}

/** Whether a record holds something that was said. */
export function isSaid({ reason, update }: SetAsideRecord): boolean {
  return reason !== 'damaged-record' && actsOf(update).length > 0
}

/** What was set aside of acts documents and is about pages that stand in another space now, where this person may say it. */
export function findHomes(records: readonly SetAsideRecord[], known: KnownHere): FoundHomes {
  const acts: HomedAct[] = []
  const settled: string[] = []
  for (const [from, all] of Map.groupBy(records, ({ documentId }) => documentId)) {
    const said = all.filter(isSaid).filter(({ update }) => isAtHome(from, actsOf(update), known))
    if (said.length === 0) continue
    const homes = said.flatMap(({ update }) => actsOf(update)).flatMap((act) => homeOf(act, from, known))
    // Read together: what a later row takes back is not said again.
    const left = idsLeft(all)
    acts.push(...homes.filter(({ act }) => left.has(act.id)))
    settled.push(...said.map(({ id }) => id), ...all.filter(isSeed).map(({ id }) => id))
  }
  return { acts, settled }
}

/** Whether all of a record is about pages that have moved to where this can be said. */
function isAtHome(from: DocumentId, acts: readonly Act[], known: KnownHere): boolean {
  const before = known.documents.get(from)?.spaceId
  const homes = acts.flatMap((act) => homeOf(act, from, known))
  return homes.length === acts.length && homes.every(({ space }) => space !== before)
}

function homeOf(act: Act, from: DocumentId, { me, spaces, documents }: KnownHere): readonly HomedAct[] {
  const page = documents.get(act.page)
  const space = page === undefined ? undefined : spaces.get(page.spaceId)
  if (space === undefined) return []
  const actor = { personId: me.personId, organisationRole: me.role, suspended: false }
  const { kind, role, archived } = space
  return may(actor, 'act', { type: 'space', kind, role, archived }) ? [{ act, from, space: space.id }] : []
}

function idsLeft(records: readonly SetAsideRecord[]): ReadonlySet<string> {
  const doc = new Y.Doc()
  for (const { update } of records.filter(isSaid)) Y.applyUpdate(doc, update)
  const ids = new Set<string>(readActs(doc).map(({ id }) => id))
  doc.destroy()
  return ids
}

function actsOf(update: Uint8Array): readonly Act[] {
  const read = readActsUpdate(update)
  return read.ok ? read.value : []
}

/** The first row of a document says nothing. */
function isSeed({ update }: SetAsideRecord): boolean {
  return equalityDeep(update, seedOf('acts', null))
}
