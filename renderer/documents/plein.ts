import type { DocumentId, OrganisationId, PageId, PersonId, SpaceId } from '../../model/ids.ts'
import type { Result } from '../../model/result.ts'
import type { DocumentKind, PageKind, SpaceKind } from '../../model/kinds.ts'
import type { SpaceRole } from '../../model/permission.ts'
import type { Files } from './files.ts'
import type { ArrivalSnapshot } from './arrival.ts'
import type { People } from './people.ts'
import type { Away } from './away.ts'
import type { Drafts } from './drafts.ts'
import type { Comments } from './comments.ts'
import type { Inbox } from './inbox.ts'
import type { History } from './history.ts'
import type { Requests } from './requests.ts'
import type { Search } from './search.ts'
import type { SpaceAdmin } from './space-admin.ts'
import type { InOut } from './in-out.ts'
import type { OwnOrganisations } from './own-organisations.ts'
import type { Marks } from './marks.ts'
import type { Trees } from './trees.ts'
import type { Profile } from './profile.ts'

/** A value that changes: the snapshot stays the same object until something in it changes. */
export interface Live<T> {
  snapshot(): T
  /** Calls back after each change; returns the undo of the subscription. */
  subscribe(onChange: () => void): () => void
}

export type OrganisationKind = 'server' | 'personal' | 'sample'

export interface OrganisationSummary {
  readonly id: OrganisationId
  readonly name: string
  readonly kind: OrganisationKind
  /** Origin of the sync server, such as `http://127.0.0.1:4680`; null where there is none. */
  readonly serverUrl: string | null
}

export interface Me {
  readonly id: PersonId
  readonly name: string
  readonly email: string
  readonly role: 'administrator' | 'community-manager' | 'member' | 'guest'
}

/** Where this window stands. `welcome`: no organisation on this laptop yet. */
export type SessionSnapshot =
  | { readonly stage: 'starting' }
  | {
      readonly stage: 'welcome'
      readonly organisations: readonly OrganisationSummary[]
      /** The browser threw away what was stored here, and nobody has begun again since. */
      readonly wasEmptied: boolean
    }
  | {
      readonly stage: 'open'
      readonly organisation: OrganisationSummary
      readonly organisations: readonly OrganisationSummary[]
      readonly me: Me
      /** The session ended on the server: everything here still works, nothing travels until one signs in again. */
      readonly signInNeeded: boolean
    }
  | { readonly stage: 'trouble'; readonly reason: StorageTrouble }

export type StorageTrouble = 'storage-blocked' | 'storage-full' | 'storage-damaged' | 'newer-version-ran-here'

export type ConnectionState = 'none' | 'connecting' | 'online' | 'offline' | 'refused'

export interface ConnectionSnapshot {
  /** `none`: this organisation has no server. `refused`: waiting will not help, `reason` says why. */
  readonly state: ConnectionState
  readonly reason: ConnectionTrouble | null
  /** Milliseconds since 1970 by this laptop's clock, for words such as "offline since 09.42" only. */
  readonly offlineSinceMs: number | null
  readonly nextAttemptAtMs: number | null
  readonly waitingChanges: number
  readonly waitingPages: readonly WaitingPage[]
  /** Something refused by the server and set aside as a draft, or a damaged local record: never silent. */
  readonly setAside: readonly SetAside[]
  /** The laptop's storage is full: editing goes on in memory. */
  readonly storageFull: boolean
}

export type ConnectionTrouble = 'sign-in-needed' | 'app-too-old' | 'server-too-old' | 'suspended' | 'other-organisation'

/** A page, or another document of a space: what this person said there, its tree, their own marks. */
export interface WaitingPage {
  readonly pageId: DocumentId
  readonly kind: DocumentKind
  readonly spaceId: SpaceId
  readonly title: string
  readonly changes: number
}

export interface SetAside {
  readonly id: string
  readonly documentId: DocumentId
  /** Null where the document is not known here any more. */
  readonly kind: DocumentKind | null
  readonly spaceId: SpaceId | null
  readonly title: string
  /** A reason from the closed list of model/protocol/reasons.ts, or `damaged-record`. */
  readonly reason: string
}

export interface SpaceSummary {
  readonly id: SpaceId
  readonly name: string
  readonly kind: SpaceKind
  readonly role: SpaceRole
}

/** One page in a list or in the tree, from rows: never needs the page itself. */
export interface PageSummary {
  readonly id: PageId
  readonly spaceId: SpaceId
  readonly kind: PageKind
  readonly title: string
  readonly icon: string | null
  readonly archived: boolean
  /** The page itself is on this laptop; if not, it is fetched when opened. */
  readonly held: boolean
  readonly waitingChanges: number
  /** Server's time of the last commit, or this laptop's for changes still waiting; for display only. */
  readonly changedAtMs: number
}

export interface TreePage extends PageSummary {
  readonly children: readonly TreePage[]
}

export interface SpaceSnapshot {
  readonly space: SpaceSummary
  /** The order of the pages is on this laptop. Until then `tree` is a flat list, for screens that need no order. */
  readonly treeIsHere: boolean
  /** Shared pages (wiki, document) in tree order, archived ones left out. */
  readonly tree: readonly TreePage[]
  /** Authored pages of part 1: one's own notes, newest first. */
  readonly notes: readonly PageSummary[]
  readonly archived: readonly PageSummary[]
}

