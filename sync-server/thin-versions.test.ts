import { describe, expect, it } from 'vitest'
import type { DocumentId, SpaceId, VersionId } from '../model/ids.ts'
import type { VersionReason } from '../model/version.ts'
import type { VersionRecord } from './store/version-store.ts'
import { versionsToDrop } from './thin-versions.ts'

const hourMs = 60 * 60 * 1000
const nowMs = 20_000 * 24 * hourMs + 12 * hourMs

function versionOf(hoursAgo: number, reason: VersionReason = 'periodic', sizeBytes = 1000): VersionRecord {
  return {
    versionId: `${reason} ${hoursAgo}` as VersionId,
    documentId: 'page' as DocumentId,
    spaceId: 'space' as SpaceId,
    n: 100_000 - hoursAgo,
    atMs: nowMs - hoursAgo * hourMs,
    reason,
    name: null,
    madeBy: null,
    writerIds: [],
    minSchema: 1,
    sizeBytes,
  }
}

describe('thinning of versions', () => {
  it('keeps all of the last day, the newest of each day for a month, and of each week after', () => {
    const versions = Array.from({ length: 24 * 120 }, (_, hour) => versionOf(hour))
    const gone = new Set(versionsToDrop(versions, nowMs))
    const left = versions.filter(({ versionId }) => !gone.has(versionId)).map(({ atMs }) => (nowMs - atMs) / hourMs)
    expect(left.filter((hours) => hours < 24)).toHaveLength(24)
    const days = left.filter((hours) => hours >= 24 && hours < 31 * 24)
    expect([days.length, days[1]]).toEqual([31, 37])
    expect(left.filter((hours) => hours >= 31 * 24).length).toBeLessThanOrEqual(14)
  })

  it('keeps what was made by hand for ever, and what was kept before a deletion for a month', () => {
    const versions = [
      versionOf(0),
      versionOf(50),
      versionOf(51, 'before-deletion'),
      versionOf(52, 'by-hand'),
      versionOf(53),
    ]
    expect(versionsToDrop(versions, nowMs)).toEqual(['periodic 53'])
    const old = [versionOf(0), versionOf(9000), versionOf(9001, 'before-deletion'), versionOf(9002, 'by-hand')]
    expect(versionsToDrop(old, nowMs)).toEqual(['before-deletion 9001'])
  })

  it('stays within its bounds by letting those go that stand closest to the one before', () => {
    const versions = [0, 1, 2, 2.1, 3, 4].map((hours) => versionOf(hours))
    expect(versionsToDrop(versions, nowMs, { count: 4, bytes: 1e9 })).toEqual(['periodic 2'])
    expect(versionsToDrop(versions, nowMs, { count: 100, bytes: 3000 })).toHaveLength(2)
    expect(versionsToDrop([versionOf(0), versionOf(1, 'by-hand', 1e9)], nowMs)).toEqual([])
  })
})
