/**
 * Every origin that a transaction may have. The update log writes what is not `storage` or `remote`; undo tracks the
 * editor's own binding; nothing is ever sent back where it came from.
 */
export const origins = {
  /** A verb of this person outside the editor: a title, a move. Written to the log and pushed. */
  user: 'plein:user',
  /** This person brings words back: an earlier state of a page, or what another deleted. The editor's undo takes it back too. */
  restore: 'plein:restore',
  /** Loaded from this laptop's disk. Never written, never sent. */
  storage: 'plein:storage',
  /** Another window of this laptop; that window has written it. */
  window: 'plein:window',
  /** From the server by feed or fetch; the sync worker has written it. */
  remote: 'plein:remote',
  /** A deterministic seed. */
  seed: 'plein:seed',
} as const

export type Origin = (typeof origins)[keyof typeof origins]
