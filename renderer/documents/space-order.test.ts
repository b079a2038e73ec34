import { expect, it } from 'vitest'
import { mustParseId, type SpaceId } from '../../model/ids.ts'
import type { SpaceSummary } from './plein.ts'
import { inReadingOrder } from './space-order.ts'

function space(kind: SpaceSummary['kind'], name: string): SpaceSummary {
  return { id: mustParseId<SpaceId>('a'.repeat(26)), kind, name, role: 'reader' }
}

it('spaces stand by kind and then by name, whatever order they came in', () => {
  const names = inReadingOrder([
    space('personal', 'Mijn ruimte'),
    space('community', 'Heldere taal'),
    space('team', 'Sociaal domein'),
    space('team', 'Openbare ruimte'),
    space('organisation', 'Oeverdam'),
  ]).map(({ name }) => name)
  expect(names).toEqual(['Oeverdam', 'Openbare ruimte', 'Sociaal domein', 'Heldere taal', 'Mijn ruimte'])
})
