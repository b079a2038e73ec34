/** A run of clocks of one client that an update brings without a hole. */
export interface ClockRange {
  readonly start: number
  readonly end: number
}

/** What an update claims, read without building anything from it. */
export interface UpdateClaims {
  /** Per client, in the order of the update; ranges in order, never touching. */
  readonly clients: ReadonlyMap<number, readonly ClockRange[]>
  /** Per client, the first clock after the latest struct that this update leans on (origins and parents). */
  readonly dependencies: ReadonlyMap<number, number>
  readonly deletions: ReadonlyMap<number, readonly ClockRange[]>
  /** Sets a value in a root map, or overwrites one anywhere, so it may change the title: text and new elements never do. */
  readonly setsValues: boolean
}

/** Bytes that are not one well-formed update, or claim what they cannot hold. Never holds the content. */
export class MalformedUpdate extends Error {
  override readonly name = 'MalformedUpdate'
}
