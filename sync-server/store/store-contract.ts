import { describe, expect, it } from 'vitest'
import type { OrganisationId, PersonId } from '../../model/ids.ts'
import { requestStoreContract } from './request-store-contract.ts'
import { rowStoreContract } from './row-store-contract.ts'
import { id, openStoreCase, type StoreCase } from './store-case.ts'
import { StoreTrouble, type Store } from './store.ts'

/** What every store must do, whatever it is made of. Run it in a test file of each. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  const openCase = () => openStoreCase(open)
  describe(`${name} as a store`, () => {
    spaceStoreContract(openCase)
    requestStoreContract(openCase)
    rowStoreContract(openCase)
  })
}

/** The organisation, its spaces and its people. */
function spaceStoreContract(openCase: () => Promise<StoreCase>): void {
  it('PP1 gives people and memberships a number with each change, and only then', async () => {
    const { store, spaceId, personId } = await openCase()
    const anna = { personId, name: 'Anna', role: 'member', suspended: false, face: null } as const
    const bram = { ...anna, personId: id<PersonId>(), name: 'Bram' }
    const before = (await store.peopleAfter(0)).n
    await store.putPeople([anna, bram])
    const first = await store.peopleAfter(before)
    expect(first.people).toMatchObject([{ name: 'Anna' }, { name: 'Bram' }])
    await store.putPeople([anna, { ...bram, role: 'guest' }])
    await store.setMembership(spaceId, personId, 'editor')
    const second = await store.peopleAfter(first.n)
    expect(second.people).toMatchObject([{ name: 'Bram', role: 'guest' }])
    expect(second.memberships).toMatchObject([{ spaceId, personId, role: 'editor' }])
    await store.setMembership(spaceId, personId, null)
    const third = await store.peopleAfter(second.n)
    expect(third).toMatchObject({ people: [], memberships: [{ spaceId, personId, role: null, n: third.n }] })
    expect(await store.peopleAfter(third.n)).toEqual({ n: third.n, people: [], memberships: [] })
  })

  it('keeps one organisation and no second', async () => {
    const { store } = await openCase()
    expect(await store.organisation()).toBeNull()
    const organisation = { organisationId: id<OrganisationId>(), name: 'Gemeente' }
    await store.createOrganisation(organisation)
    expect(await store.organisation()).toEqual(organisation)
    await expect(store.createOrganisation({ ...organisation, name: 'Other' })).rejects.toMatchObject({
      reason: 'exists',
    })
  })

  it('keeps its generation until it is given another', async () => {
    const { store } = await openCase()
    expect(await store.generation()).toBe(await store.generation())
    await store.setGeneration('second')
    expect(await store.generation()).toBe('second')
  })

  it('keeps spaces with their members and roles', async () => {
    const { store, spaceId, personId } = await openCase()
    const guest = id<PersonId>()
    await store.setMembership(spaceId, personId, 'reader')
    await store.setMembership(spaceId, personId, 'editor')
    await store.setMembership(spaceId, guest, 'commenter')
    expect(await store.membershipsOf(personId)).toEqual([{ spaceId, personId, role: 'editor' }])
    expect((await store.membersOf(spaceId)).length).toBe(2)
    await store.setMembership(spaceId, guest, null)
    await store.changeSpace(spaceId, { name: 'Beheer' })
    await store.changeSpace(spaceId, { archived: true })
    expect(await store.spaces()).toMatchObject([
      { spaceId, kind: 'team', name: 'Beheer', archived: true, head: 0, memberCount: 1 },
    ])
    await expect(store.createSpace({ spaceId, kind: 'team', name: 'Again', archived: false })).rejects.toMatchObject({
      reason: 'exists',
    })
    await expect(store.setMembership(id(), personId, 'reader')).rejects.toBeInstanceOf(StoreTrouble)
  })
}
