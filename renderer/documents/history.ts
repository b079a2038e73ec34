import type { PageId, PersonId, VersionId } from '../../model/ids.ts'
import type { DifferentLine } from '../../model/page-difference.ts'
import type { Result } from '../../model/result.ts'
import type { VersionReason } from '../../model/version.ts'
import type { Live } from './plein.ts'

/** Why something of the history is not here. `no-server`: this organisation has none, and keeps no versions. */
export type HistoryTrouble =
  | 'offline'
  | 'no-server'
  | 'forbidden'
  | 'gone'
  | 'newer-schema'
  | 'nothing-to-keep'
  | 'too-many'
  | 'server-trouble'

/** `visit`: kept on this laptop, as the page was when one began to change it last; there without a network. */
export type VersionKey = VersionId | 'visit'

export interface PageVersion {
  readonly key: VersionKey
  readonly atMs: number
  readonly reason: VersionReason | 'visit'
  /** Given by hand; null on versions that were made by themselves. */
  readonly name: string | null
  readonly madeBy: PersonId | null
  /** Who wrote since the version before. */
  readonly writers: readonly PersonId[]
}

export interface VersionList {
  /** What is on this laptop is shown in every state. */
  readonly state: 'loading' | 'ready' | HistoryTrouble
  /** Newest first. */
  readonly versions: readonly PageVersion[]
}

/** With what a version is compared: the page as it is now, or the version before it. */
export type CompareWith = 'now' | 'before'

export type Comparison =
  | { readonly state: 'loading' }
  | { readonly state: 'trouble'; readonly reason: HistoryTrouble }
  | {
      readonly state: 'ready'
      readonly titleBefore: string
      readonly titleAfter: string
      readonly lines: readonly DifferentLine[]
    }

/** Earlier states of pages. The list and the versions need the server; the page as it was before one's visit does not. */
export interface History {
  /** Asked of the server while somebody looks, again when the line is back. */
  versions(pageId: PageId): Live<VersionList>
  comparison(pageId: PageId, key: VersionKey, compareWith: CompareWith): Live<Comparison>
  /** Keeps the page as it is now, under a name. Needs the server. */
  keep(pageId: PageId, name: string): Promise<Result<null, HistoryTrouble>>
  /**
   * Makes the page say what the version says, as this person's own edit; what others write meanwhile stays. Where the
   * server can be reached it keeps the state before.
   */
  restore(pageId: PageId, key: VersionKey): Promise<Result<null, HistoryTrouble>>
  /** Takes the last restore of this page back, and nothing that others wrote since. */
  undoRestore(pageId: PageId): void
  /** The page whose last restore can be taken back. */
  readonly restored: Live<PageId | null>
}
