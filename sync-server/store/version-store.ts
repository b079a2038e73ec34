import type { DocumentId, PersonId, SpaceId, VersionId } from '../../model/ids.ts'
import type { VersionReason } from '../../model/version.ts'

/** A kept state of a page, without its bytes. */
export interface VersionRecord {
  readonly versionId: VersionId
  readonly documentId: DocumentId
  /** The space that the page stood in, whose feed numbers count. */
  readonly spaceId: SpaceId
  /** Everything up to this feed number is in it, and nothing after. */
  readonly n: number
  readonly atMs: number
  readonly reason: VersionReason
  /** Given by hand; null on versions that were made by themselves. */
  readonly name: string | null
  /** Who made it by hand, or restored; null where nobody did. */
  readonly madeBy: PersonId | null
  /** Who wrote since the version before. */
  readonly writerIds: readonly PersonId[]
  /** The lowest schema that can show it. */
  readonly minSchema: number
  /** Bytes as stored. */
  readonly sizeBytes: number
}

export interface NewVersion extends Omit<VersionRecord, 'writerIds' | 'sizeBytes'> {
  /** The whole state, compressed. */
  readonly bytes: Uint8Array
}

/** A row of a page with who delivered it. */
export interface WrittenRow {
  readonly personId: PersonId
  readonly update: Uint8Array
}

/**
 * The versions of pages, beside the log that is the truth: losing one loses no text that stands on a page. Throws
 * `StoreTrouble` and nothing else on purpose.
 */
export interface VersionStore {
  /** Keeps a version with the names of whoever wrote up to its number since the last one, in one transaction. */
  add(version: NewVersion): Promise<VersionRecord>
  /** Newest first, in the order in which they were kept. */
  of(documentId: DocumentId): Promise<readonly VersionRecord[]>
  /** `damaged` where the record does not fit its checksum; null where the page has no such version. */
  read(documentId: DocumentId, versionId: VersionId): Promise<Uint8Array | 'damaged' | null>
  /** Turns a version that was made by itself into one made by hand. */
  name(
    documentId: DocumentId,
    versionId: VersionId,
    by: { readonly name: string; readonly madeBy: PersonId },
  ): Promise<void>
  /** Lets versions go. Whoever wrote for them is said by the next newer version that stays. */
  remove(documentId: DocumentId, versionIds: readonly VersionId[]): Promise<void>
  /** Rows of people after a feed number, in order, as far as compaction has left them; damaged ones are left out. */
  rowsSince(documentId: DocumentId, after: number, maxRows: number): Promise<readonly WrittenRow[]>
  /** For erasure: all versions of a page, and who wrote it. */
  removeAll(documentId: DocumentId): Promise<void>
}

/**
 * Who stands in the next newer version once some are gone, so that "written since the version before" stays true.
 * @param versions newest first
 */
export function writersWithout(
  versions: readonly VersionRecord[],
  gone: ReadonlySet<VersionId>,
): ReadonlyMap<VersionId, readonly PersonId[]> {
  const changed = new Map<VersionId, readonly PersonId[]>()
  let heir: VersionRecord | null = null
  for (const version of versions) {
    if (!gone.has(version.versionId)) heir = version
    else if (heir !== null) {
      const known = changed.get(heir.versionId) ?? heir.writerIds
      changed.set(heir.versionId, [...new Set([...version.writerIds, ...known])])
    }
  }
  return changed
}
