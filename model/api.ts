import type { DocumentId, FileHash, OrganisationId, PageId, PersonId, SpaceId, VersionId } from './ids.ts'
import type { Joining, PageKind, SpaceKind } from './kinds.ts'
import type { OrganisationRole, SpaceRole } from './permission.ts'
import type { VersionReason } from './version.ts'

/** The HTTP interface as the server and its clients share it: shapes, addresses, and the closed list of reasons. `GET /api/openapi.json` says the same in full. */

/** Why a request was not done. Status codes are for machines in between; clients decide by the reason alone. */
export const problemReasons = [
  'bad-input',
  'not-found',
  'method-not-allowed',
  'unsupported-media-type',
  'too-large',
  'timeout',
  'rate-limited',
  'sign-in-needed',
  'suspended',
  'forbidden',
  'origin-not-allowed',
  'host-not-allowed',
  'wrong-password',
  'weak-password',
  'email-taken',
  'organisation-exists',
  'no-organisation',
  'setup-code-needed',
  'invitation-unknown',
  'invitation-expired',
  'invitation-used',
  'unknown-space',
  'unknown-page',
  'unknown-version',
  'too-many-versions',
  'unknown-file',
  'unknown-upload',
  'unknown-person',
  'unknown-parent',
  'last-administrator',
  'last-owner',
  'already-member',
  'not-a-member',
  'too-many-pages',
  'hash-mismatch',
  'upload-conflict',
  'upload-quota',
  'range-not-satisfiable',
  'storage-full',
  'not-ready',
  'going-away',
  'server-trouble',
] as const
export type ProblemReason = (typeof problemReasons)[number]

/** RFC 9457, `application/problem+json`. */
export interface Problem {
  readonly type: 'about:blank'
  readonly title: string
  readonly status: number
  /** A sentence for the person who reads a log; interfaces show a text of their own, looked up from `reason`. */
  readonly detail: string
  readonly reason: ProblemReason
  /** With `rate-limited`: how long to wait. */
  readonly retryAfterMs?: number
}

/** Whether a body from a server is one of our problems: anything between can answer with something else. */
export function isProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null) return false
  const reason: unknown = Reflect.get(value, 'reason')
  return problemReasons.some((each) => each === reason)
}

/** `GET /healthz`: how a client recognises a Plein server, and whether both speak a common protocol. */
export interface Health {
  readonly name: 'plein'
  readonly status: 'ok'
  readonly version: string
  readonly protocol: number
  readonly oldestProtocol: number
  /** False while nobody has created the organisation. */
  readonly hasOrganisation: boolean
  /** Whether the server can send e-mail. */
  readonly canMail: boolean
}

export interface PersonAnswer {
  readonly id: PersonId
  readonly name: string
  readonly email: string
  readonly role: OrganisationRole
}

export interface OrganisationAnswer {
  readonly id: OrganisationId
  readonly name: string
}

/** After signing in, joining and creating: a device token (secret, shown once) and who one is now. */
export interface SignedIn {
  readonly token: string
  readonly person: PersonAnswer
  readonly organisation: OrganisationAnswer
}

export interface SignInRequest {
  readonly email: string
  readonly password: string
  readonly deviceName?: string
}

export interface CreateOrganisationRequest {
  readonly name: string
  readonly personName: string
  readonly email: string
  readonly password: string
  readonly deviceName?: string
  /** What the first team space and the personal spaces are called, in the language of whoever creates the organisation. */
  readonly teamSpaceName?: string
  readonly personalSpaceName?: string
  /** Printed in the server's log; needed from everywhere but the computer that the server runs on. */
  readonly setupCode?: string
}

export interface SessionAnswer {
  readonly id: string
  readonly deviceName: string
  readonly createdAtMs: number
  /** Rounded to hours: when a device was used is nobody's business to the minute. */
  readonly lastUsedAtMs: number
  readonly isCurrent: boolean
}

export type TicketRequest =
  | { readonly documentId?: never; readonly reusable?: never }
  | { readonly documentId: DocumentId; readonly reusable: true }

export interface TicketAnswer {
  readonly ticket: string
  readonly expiresInMs: number
}

export interface InviteRequest {
  readonly role: 'member' | 'guest'
  /** A space that the invited person joins too; needs the right to manage its members. */
  readonly spaceId?: SpaceId
  readonly spaceRole?: SpaceRole
  /** Where to send it, if the server can send e-mail. */
  readonly email?: string
}