/** The receipt of one page, always shown with words. */
export interface ReceiptSnapshot {
  /** Every change made in this window has been committed to this laptop's disk. */
  readonly onThisLaptop: boolean
  /** Own changes of this page that the server has not acknowledged. */
  readonly waitingChanges: number
  /** When the server last acknowledged a change of this page, by this laptop's clock. */
  readonly lastAcknowledgedAtMs: number | null
  readonly lastSavedAtMs: number | null
  readonly server: 'acknowledged' | 'waiting' | 'none' | 'refused'
  /** How many colleagues have on a device of theirs what was written here last; null while that is not known. Never who. */
  readonly withColleagues: number | null
}

/** Who is looking at a page now; identities are stamped by the server. */
export interface PresentPerson {
  readonly personId: PersonId
  readonly name: string
  readonly colour: string
}

export type OpenPageError = 'not-on-this-laptop' | 'unknown-page' | 'forbidden' | 'damaged'

export interface PageSnapshot {
  readonly id: PageId
  readonly spaceId: SpaceId
  readonly kind: PageKind
  readonly title: string
  readonly icon: string | null
  readonly archived: boolean
  readonly mayEdit: boolean
  /** Why it is read-only here: rights, or a newer schema than this app knows. */
  readonly readOnlyReason: 'rights' | 'newer-schema' | 'archived' | null
  readonly present: readonly PresentPerson[]
}

export type AccountError =
  | 'wrong-password'
  | 'invitation-unknown'
  | 'invitation-expired'
  | 'invitation-used'
  | 'email-taken'
  | 'server-unreachable'
  | 'not-a-plein-server'
  | 'server-too-old'
  | 'app-too-old'
  | 'organisation-exists'
  | 'setup-code-needed'
  | 'weak-password'
  | 'bad-input'
  | 'rate-limited'
  | 'forbidden'
  /** Somebody else was signed in here and has changes that the server has not taken. */
  | 'unsent-of-somebody-else'

export interface InvitationPreview {
  readonly organisation: string
  readonly invitedBy: string
  readonly members: number
}

export interface Account {
  readonly name: string
  readonly email: string
  readonly password: string
}

/**
 * Everything that screens may ask of this laptop's data: one object per window, made in `open-plein.ts`
 * and handed down by React context. Reads are local and immediate; verbs work without a network unless they say so.
 */
export interface Plein {
  readonly session: Live<SessionSnapshot>
  readonly connection: Live<ConnectionSnapshot>
  /** Without those that are archived: `spaceAdmin.archived` has them. */
  readonly spaces: Live<readonly SpaceSummary[]>
  readonly people: People
  readonly arrival: Live<ArrivalSnapshot>
  readonly comments: Comments
  readonly drafts: Drafts
  readonly inbox: Inbox
  readonly history: History
  readonly inOut: InOut
  readonly away: Away
  readonly requests: Requests
  readonly spaceAdmin: SpaceAdmin
  readonly search: Search
  readonly files: Files
  readonly ownOrganisations: OwnOrganisations
  readonly marks: Marks
  readonly trees: Trees
  readonly profile: Profile
  space(id: SpaceId): Live<SpaceSnapshot | null>
  /** `undefined` while it loads, a failure where it cannot be opened. Counted: the last unsubscribe closes the document. */
  page(id: PageId): Live<Result<PageSnapshot, OpenPageError> | undefined>
  receipt(id: PageId): Live<ReceiptSnapshot>

  createPage(page: { spaceId: SpaceId; kind: PageKind; title: string; parent: PageId | null }): Promise<PageId>
  renamePage(id: PageId, title: string): void
  setPageIcon(id: PageId, icon: string | null): void
  archivePage(id: PageId): Promise<void>
  restorePage(id: PageId): Promise<void>
  /** Moves within the space; `before` null appends. A move under one's own descendant does nothing. */
  movePage(id: PageId, to: { parent: PageId | null; before: PageId | null }): Promise<void>
  /** Needs the server, except in a personal organisation. */
  createSpace(space: { name: string; kind: SpaceKind }): Promise<Result<SpaceId, AccountError>>

  retryNow(): void
  /** The text of what was set aside, as Markdown, to copy or to put into a new note. */
  readSetAside(id: string): Promise<string>
  dismissSetAside(id: string): Promise<void>

  previewInvitation(link: string): Promise<Result<InvitationPreview, AccountError>>
  join(link: string, account: Account): Promise<Result<OrganisationId, AccountError>>
  createOrganisation(organisation: {
    name: string
    account: Account
    setupCode?: string
  }): Promise<Result<OrganisationId, AccountError>>
  signIn(credentials: {
    serverUrl: string
    email: string
    password: string
  }): Promise<Result<OrganisationId, AccountError>>
  /** Ends the session on the server; what is unsent stays on the laptop. */
  signOut(): Promise<void>
  startPersonal(name: string): Promise<OrganisationId>
  openSample(): Promise<OrganisationId>
  openOrganisation(id: OrganisationId): Promise<void>
  /** A link to copy, `http(s)://server/#/join/<code>`. Needs the server and the administrator's role. */
  invite(invitation: { role: 'member' | 'guest' }): Promise<Result<string, AccountError>>
}
