import type { PageId, PersonId, RequestId, SpaceId } from './ids.ts'
import type { Joining, SpaceKind } from './kinds.ts'
import type { SpaceRole } from './permission.ts'

/** What can be changed of a space; fields that are not given stay. */
export interface SpaceChange {
  readonly name?: string
  readonly description?: string
  readonly icon?: string | null
  readonly archived?: boolean
  readonly joining?: Joining
}

/** A space that is to be made. Its id is minted by who asks, so that asking twice makes one space. */
export interface NewSpace {
  readonly spaceId: SpaceId
  readonly kind: Exclude<SpaceKind, 'organisation' | 'personal'>
  readonly name: string
  readonly description: string
  readonly icon: string | null
  readonly joining: Joining
  /** A closed section stands in the tree of this space, for its own members only. */
  readonly parent: SpaceId | null
}

/** What only the server can decide. To add one: here, in `parse-ask.ts`, in `sync-server/requests/decide.ts`. */
export type Ask =
  | { readonly type: 'join-space'; readonly spaceId: SpaceId }
  | { readonly type: 'leave-space'; readonly spaceId: SpaceId }
  | { readonly type: 'ask-role'; readonly spaceId: SpaceId; readonly role: SpaceRole }
  /** By an owner, about what somebody else has asked. */
  | { readonly type: 'decide-ask'; readonly requestId: RequestId; readonly isGranted: boolean }
  /** `role` null removes the person from the space. */
  | {
      readonly type: 'set-member'
      readonly spaceId: SpaceId
      readonly personId: PersonId
      readonly role: SpaceRole | null
    }
  | ({ readonly type: 'create-space' } & NewSpace)
  | { readonly type: 'change-space'; readonly spaceId: SpaceId; readonly change: SpaceChange }
  /** With everything under it. `parent` null places it at the top of the other tree. */
  | { readonly type: 'move-page'; readonly pageId: PageId; readonly to: SpaceId; readonly parent: PageId | null }
  | { readonly type: 'archive-authored'; readonly pageId: PageId; readonly archived: boolean }
export type AskType = Ask['type']

/** Why a request was refused; screens show a text looked up by it. */
export const requestRefusals = [
  'forbidden',
  /** An owner said no. */
  'declined',
  'unknown-space',
  'unknown-page',
  'unknown-person',
  'unknown-request',
  /** The space is not open to those who ask. */
  'closed',
  'already-member',
  'not-a-member',
  /** A space keeps at least one owner. */
  'last-owner',
  /** Somebody else has answered it before. */
  'already-decided',
  /** More pages than one move takes. */
  'too-many-pages',
  /** A page cannot be read on the server: nothing was moved. */
  'damaged',
  /** The id of the new space is taken. */
  'space-taken',
  'same-space',
  'bad-input',
  /** Something that nobody foresaw; the log of the server says more. */
  'server-trouble',
  /** This version of the server does not know the kind of request. */
  'unknown-kind',
] as const
export type RequestRefusal = (typeof requestRefusals)[number]

/** `asked`: it lies with the owners of the space. */
export const answerStates = ['asked', 'accepted', 'refused'] as const
export type AnswerState = (typeof answerStates)[number]

/** What lies with the owners of a space while it is `asked`. */
export const openAskTypes = ['join-space', 'ask-role'] as const

/** Pages that one move takes with it: each of them is read and written in one transaction. */
export const maxMovedPages = 2000