export interface InvitationAnswer {
  /** To revoke it by. */
  readonly id: string
  /** Secret, shown once: only its digest is stored. */
  readonly code: string
  readonly link: string
  /** Whether it went by e-mail; else the link is for copying. */
  readonly isMailed: boolean
  readonly expiresAtMs: number
}

/** An invitation that nobody has used yet. */
export interface OpenInvitationAnswer {
  readonly id: string
  readonly role: 'member' | 'guest'
  readonly spaceId: SpaceId | null
  readonly spaceRole: SpaceRole | null
  readonly email: string | null
  readonly invitedBy: PersonId
  readonly createdAtMs: number
  readonly expiresAtMs: number
}

/** What anybody with the code may see: names only. */
export interface InvitationPreviewAnswer {
  readonly organisation: string
  readonly invitedBy: string
  readonly members: number
  readonly expiresAtMs: number
}

export interface AcceptInvitationRequest {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly deviceName?: string
  /** What one's personal space is called, in one's own language. */
  readonly personalSpaceName?: string
}

export interface SpaceAnswer {
  readonly id: SpaceId
  readonly name: string
  readonly kind: SpaceKind
  /** One's own role there. */
  readonly role: SpaceRole
  readonly archived: boolean
  readonly description: string
  readonly icon: string | null
  /** The space in whose tree this closed section stands. */
  readonly parent: SpaceId | null
  readonly joining: Joining
}

/** A space that one could join. */
export interface JoinableSpaceAnswer {
  readonly id: SpaceId
  readonly name: string
  readonly kind: SpaceKind
  readonly description: string
  readonly icon: string | null
  readonly memberCount: number
}

/** The card of a person in a space. */
export interface MemberAnswer {
  readonly id: PersonId
  readonly name: string
  readonly role: SpaceRole
  readonly organisationRole: OrganisationRole
}

export interface PageAnswer {
  readonly id: PageId
  /** The same as `id`: what `/ws/<documentId>` takes. */
  readonly documentId: DocumentId
  readonly spaceId: SpaceId
  readonly kind: PageKind
  readonly title: string
  readonly icon: string | null
  readonly archived: boolean
  /** Null at the top of the tree, and for authored pages, which are not in it. */
  readonly parent: PageId | null
  readonly changedAtMs: number
}

export interface CreatePageRequest {
  readonly title: string
  readonly kind: PageKind
  readonly parent?: PageId
  readonly markdown?: string
}

/** `GET /api/pages/<id>?format=json`: the body as the editor's own tree. */
export interface PageJsonAnswer extends PageAnswer {
  readonly labels: readonly string[]
  readonly body: unknown
}

/** A state of a page that the server keeps. */
export interface VersionAnswer {
  readonly id: VersionId
  readonly atMs: number
  readonly reason: VersionReason
  /** Given by hand; null on versions that were made by themselves. */
  readonly name: string | null
  /** Who made it by hand, or restored. */
  readonly madeBy: PersonId | null
  /** Who wrote since the version before. */
  readonly writers: readonly PersonId[]
  /** The lowest schema that can show it. */
  readonly minSchema: number
}

export interface CreateVersionRequest {
  /** Makes a version by hand; without one, the state before a restore is kept. */
  readonly name?: string
}

export interface FileAnswer {
  readonly id: FileHash
  readonly mediaType: string
  readonly sizeBytes: number
}

/** A file in the list of a space. */
export interface ListedFile extends FileAnswer {
  /** Rises with every change: ask for what came `after`. */
  readonly n: number
  readonly name: string
  /** Null for what came by an import or from an old version. */
  readonly addedBy: PersonId | null
  readonly addedAtMs: number
  /** False once somebody took it off the list. */
  readonly listed: boolean
}

export interface FilesAnswer {
  readonly files: readonly ListedFile[]
  /** Ask again with `after` the last `n` while this is true. */
  readonly hasMore: boolean
  /** The largest file that this server takes. */
  readonly maxFileBytes: number
}

/** Gives a space a file that one may read in another, without sending its bytes. */
export interface AttachFileRequest {
  readonly hash: FileHash
  readonly name: string
}

export interface ImportRequest {
  readonly files: readonly { readonly path: string; readonly base64: string }[]
  /** The page that the imported tree hangs under. */
  readonly parent?: PageId
}

export interface ImportAnswer {
  /** Images and other files that came in. */
  readonly files: number
  readonly pages: readonly {
    readonly path: string
    readonly id: PageId
    readonly title: string
    readonly warnings: readonly string[]
  }[]
  readonly skipped: readonly { readonly path: string; readonly reason: string }[]
}

