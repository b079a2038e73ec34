import type { DocumentId } from '../../model/ids.ts'
import { may } from '../../model/permission.ts'
import type { Ask } from '../../model/request.ts'
import { spaceThing } from '../access.ts'
import { newDocumentOf } from '../check-row.ts'
import type { DecideContext, Verdict } from './effects.ts'

type AskOf<Type extends Ask['type']> = Extract<Ask, { type: Type }>

export function createSpace({ core, asker, drafts }: DecideContext, ask: AskOf<'create-space'>): Verdict {
  const { type: _type, ...space } = ask
  const { spaceId, parent } = space
  if (core.spaces.has(spaceId)) return 'space-taken'
  if (!may(asker, 'create-space', { type: 'organisation' })) return 'forbidden'
  if (parent !== null) {
    const above = core.spaces.get(parent)?.record
    const role = asker.roleIn(parent)
    if (above === undefined || role === null) return 'unknown-space'
    if (above.kind === 'personal' || !may(asker, 'create-shared-page', spaceThing(above, role))) return 'forbidden'
  }
  const document = newDocumentOf(spaceId as string as DocumentId, { spaceId, kind: 'space', pageKind: null }, null)
  if (document === null) return 'bad-input'
  drafts.create(document, null)
  return {
    createdSpaces: [{ ...space, archived: false }],
    memberships: [{ spaceId, personId: asker.personId, role: 'owner' }],
  }
}

export function changeSpace({ core, asker }: DecideContext, { spaceId, change }: AskOf<'change-space'>): Verdict {
  const space = core.spaces.get(spaceId)?.record
  const role = asker.roleIn(spaceId)
  if (space === undefined || role === null) return 'unknown-space'
  const thing = spaceThing(space, role)
  const { archived, ...described } = change
  if (archived !== undefined && !may(asker, 'archive', thing)) return 'forbidden'
  // What comes out of the archive may be described in the same breath.
  const after = { ...thing, archived: archived ?? space.archived }
  if (Object.keys(described).length > 0 && !may(asker, 'change', archived === true ? thing : after)) return 'forbidden'
  const isJoined = space.kind !== 'personal' && space.kind !== 'organisation'
  if (change.joining !== undefined && !isJoined) return 'forbidden'
  return { changedSpaces: [{ spaceId, change }] }
}
