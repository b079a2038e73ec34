import {
  may,
  type Actor,
  type DocumentThing,
  type DocumentVerb,
  type SpaceRole,
  type SpaceThing,
} from '../model/permission.ts'
import type { NewDocument, SpaceRecord } from './store/store.ts'

/** A person with what they may reach, kept up to date while they have a socket. */
export interface Reacher extends Actor {
  roleIn(spaceId: string): SpaceRole | null
}

export function spaceThing(space: SpaceRecord, role: SpaceRole | null): SpaceThing {
  return { type: 'space', kind: space.kind, role, archived: space.archived, joining: space.joining }
}

/** A document as `may()` asks for it, seen by somebody with this role in its space. */
export function documentThing(document: NewDocument, space: SpaceRecord, role: SpaceRole | null): DocumentThing {
  return {
    type: 'document',
    space: spaceThing(space, role),
    writers: document.writers,
    ownerId: document.ownerId,
    coAuthorIds: document.coAuthorIds,
    isPrivate: document.kind === 'private',
  }
}

export function mayOnDocument(person: Reacher, verb: DocumentVerb, document: NewDocument, space: SpaceRecord): boolean {
  return may(person, verb, documentThing(document, space, person.roleIn(space.spaceId)))
}

export function mayReadSpace(person: Reacher, space: SpaceRecord): boolean {
  return may(person, 'read', spaceThing(space, person.roleIn(space.spaceId)))
}
