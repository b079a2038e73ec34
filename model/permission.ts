import type { Joining, SpaceKind, Writers } from './kinds.ts'

export const organisationRoles = ['administrator', 'community-manager', 'member', 'guest'] as const
export type OrganisationRole = (typeof organisationRoles)[number]

/** Each role adds to the one before: reader reads, commenter + own acts, contributor + authored pages, editor + tree and shared pages, owner + members. */
export const spaceRoles = ['reader', 'commenter', 'contributor', 'editor', 'owner'] as const
export type SpaceRole = (typeof spaceRoles)[number]

/** The person who asks, as the server knows them. */
export interface Actor {
  readonly personId: string
  readonly organisationRole: OrganisationRole
  readonly suspended: boolean
}

/** A space as the decision needs it: the asker's own role in it, null where there is none. */
export interface SpaceThing {
  readonly type: 'space'
  readonly kind: SpaceKind
  readonly role: SpaceRole | null
  readonly archived: boolean
  /** How one comes in; where it is not given, nobody does by themselves. */
  readonly joining?: Joining
}

/** A document in a space. `registered` false: it would come into being with this write. */
export interface DocumentThing {
  readonly type: 'document'
  readonly space: SpaceThing
  readonly writers: Writers
  /** Author, or owner of an acts or private document; null where nobody is (a shared page, the ledger). */
  readonly ownerId: string | null
  readonly coAuthorIds: readonly string[]
  readonly isPrivate: boolean
}

export interface OrganisationThing {
  readonly type: 'organisation'
}

export type Thing = SpaceThing | DocumentThing | OrganisationThing

export type SpaceVerb =
  | 'read'
  | 'act'
  | 'resolve-threads'
  | 'create-authored-page'
  | 'create-shared-page'
  | 'manage-members'
  | 'archive'
  /** Comes in by oneself. */
  | 'join'
  /** Asks the owners to be let in. */
  | 'ask-to-join'
  /** Asks the owners for another role than one's own. */
  | 'ask-role'
  | 'leave'
  /** Name, description, icon, how one joins. */
  | 'change'
  /** Archives what somebody else wrote. */
  | 'archive-authored'
  | 'invite-guest'
  /** Invites somebody to it without owning it, as administrators do. */
  | 'invite-into'
export type DocumentVerb = 'read' | 'write' | 'be-present'
export type OrganisationVerb = 'read-members' | 'create-space' | 'invite' | 'administer' | 'moderate'
export type Verb = SpaceVerb | DocumentVerb | OrganisationVerb

/** Whether a role includes another: owner includes editor, and so on. */
export function includesRole(role: SpaceRole | null, needed: SpaceRole): boolean {
  return role !== null && spaceRoles.indexOf(role) >= spaceRoles.indexOf(needed)
}

/**
 * The only place that decides who may do what: HTTP, both sockets, feed, search, files, export and notifications all ask here.
 * Anything that is not allowed by name is denied.
 */
export function may(actor: Actor, verb: SpaceVerb, thing: SpaceThing): boolean
export function may(actor: Actor, verb: DocumentVerb, thing: DocumentThing): boolean
export function may(actor: Actor, verb: OrganisationVerb, thing: OrganisationThing): boolean
export function may(actor: Actor, verb: Verb, thing: Thing): boolean {
  if (actor.suspended) return false
  if (thing.type === 'space') return maySpace(actor, verb, thing)
  if (thing.type === 'document') return mayDocument(actor, verb, thing)
  return mayOrganisation(actor, verb)
}

const neededSpaceRole: Partial<Record<Verb, SpaceRole>> = {
  read: 'reader',
  act: 'commenter',
  // Threads of others: one's own are resolved with the right to act.
  'resolve-threads': 'editor',
  'create-authored-page': 'contributor',
  'create-shared-page': 'editor',
  'manage-members': 'owner',
  archive: 'owner',
  change: 'owner',
  'ask-role': 'reader',
  leave: 'reader',
  'archive-authored': 'editor',
  'invite-guest': 'owner',
}

/** A personal space has one member, for ever; everybody of the organisation is in its own space. */
const verbsOfSharedSpaces: readonly Verb[] = ['manage-members', 'ask-role', 'leave', 'archive', 'invite-guest']
const verbsOfJoinedSpaces: readonly Verb[] = ['leave', 'archive']
const verbsOfArchivedSpaces: readonly Verb[] = ['read', 'archive', 'leave']

function maySpace(actor: Actor, verb: Verb, space: SpaceThing): boolean {
  if (verb === 'join' || verb === 'ask-to-join') return mayJoin(actor, verb, space)
  if (verb === 'invite-into') return mayInviteInto(actor, space)
  const needed = neededSpaceRole[verb]
  if (needed === undefined) return false
  if (isOutOfPlace(verb, space)) return false
  return includesRole(space.role, needed)
}

/** What nobody may do in such a space, whatever their role. */
function isOutOfPlace(verb: Verb, { kind, archived, role }: SpaceThing): boolean {
  if (archived && !verbsOfArchivedSpaces.includes(verb)) return true
  if (kind === 'personal') return verbsOfSharedSpaces.includes(verb)
  if (kind === 'organisation') return verbsOfJoinedSpaces.includes(verb)
  return verb === 'ask-role' && role === 'owner'
}

/** Into whatever an administrator can see at all. */
function mayInviteInto(actor: Actor, { kind, archived, joining, role }: SpaceThing): boolean {
  if (actor.organisationRole !== 'administrator' || kind === 'personal' || archived) return false
  return role !== null || kind === 'organisation' || joining === 'open' || joining === 'ask'
}

/** Guests come in by invitation only. */
function mayJoin(actor: Actor, verb: 'join' | 'ask-to-join', space: SpaceThing): boolean {
  const isForJoining = space.kind !== 'personal' && space.kind !== 'organisation' && !space.archived
  if (actor.organisationRole === 'guest' || space.role !== null || !isForJoining) return false
  return space.joining === (verb === 'join' ? 'open' : 'ask')
}

function mayDocument(actor: Actor, verb: Verb, document: DocumentThing): boolean {
  if (!includesRole(document.space.role, 'reader')) return false
  const isOwner = document.ownerId !== null && document.ownerId === actor.personId
  if (document.isPrivate && !isOwner) return false
  if (verb === 'read' || verb === 'be-present') return true
  if (verb !== 'write' || document.space.archived) return false
  return mayWrite(actor, document, isOwner)
}

function mayWrite(actor: Actor, document: DocumentThing, isOwner: boolean): boolean {
  if (document.writers === 'editors') return includesRole(document.space.role, 'editor')
  if (document.writers === 'authors') {
    return (
      includesRole(document.space.role, 'contributor') && (isOwner || document.coAuthorIds.includes(actor.personId))
    )
  }
  if (document.writers === 'owner') return includesRole(document.space.role, 'commenter') && isOwner
  return false
}

function mayOrganisation(actor: Actor, verb: Verb): boolean {
  const { organisationRole: role } = actor
  if (verb === 'read-members' || verb === 'create-space') return role !== 'guest'
  if (verb === 'invite' || verb === 'administer') return role === 'administrator'
  if (verb === 'moderate') return role === 'administrator' || role === 'community-manager'
  return false
}
