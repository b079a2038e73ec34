import type { Anchor } from '../../model/act.ts'
import type { MentionRun } from '../../model/comment-text.ts'
import type { Live } from './plein.ts'

/** A comment that is half written: the words in the field, and who was chosen from the list while writing them. */
export interface Draft {
  readonly text: string
  readonly mentions: readonly MentionRun[]
  /** What a new thread would be about; null elsewhere. */
  readonly anchor: Anchor | null
}

/** Half-written comments, on this laptop alone: they survive closing the app, and travel nowhere. */
export interface Drafts {
  /** Null where nothing is kept under that name, and while it is read. */
  of(name: string): Live<Draft | null>
  /** Null where it was sent or emptied. */
  keep(name: string, draft: Draft | null): void
}
