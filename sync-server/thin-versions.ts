import type { VersionId } from '../model/ids.ts'
import type { VersionRecord } from './store/version-store.ts'

const dayMs = 24 * 60 * 60 * 1000

export interface VersionBounds {
  /** Versions of one page that were not made by hand. */
  readonly count: number
  readonly bytes: number
}

/** A page that a team writes daily has some 60 after thinning; the bounds are for what nobody foresaw. */
export const defaultVersionBounds: VersionBounds = { count: 200, bytes: 32 * 1024 * 1024 }

/**
 * Which versions of a page go: of those that were made by themselves, all of the last day stay, one a day for a month,
 * one a week after; what was kept before a deletion or a restore stays for that month. The newest, and those made by
 * hand, always stay. Beyond the bounds, those go that stand closest to the one before.
 * @param versions newest first
 */
export function versionsToDrop(
  versions: readonly VersionRecord[],
  nowMs: number,
  bounds: VersionBounds = defaultVersionBounds,
): readonly VersionId[] {
  const dropped = new Set<VersionId>()
  const periods = new Set<string>()
  for (const [index, version] of versions.entries()) {
    const period = periodOf(version, nowMs)
    if (index > 0 && period !== null && periods.has(period)) dropped.add(version.versionId)
    else if (period !== null) periods.add(period)
  }
  const left = versions.slice(1).filter((each) => each.reason !== 'by-hand' && !dropped.has(each.versionId))
  return [...dropped, ...overBounds(left, bounds)]
}

/** The stretch of time in which one version is enough; null where each stays. */
function periodOf({ atMs, reason }: VersionRecord, nowMs: number): string | null {
  const ageMs = nowMs - atMs
  if (reason === 'by-hand' || ageMs < dayMs) return null
  if (ageMs >= 31 * dayMs) return `week ${Math.floor(atMs / (7 * dayMs))}`
  return reason === 'periodic' ? `day ${Math.floor(atMs / dayMs)}` : null
}

function overBounds(versions: readonly VersionRecord[], bounds: VersionBounds): readonly VersionId[] {
  const left = [...versions]
  const dropped: VersionId[] = []
  const size = () => left.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  while (left.length > bounds.count || (left.length > 0 && size() > bounds.bytes)) {
    const [gone] = left.splice(closestToOlder(left), 1)
    if (gone === undefined) break
    dropped.push(gone.versionId)
  }
  return dropped
}

function closestToOlder(versions: readonly VersionRecord[]): number {
  let closest = versions.length - 1
  let smallestMs = Number.POSITIVE_INFINITY
  for (const [index, { atMs }] of versions.entries()) {
    const older = versions[index + 1]
    if (older === undefined || atMs - older.atMs >= smallestMs) continue
    smallestMs = atMs - older.atMs
    closest = index
  }
  return closest
}
