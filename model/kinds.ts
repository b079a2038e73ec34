/** The kinds of things, in DESIGN's words. The kind that the server registered stands; a differing `meta.kind` is ignored. */
export const spaceKinds = ['organisation', 'team', 'community', 'project', 'personal'] as const
export type SpaceKind = (typeof spaceKinds)[number]

/** How people come into a space: `open` by a click, `ask` when an owner agrees, `closed` when an owner adds them. */
export const joinings = ['open', 'ask', 'closed'] as const
export type Joining = (typeof joinings)[number]

/** How people come into a new space where nobody says otherwise. */
export function defaultJoining(kind: SpaceKind): Joining {
  if (kind === 'community') return 'open'
  return kind === 'team' || kind === 'project' ? 'ask' : 'closed'
}

export const pageKinds = [
  'wiki',
  'document',
  'note',
  'post',
  'discussion',
  'question',
  'event',
  'poll',
  'idea',
  'quiz',
] as const
export type PageKind = (typeof pageKinds)[number]

export const documentKinds = ['space', 'page', 'acts', 'private', 'ledger'] as const
export type DocumentKind = (typeof documentKinds)[number]

/** Who may write a document; fixed by the server when the document is registered with its first update. */
export const writerGroups = ['editors', 'authors', 'owner', 'server'] as const
export type Writers = (typeof writerGroups)[number]

/** Shared pages are in the tree and written by editors; the others belong to their authors and are listed by rows. */
export function isSharedPage(kind: PageKind): boolean {
  return kind === 'wiki' || kind === 'document'
}

/** Who writes a document of this kind. */
export function writersOf(kind: DocumentKind, pageKind: PageKind | null): Writers {
  if (kind === 'ledger') return 'server'
  if (kind === 'acts' || kind === 'private') return 'owner'
  if (kind === 'page' && pageKind !== null && !isSharedPage(pageKind)) return 'authors'
  return 'editors'
}

export function isSpaceKind(value: unknown): value is SpaceKind {
  return spaceKinds.some((kind) => kind === value)
}

export function isPageKind(value: unknown): value is PageKind {
  return pageKinds.some((kind) => kind === value)
}

export function isDocumentKind(value: unknown): value is DocumentKind {
  return documentKinds.some((kind) => kind === value)
}
