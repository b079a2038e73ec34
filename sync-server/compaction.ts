/** Everything that a document is made of, in order: the snapshot, then the rows after it. */
export interface CompactionJob {
  readonly pieces: readonly Uint8Array[]
}

export interface CompactionOutcome {
  /** One update that says the same; null where only the row for lists was asked for. */
  readonly update: Uint8Array
  readonly stateVector: Uint8Array
  /** Structs whose dependencies never came, as an update of their own; null without any. */
  readonly quarantined: Uint8Array | null
  readonly title: string | null
  readonly icon: string | null
  readonly archived: boolean
}

export interface DerivedPage {
  readonly title: string | null
  readonly icon: string | null
  readonly archived: boolean
}

export interface PreservedDocument {
  /** The whole state as one update, deflated. */
  readonly bytes: Uint8Array
}

/** Reads whole documents, away from the sockets. All fail by rejecting: the document then stays as it is. */
export interface Compactor {
  compact(job: CompactionJob): Promise<CompactionOutcome>
  derive(job: CompactionJob): Promise<DerivedPage>
  /** The state to keep as a version. */
  preserve(job: CompactionJob): Promise<PreservedDocument>
  close(): Promise<void>
}
