import type { SpaceId } from '../model/ids.ts'
import type { Colleagues } from './colleagues.ts'
import type { DocumentStates } from './document-states.ts'
import type { FeedChunks } from './feed-chunks.ts'
import type { RingBudget } from './feed-ring.ts'
import type { SpaceFeed } from './feed.ts'
import type { LargeReads } from './large-reads.ts'
import type { SyncMetrics } from './metrics.ts'
import type { PageChannels } from './page-channel.ts'
import type { OrganisationRecord, SpaceRecord, Store } from './store/store.ts'
import type { Clock, Faults, Log, OnChanged, OnMoving, Schedule, SyncLimits } from './sync-options.ts'
import type { FillRandom } from '../model/ids.ts'

/** A space as the running server knows it. */
export interface SpaceState {
  record: SpaceRecord
  readonly feed: SpaceFeed
}

/** What all parts of the sync core share: the world that was passed in, and the state of the running server. */
export interface Core {
  readonly store: Store
  readonly clock: Clock
  readonly random: FillRandom
  readonly schedule: Schedule
  readonly log: Log
  readonly limits: SyncLimits
  readonly faults: Faults
  /** The schema of documents that this server knows. */
  readonly schema: number
  readonly metrics: SyncMetrics
  readonly states: DocumentStates
  readonly reads: LargeReads
  readonly ringBudget: RingBudget
  readonly feedChunks: FeedChunks
  readonly pages: PageChannels
  readonly colleagues: Colleagues
  readonly spaces: Map<SpaceId, SpaceState>
  readonly moving: OnMoving
  /** Told of each document that a commit changed or moved. */
  readonly changed: OnChanged
  organisation: OrganisationRecord | null
  generation: string
}
