import type { PageId, PersonId, RequestId, SpaceId } from '../../model/ids.ts'
import type { Joining, SpaceKind } from '../../model/kinds.ts'
import type { SpaceRole } from '../../model/permission.ts'
import type { NewSpace, SpaceChange } from '../../model/request.ts'
import type { Result } from '../../model/result.ts'
import type { AccountError, Live, SpaceSummary } from './plein.ts'

/** A space that one is a member of, with all that its own screen shows. */
export interface SpaceDetails extends SpaceSummary {
  readonly description: string
  readonly icon: string | null
  /** The space in whose tree this closed section stands. */
  readonly parent: SpaceId | null
  readonly joining: Joining
  readonly memberCount: number
  readonly archived: boolean
}

/** A space that one is not in, but could join (`open`) or ask to join. Closed ones are never listed. */
export interface JoinableSpace {
  readonly id: SpaceId
  readonly name: string
  readonly kind: SpaceKind
  readonly description: string
  readonly icon: string | null
  readonly joining: Exclude<Joining, 'closed'>
  readonly memberCount: number
}

export interface NewInvitation {
  readonly role: 'member' | 'guest'
  /** Where they come in at once, and as what. An owner who is no administrator invites guests to own spaces only. */
  readonly space: { readonly id: SpaceId; readonly role: SpaceRole } | null
  /** Sent by e-mail where the server can; null: a link to copy. */
  readonly email: string | null
}

export interface InvitationMade {
  /** `http(s)://server/#/join/<code>`; shown once. */
  readonly link: string
  readonly isMailed: boolean
}

/** An invitation that nobody has used yet. */
export interface OpenInvitation {
  readonly id: string
  readonly role: 'member' | 'guest'
  readonly space: { readonly id: SpaceId; readonly role: SpaceRole } | null
  readonly email: string | null
  readonly invitedBy: PersonId
  readonly createdAtMs: number
  readonly expiresAtMs: number
}

/**
 * Spaces and who belongs to them. Verbs that answer a RequestId have put a request into the outbox: follow it with
 * `requests.request(id)`. They answer null where it was done at once, in an organisation without a server.
 */
export interface SpaceAdmin {
  /** Also of archived spaces and closed sections; null where one is not a member. */
  details(id: SpaceId): Live<SpaceDetails | null>
  /** The closed sections of a space that one is a member of, by name. */
  sections(parent: SpaceId): Live<readonly SpaceDetails[]>
  /** All spaces of one's own that are archived. */
  readonly archived: Live<readonly SpaceDetails[]>
  /** By name. As the server last said it: it stays in sight offline. */
  readonly joinable: Live<readonly JoinableSpace[]>

  createSpace(
    space: Omit<NewSpace, 'spaceId'>,
  ): Promise<{ readonly spaceId: SpaceId; readonly requestId: RequestId | null }>
  changeSpace(id: SpaceId, change: SpaceChange): Promise<RequestId | null>
  join(id: SpaceId): Promise<RequestId | null>
  leave(id: SpaceId): Promise<RequestId | null>
  askRole(id: SpaceId, role: SpaceRole): Promise<RequestId | null>
  decideAsk(id: RequestId, isGranted: boolean): Promise<RequestId | null>
  /** `null` takes the person out of the space. */
  setMember(id: SpaceId, personId: PersonId, role: SpaceRole | null): Promise<RequestId | null>
  /** To another space, with everything under it. Within a space: `plein.movePage`. */
  movePage(id: PageId, to: { readonly spaceId: SpaceId; readonly parent: PageId | null }): Promise<RequestId | null>
  /** An editor's word about what somebody else wrote (post, discussion, …); authors archive their own at once. */
  archiveAuthored(id: PageId, archived: boolean): Promise<RequestId | null>

  /** These need the server, at once. */
  invite(invitation: NewInvitation): Promise<Result<InvitationMade, AccountError>>
  /** Rises when an invitation was made or revoked here: lists ask again. */
  readonly invitationsVersion: Live<number>
  openInvitations(): Promise<Result<readonly OpenInvitation[], AccountError>>
  revokeInvitation(id: string): Promise<Result<void, AccountError>>
  /** Whether the server can send e-mail; false where it is not known. */
  readonly canMail: Live<boolean>
}
