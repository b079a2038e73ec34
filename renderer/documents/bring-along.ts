import * as Y from 'yjs'
import type { DocumentId, SpaceId } from '../../model/ids.ts'
import { writersOf } from '../../model/kinds.ts'
import { bodyName } from '../../model/page.ts'
import { neededSchema } from '../../model/page-schema-guard.ts'
import { lowestSchema } from '../../model/schema-version.ts'
import { seedOf } from '../../model/seeds.ts'
import { listPlaces } from '../../model/space.ts'
import { mergeInTree } from '../../model/update.ts'
import type { DocumentRecord, OrganisationStorage } from '../storage/laptop-storage.ts'
import { bringFiles } from './bring-files.ts'
import type { OpenOrganisation } from './organisation.ts'

export interface BroughtAlong {
  readonly pages: number
  /** Everything is in the other organisation, word for word: the old one may go. */
  readonly isWhole: boolean
}

/**
 * Copies everything of an organisation without a server into one with a server, as this person's own work under the same
 * ids. Each document comes with its whole history, so that what goes on being written in either merges. May be repeated
 * after a crash: what is there already is passed over.
 */
export async function bringAlong(options: {
  readonly from: OrganisationStorage
  readonly into: OpenOrganisation
  /** Where each space of the old organisation ends up. */
  readonly spaces: ReadonlyMap<SpaceId, SpaceId>
}): Promise<BroughtAlong> {
  const { from, into, spaces } = options
  const records = (await from.documents()).filter((record) => comesAlong(record) && spaces.has(record.spaceId))
  for (const record of records) {
    const spaceId = spaces.get(record.spaceId)
    if (spaceId !== undefined) await copyDocument(record, { from, into, spaceId })
  }
  await into.batch.flush()
  const areFilesWhole = await bringFiles(from, into, spaces)
  let areTreesWhole = true
  for (const [old, spaceId] of spaces) areTreesWhole = (await copyTree(from, old, into, spaceId)) && areTreesWhole
  await into.batch.flush()
  await into.lists.refresh(
    records.map(({ id }) => id),
    false,
  )
  return {
    pages: records.filter(({ kind }) => kind === 'page').length,
    isWhole: areTreesWhole && areFilesWhole && (await isWhole(from, into, records)),
  }
}

/** The tree is copied place by place, and only the server writes a ledger. */
function comesAlong({ kind, held }: DocumentRecord): boolean {
  return held && kind !== 'space' && kind !== 'ledger'
}

async function copyDocument(
  record: DocumentRecord,
  { from, into, spaceId }: { from: OrganisationStorage; into: OpenOrganisation; spaceId: SpaceId },
): Promise<void> {
  const { id, kind, pageKind } = record
  const loaded = await from.load(id)
  const seed = seedOf(kind, pageKind)
  const known = (await into.storage.load(id)).updates
  if (known.length === 0) into.batch.register(id, { spaceId, kind, pageKind }, seed)
  const stateVector = Y.encodeStateVectorFromUpdate(mergeInTree(known.length === 0 ? [seed] : known))
  const schema = schemaOf(record, loaded.updates)
  into.batch.add(id, Y.diffUpdate(mergeInTree(loaded.updates), stateVector), schema)
  const { title, icon, archived, changedAtMs } = record
  into.batch.list({
    ...{ id, spaceId, kind, pageKind, title, icon, archived, changedAtMs, held: true, minSchema: schema },
    ownerId: writersOf(kind, pageKind) === 'editors' ? null : into.record.personId,
  })
}

function schemaOf({ kind }: DocumentRecord, updates: readonly Uint8Array[]): number {
  if (kind !== 'page') return lowestSchema
  const doc = docOf(updates)
  const schema = neededSchema(doc.getXmlFragment(bodyName))
  doc.destroy()
  return schema
}

function docOf(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  return doc
}

async function copyTree(
  from: OrganisationStorage,
  old: SpaceId,
  into: OpenOrganisation,
  spaceId: SpaceId,
): Promise<boolean> {
  const target = await into.openTree(spaceId)
  if (target === null) return false
  // The space's document has the id of the space itself.
  const doc = docOf((await from.load(old as string as DocumentId)).updates)
  for (const { id, parent, archived } of listPlaces(doc)) {
    target.add(id, parent)
    if (archived && !target.isArchived(id)) target.setArchived(id, true)
  }
  doc.destroy()
  return true
}

/** Nothing was set aside as damaged, and nothing of any document is missing in what the other organisation has on the disk. */
async function isWhole(
  from: OrganisationStorage,
  into: OpenOrganisation,
  records: readonly DocumentRecord[],
): Promise<boolean> {
  if ((await from.setAsideRecords()).length > 0) return false
  for (const { id } of records) {
    const [old, copied] = [await from.load(id), await into.storage.load(id)]
    if (old.damaged || copied.damaged || !holdsAll(copied.updates, old.updates)) return false
  }
  return (await from.documents()).every(
    (record) => record.kind !== 'page' || records.some(({ id }) => id === record.id),
  )
}

function holdsAll(copied: readonly Uint8Array[], old: readonly Uint8Array[]): boolean {
  const has = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(mergeInTree(copied)))
  const needed = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(mergeInTree(old)))
  return [...needed].every(([client, clock]) => (has.get(client) ?? 0) >= clock)
}
