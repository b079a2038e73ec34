import type { PersonId, SpaceId } from '../../model/ids.ts'
import { parseAsk } from '../../model/parse-ask.ts'
import { includesRole, may, type SpaceRole } from '../../model/permission.ts'
import type { Ask } from '../../model/request.ts'
import { spaceThing } from '../access.ts'
import type { PeopleBook } from '../people-book.ts'
import type { StoredRequest } from '../store/request-store.ts'
import type { SpaceRecord } from '../store/store.ts'
import type { DecideContext, Effects, Verdict } from './effects.ts'

type AskOf<Type extends Ask['type']> = Extract<Ask, { type: Type }>

/** Who comes in writes along: spaces are there to be written together. */
export const joiningRole = 'editor'

export function joinSpace({ core, asker }: DecideContext, { spaceId }: AskOf<'join-space'>): Verdict {
  const space = core.spaces.get(spaceId)?.record
  if (space === undefined) return 'unknown-space'
  const role = asker.roleIn(spaceId)
  if (role !== null) return 'already-member'
  if (asker.organisationRole === 'guest') return 'forbidden'
  const thing = spaceThing(space, null)
  // Whoever may not see a space is told nothing of it.
  if (!mayFind(asker, space)) return 'unknown-space'
  if (may(asker, 'join', thing)) return { memberships: [{ spaceId, personId: asker.personId, role: joiningRole }] }
  return may(asker, 'ask-to-join', thing) ? 'asked' : 'closed'
}

/** Whether the space is among those that the person could join or ask to join. */
export function mayFind(asker: DecideContext['asker'], space: SpaceRecord): boolean {
  const thing = spaceThing(space, asker.roleIn(space.spaceId))
  if (!may(asker, 'join', thing) && !may(asker, 'ask-to-join', thing)) return false
  return space.parent === null || asker.roleIn(space.parent) !== null
}

export function leaveSpace({ core, book, asker }: DecideContext, { spaceId }: AskOf<'leave-space'>): Verdict {
  const space = core.spaces.get(spaceId)?.record
  const role = asker.roleIn(spaceId)
  if (space === undefined || role === null) return 'not-a-member'
  if (!may(asker, 'leave', spaceThing(space, role))) return 'forbidden'
  const personId = asker.personId
  if (isLastOwner(book, spaceId, personId)) return 'last-owner'
  return { memberships: [{ spaceId, personId, role: null }] }
}

export function askRole({ core, asker }: DecideContext, { spaceId, role }: AskOf<'ask-role'>): Verdict {
  const space = core.spaces.get(spaceId)?.record
  const own = asker.roleIn(spaceId)
  if (space === undefined || own === null) return 'not-a-member'
  if (includesRole(own, role)) return 'already-member'
  return may(asker, 'ask-role', spaceThing(space, own)) ? 'asked' : 'forbidden'
}

export function setMember(context: DecideContext, { spaceId, personId, role }: AskOf<'set-member'>): Verdict {
  const { core, book, asker } = context
  const space = core.spaces.get(spaceId)?.record
  const own = asker.roleIn(spaceId)
  if (space === undefined || own === null) return 'unknown-space'
  if (!may(asker, 'manage-members', spaceThing(space, own))) return 'forbidden'
  return placeMember(context, { space, personId, role, before: book.roleIn(spaceId, personId) })
}

interface Placing {
  readonly space: SpaceRecord
  readonly personId: PersonId
  readonly role: SpaceRole | null
  readonly before: SpaceRole | null
}

function placeMember({ book, open }: DecideContext, { space, personId, role, before }: Placing): Verdict {
  const { spaceId, kind } = space
  const person = book.person(personId)
  if (person === undefined) return 'unknown-person'
  if (role === null && before === null) return 'not-a-member'
  // Everybody of the organisation is in its own space, and nobody else; a guest manages nobody.
  if (kind === 'organisation' && (role === null || person.role === 'guest')) return 'forbidden'
  if (person.role === 'guest' && role === 'owner') return 'forbidden'
  if (role !== 'owner' && isLastOwner(book, spaceId, personId)) return 'last-owner'
  const settled = openAsksOf(open, spaceId, personId).map((request) => {
    const isGranted = role !== null && includesRole(role, request.role)
    return { request: request.stored, state: isGranted ? ('accepted' as const) : ('refused' as const), isGranted }
  })
  return {
    memberships: [{ spaceId, personId, role }],
    settled: settled.map(({ request, state, isGranted }) => ({
      request,
      state,
      reason: isGranted ? null : 'declined',
    })),
  }
}

export function decideAsk(context: DecideContext, { requestId, isGranted }: AskOf<'decide-ask'>): Verdict {
  const { core, asker, open } = context
  const stored = open.find((request) => request.requestId === requestId)
  if (stored === undefined) return 'already-decided'
  const asked = openAskOf(stored)
  const space = asked === null ? undefined : core.spaces.get(asked.spaceId)?.record
  if (asked === null || space === undefined) return 'unknown-request'
  if (!may(asker, 'manage-members', spaceThing(space, asker.roleIn(space.spaceId)))) return 'unknown-request'
  const { spaceId } = space
  const personId = stored.personId
  if (!isGranted) return { settled: settledAlike(open, asked, 'refused') }
  const before = context.book.roleIn(spaceId, personId)
  if (asked.type === 'ask-role' && before === null) return { settled: settledAlike(open, asked, 'refused') }
  const settled = settledAlike(open, asked, 'accepted')
  // Given as much by another way meanwhile.
  if (includesRole(before, asked.role)) return { settled }
  const placed = placeMember(context, { space, personId, role: asked.role, before })
  return typeof placed === 'string' ? placed : { ...placed, settled }
}

/** An ask that lies with owners, read. */
export interface OpenAskRead {
  readonly stored: StoredRequest
  readonly type: 'join-space' | 'ask-role'
  readonly spaceId: SpaceId
  readonly role: SpaceRole
}

export function openAskOf(stored: StoredRequest): OpenAskRead | null {
  const ask = parseAsk(stored.ask)
  if (typeof ask === 'string') return null
  if (ask.type === 'join-space') return { stored, type: ask.type, spaceId: ask.spaceId, role: joiningRole }
  return ask.type === 'ask-role' ? { stored, type: ask.type, spaceId: ask.spaceId, role: ask.role } : null
}

function openAsksOf(open: readonly StoredRequest[], spaceId: SpaceId, personId: PersonId): readonly OpenAskRead[] {
  return open
    .filter((request) => request.personId === personId)
    .flatMap((request) => openAskOf(request) ?? [])
    .filter((ask) => ask.spaceId === spaceId)
}

/** Who asks the same twice is answered both times. */
function settledAlike(
  open: readonly StoredRequest[],
  { stored, type, spaceId, role }: OpenAskRead,
  state: 'accepted' | 'refused',
): NonNullable<Effects['settled']> {
  return openAsksOf(open, spaceId, stored.personId)
    .filter((ask) => ask.type === type && ask.role === role)
    .map((ask) => ({ request: ask.stored, state, reason: state === 'refused' ? ('declined' as const) : null }))
}

function isLastOwner(book: PeopleBook, spaceId: SpaceId, personId: PersonId): boolean {
  const owners = book.membersOf(spaceId).filter(({ role }) => role === 'owner')
  return owners.length === 1 && owners[0]?.personId === personId
}
