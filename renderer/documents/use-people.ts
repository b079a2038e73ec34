import { useMemo } from 'react'
import type { PersonId, SpaceId } from '../../model/ids.ts'
import type { PersonCard, SpaceMember } from './people.ts'
import { bound, combineLives, useLive } from './use-live.ts'
import { usePlein } from './use-plein.tsx'

/** Everybody whom this person may see, colleagues first. */
export function usePeople(): readonly PersonCard[] {
  const { people } = usePlein()
  return useLive(useMemo(() => bound(people.all), [people]))
}

/** One person; null where they are unknown on this laptop. */
export function usePerson(id: PersonId): PersonCard | null {
  const { people } = usePlein()
  return useLive(useMemo(() => bound(people.person(id)), [people, id]))
}

/** One's own card; null until it has come. */
export function useOwnCard(): PersonCard | null {
  const { people } = usePlein()
  return useLive(useMemo(() => bound(people.me), [people]))
}

/** Who belongs to a space, owners first. */
export function useMembers(spaceId: SpaceId): readonly SpaceMember[] {
  const { people } = usePlein()
  return useLive(useMemo(() => bound(people.members(spaceId)), [people, spaceId]))
}

/** People with the name that a screen shows of them, whoever is unknown on this laptop under `somebody`. */
export function usePeopleNamed(
  ids: readonly PersonId[],
  somebody: string,
): readonly { readonly id: PersonId; readonly name: string }[] {
  const { people } = usePlein()
  const key = ids.join(' ')
  const cards = useLive(
    useMemo(
      () => combineLives(key === '' ? [] : key.split(' ').map((id) => people.person(id as PersonId))),
      [people, key],
    ),
  )
  return ids.map((id, index) => ({ id, name: cards[index]?.name ?? somebody }))
}
