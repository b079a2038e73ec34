import type { RefusalReason } from '../model/protocol/reasons.ts'

/** Counters of the sync core, plain numbers; the HTTP side renders them for Prometheus. Never anything about one person. */
export interface SyncMetrics {
  sessions: number
  stockSessions: number
  channels: number
  commits: number
  rowsCommitted: number
  rowsRepeated: number
  rowsWaiting: number
  rowsRefused: Record<string, number>
  /** Sum of the time from a row's arrival to its acknowledgement, and how many; by the passed clock. */
  acknowledgeMsSum: number
  acknowledgeCount: number
  liveFrames: number
  feedFrames: number
  malformedFrames: number
  droppedStockWrites: number
  droppedPresence: number
  slowReaders: number
  silentSessions: number
  handlerErrors: number
  commitFailures: number
  /** 1 while the store cannot commit. */
  holding: number
  compactions: number
  compactionFailures: number
  damagedRecords: number
  quarantined: number
  versions: number
  versionFailures: number
}

export function createMetrics(): SyncMetrics {
  return {
    sessions: 0,
    stockSessions: 0,
    channels: 0,
    commits: 0,
    rowsCommitted: 0,
    rowsRepeated: 0,
    rowsWaiting: 0,
    rowsRefused: {},
    acknowledgeMsSum: 0,
    acknowledgeCount: 0,
    liveFrames: 0,
    feedFrames: 0,
    malformedFrames: 0,
    droppedStockWrites: 0,
    droppedPresence: 0,
    slowReaders: 0,
    silentSessions: 0,
    handlerErrors: 0,
    commitFailures: 0,
    holding: 0,
    compactions: 0,
    compactionFailures: 0,
    damagedRecords: 0,
    quarantined: 0,
    versions: 0,
    versionFailures: 0,
  }
}

export function countRefusal(metrics: SyncMetrics, reason: RefusalReason): void {
  metrics.rowsRefused[reason] = (metrics.rowsRefused[reason] ?? 0) + 1
}
