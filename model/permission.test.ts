import { describe, expect, it } from 'vitest'
import { writerGroups } from './kinds.ts'
import {
  may,
  organisationRoles,
  spaceRoles,
  type Actor,
  type DocumentThing,
  type SpaceRole,
  type SpaceThing,
} from './permission.ts'

const ann: Actor = { personId: 'ann', organisationRole: 'member', suspended: false }

function space(role: SpaceRole | null, archived = false): SpaceThing {
  return { type: 'space', kind: 'team', role, archived }
}

function document(role: SpaceRole | null, more: Partial<DocumentThing> = {}): DocumentThing {
  return {
    type: 'document',
    space: space(role),
    writers: 'editors',
    ownerId: null,
    coAuthorIds: [],
    isPrivate: false,
    ...more,
  }
}

const rolesThatMay = (verdict: (role: SpaceRole) => boolean) => spaceRoles.filter((role) => verdict(role))

describe('who may do what', () => {
  it('PE1 lets each role do what the roles before it may, and one thing more', () => {
    const verbs = ['read', 'act', 'create-authored-page', 'create-shared-page', 'manage-members'] as const
    const first = verbs.map((verb) => rolesThatMay((role) => may(ann, verb, space(role)))[0])
    expect(first).toEqual(['reader', 'commenter', 'contributor', 'editor', 'owner'])
    for (const verb of verbs) {
      const roles = rolesThatMay((role) => may(ann, verb, space(role)))
      expect(roles).toEqual(spaceRoles.slice(spaceRoles.indexOf(roles[0] ?? 'owner')))
    }
  })

  it('PE2 denies everything without a role in the space, administrators included', () => {
    for (const organisationRole of organisationRoles) {
      const actor = { ...ann, organisationRole }
      expect(may(actor, 'read', space(null))).toBe(false)
      for (const writers of writerGroups) {
        for (const verb of ['read', 'write', 'be-present'] as const) {
          expect(may(actor, verb, document(null, { writers, ownerId: 'ann' }))).toBe(false)
        }
      }
    }
  })

  it('PE9 lets colleagues into spaces that are open, lets them ask for those that ask, and guests into none', () => {
    const at = (more: Partial<SpaceThing>): SpaceThing => ({ ...space(null), ...more })
    const guest: Actor = { ...ann, organisationRole: 'guest' }
    const verdicts = (actor: Actor, thing: SpaceThing) =>
      (['join', 'ask-to-join'] as const).filter((verb) => may(actor, verb, thing))
    expect(verdicts(ann, at({ joining: 'open' }))).toEqual(['join'])
    expect(verdicts(ann, at({ joining: 'ask' }))).toEqual(['ask-to-join'])
    expect(verdicts(ann, at({ joining: 'closed' }))).toEqual([])
    expect(verdicts(ann, at({}))).toEqual([])
    for (const joining of ['open', 'ask', 'closed'] as const) {
      expect(verdicts(guest, at({ joining }))).toEqual([])
      expect(verdicts(ann, at({ joining, archived: true }))).toEqual([])
      expect(verdicts(ann, at({ joining, role: 'reader' }))).toEqual([])
      for (const kind of ['personal', 'organisation'] as const) expect(verdicts(ann, at({ joining, kind }))).toEqual([])
    }
  })

  it('PE9 lets members leave and ask for more, but not out of a personal space or that of the organisation', () => {
    expect(rolesThatMay((role) => may(ann, 'leave', space(role, true)))).toEqual([...spaceRoles])
    expect(rolesThatMay((role) => may(ann, 'ask-role', space(role)))).toEqual(spaceRoles.slice(0, -1))
    for (const kind of ['personal', 'organisation'] as const) {
      expect(rolesThatMay((role) => may(ann, 'leave', { ...space(role), kind }))).toEqual([])
      expect(rolesThatMay((role) => may(ann, 'archive', { ...space(role), kind }))).toEqual([])
    }
    expect(rolesThatMay((role) => may(ann, 'ask-role', { ...space(role), kind: 'personal' }))).toEqual([])
  })

  it('PE9 lets owners describe their space and invite guests, and editors archive what others wrote', () => {
    for (const verb of ['change', 'invite-guest'] as const) {
      expect(rolesThatMay((role) => may(ann, verb, space(role)))).toEqual(['owner'])
      expect(rolesThatMay((role) => may(ann, verb, space(role, true)))).toEqual([])
    }
    expect(rolesThatMay((role) => may(ann, 'archive-authored', space(role)))).toEqual(['editor', 'owner'])
  })

  it('PE3 lets nobody but the server write a ledger', () => {
    for (const role of spaceRoles)
      expect(may(ann, 'write', document(role, { writers: 'server', ownerId: 'ann' }))).toBe(false)
  })

  it('PE4 lets nobody write in another’s name: acts by their owner, authored pages by their authors', () => {
    expect(may(ann, 'write', document('owner', { writers: 'owner', ownerId: 'bob' }))).toBe(false)
    expect(may(ann, 'write', document('owner', { writers: 'authors', ownerId: 'bob' }))).toBe(false)
    expect(
      may(ann, 'write', document('contributor', { writers: 'authors', ownerId: 'bob', coAuthorIds: ['ann'] })),
    ).toBe(true)
    expect(may(ann, 'write', document('commenter', { writers: 'owner', ownerId: 'ann' }))).toBe(true)
  })

  it('PE5 shows a private document to its owner only', () => {
    const secret = { isPrivate: true, writers: 'owner', ownerId: 'bob' } as const
    expect(may(ann, 'read', document('owner', secret))).toBe(false)
    expect(may({ ...ann, personId: 'bob' }, 'read', document('reader', secret))).toBe(true)
  })

  it('PE6 takes everything from a suspended person', () => {
    const suspended = { ...ann, organisationRole: 'administrator', suspended: true } as const
    expect(may(suspended, 'read', space('owner'))).toBe(false)
    expect(may(suspended, 'write', document('owner'))).toBe(false)
    expect(may(suspended, 'administer', { type: 'organisation' })).toBe(false)
  })

  it('PE7 keeps an archived space readable and writes nothing there', () => {
    expect(may(ann, 'read', space('owner', true))).toBe(true)
    expect(may(ann, 'create-shared-page', space('owner', true))).toBe(false)
    expect(may(ann, 'write', document('owner', { space: space('owner', true) }))).toBe(false)
  })

  it('PE8 keeps guests out of the list of members and administrators alone at invitations', () => {
    const verdicts = (verb: 'read-members' | 'invite' | 'moderate') =>
      organisationRoles.filter((organisationRole) => may({ ...ann, organisationRole }, verb, { type: 'organisation' }))
    expect(verdicts('read-members')).toEqual(['administrator', 'community-manager', 'member'])
    expect(verdicts('invite')).toEqual(['administrator'])
    expect(verdicts('moderate')).toEqual(['administrator', 'community-manager'])
  })
})