/** Every address of the interface. The functions escape what they are given. */
export const apiPaths = {
  health: '/healthz',
  ready: '/readyz',
  metrics: '/metrics',
  openapi: '/api/openapi.json',
  organisation: '/api/organisation',
  sessions: '/api/sessions',
  session: (id: string) => `/api/sessions/${encodeURIComponent(id)}`,
  currentSession: '/api/sessions/current',
  tickets: '/api/tickets',
  invitations: '/api/invitations',
  openInvitations: '/api/open-invitations',
  openInvitation: (id: string) => `/api/open-invitations/${encodeURIComponent(id)}`,
  invitation: (code: string) => `/api/invitations/${encodeURIComponent(code)}`,
  acceptInvitation: (code: string) => `/api/invitations/${encodeURIComponent(code)}/accept`,
  people: '/api/people',
  ownProfile: '/api/people/me',
  ownFace: '/api/people/me/face',
  ownPassword: '/api/people/me/password',
  face: (personId: string) => `/api/people/${encodeURIComponent(personId)}/face`,
  person: (id: string) => `/api/people/${encodeURIComponent(id)}`,
  spaces: '/api/spaces',
  space: (spaceId: string) => `/api/spaces/${encodeURIComponent(spaceId)}`,
  joinSpace: (spaceId: string) => `/api/spaces/${encodeURIComponent(spaceId)}/join`,
  leaveSpace: (spaceId: string) => `/api/spaces/${encodeURIComponent(spaceId)}/leave`,
  joinableSpaces: '/api/joinable-spaces',
  movePage: (id: string) => `/api/pages/${encodeURIComponent(id)}/move`,
  members: (spaceId: string) => `/api/spaces/${encodeURIComponent(spaceId)}/members`,
  member: (spaceId: string, personId: string) =>
    `/api/spaces/${encodeURIComponent(spaceId)}/members/${encodeURIComponent(personId)}`,
  pages: (spaceId: string) => `/api/spaces/${encodeURIComponent(spaceId)}/pages`,
  page: (id: string) => `/api/pages/${encodeURIComponent(id)}`,
  versions: (pageId: string) => `/api/pages/${encodeURIComponent(pageId)}/versions`,
  authors: (pageId: string) => `/api/pages/${encodeURIComponent(pageId)}/authors`,
  version: (pageId: string, id: string) =>
    `/api/pages/${encodeURIComponent(pageId)}/versions/${encodeURIComponent(id)}`,
  file: (spaceId: string, hash: string) =>
    `/api/spaces/${encodeURIComponent(spaceId)}/files/${encodeURIComponent(hash)}`,
  files: (spaceId: string) => `/api/spaces/${encodeURIComponent(spaceId)}/files`,
  uploads: (spaceId: string) => `/api/spaces/${encodeURIComponent(spaceId)}/uploads`,
  upload: (spaceId: string, id: string) =>
    `/api/spaces/${encodeURIComponent(spaceId)}/uploads/${encodeURIComponent(id)}`,
  search: '/api/search',
  imports: (spaceId: string) => `/api/spaces/${encodeURIComponent(spaceId)}/imports`,
} as const

/** Bounds of the HTTP interface, in bytes unless named otherwise. */
export const apiLimits = {
  jsonBytes: 1024 * 1024,
  markdownBytes: 4 * 1024 * 1024,
  /** In one body; larger files come as resumable uploads. */
  fileBytes: 25 * 1024 * 1024,
  /** A face is cut to a small square on the laptop. */
  faceBytes: 256 * 1024,
  defaultMaxFileBytes: 2 * 1024 * 1024 * 1024,
  importBytes: 64 * 1024 * 1024,
  importFiles: 5000,
  versionsByHand: 200,
  passwordMinLength: 10,
  passwordMaxLength: 200,
} as const

const linkPattern = /^(https?:\/\/[^\s/?#@\\]+)(?:\/[^\s#]*)?#\/join\/([a-z2-7]{26})$/i

/** The link of an invitation; the code stands behind `#`, so that it reaches no server's log by being opened. */
export function invitationLink(serverUrl: string, code: string): string {
  return `${serverUrl}/#/join/${code}`
}

/** Server and code of an invitation link; undefined where it is none. */
export function parseInvitationLink(link: string): { readonly serverUrl: string; readonly code: string } | undefined {
  const [, serverUrl, code] = linkPattern.exec(link.trim()) ?? []
  if (serverUrl === undefined || code === undefined) return undefined
  return { serverUrl: serverUrl.toLowerCase(), code: code.toLowerCase() }
}
