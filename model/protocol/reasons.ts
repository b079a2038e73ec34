/** Why a row was refused. The row is not committed; its author keeps it as a draft, in sight, except where noted. */
export const refusalReasons = [
  /** `may()` says no. */
  'forbidden',
  'unknown-space',
  /** The document is not registered and the row brings no registration. */
  'unknown-document',
  /** The id is registered otherwise: in another space, as another kind, by somebody else. */
  'document-taken',
  /** Written by an app whose schema is below the document's. */
  'schema-too-old',
  'too-large',
  'malformed',
  /** Depends on changes that the server does not have. The client compares state and pushes the difference; no draft. */
  'gap',
  /** A Yjs client id that is bound to another person in this document. */
  'foreign-client-id',
  /** A known row number with another content: a cloned disk. Pushed again under a new log; no draft. */
  'row-reused',
] as const
export type RefusalReason = (typeof refusalReasons)[number]

/** Why a channel was closed or not opened. */
export const channelReasons = [
  'forbidden',
  'unknown-document',
  'too-many',
  'malformed',
  /** The document stands in another space: open it again. */
  'moved',
] as const
export type ChannelReason = (typeof channelReasons)[number]

/** Why a socket ends; each has a close code. */
export const closeReasons = [
  'malformed',
  'sign-in-needed',
  'suspended',
  'app-too-old',
  'server-too-old',
  'other-organisation',
  'going-away',
  'slow-reader',
  'rate-limited',
  'silent',
  'server-trouble',
] as const
export type CloseReason = (typeof closeReasons)[number]
