import { describe, expect, it } from 'vitest'
import type { OrganisationRecord } from '../storage/laptop-storage.ts'
import { MemoryLaptopStorage } from '../storage/memory-storage.ts'
import type { Draft } from './drafts.ts'
import { LiveValue } from './live.ts'
import { localOrganisation } from './local-organisation.ts'
import type { OpenOrganisation } from './organisation.ts'
import { fillRandom, openForTest } from './test-organisation.ts'
import { WindowDrafts } from './window-drafts.ts'

/** Windows of one laptop, each opened by whoever it says. */
async function laptop() {
  const storage = new MemoryLaptopStorage({ fillRandom })
  const record = localOrganisation('personal', { organisation: 'Haven', person: 'Noor' }, fillRandom)
  await storage.putOrganisation(record)
  const window = async (by: OrganisationRecord = record) => {
    const open = new LiveValue<OpenOrganisation | null>(null)
    const drafts = new WindowDrafts(open)
    open.set(await openForTest(storage, by))
    return drafts
  }
  return { record, window }
}

const settled = async () => {
  for (let i = 0; i < 50; i += 1) await Promise.resolve()
}

const half: Draft = { text: 'Half a', mentions: [], anchor: { from: 'AAAA', to: 'AAAB', quote: 'words' } }

describe('a half-written comment', () => {
  it('is there in the next window, and gone when it was sent', async () => {
    const { window } = await laptop()
    const first = await window()
    first.keep('new page', { ...half, text: 'Half' })
    first.keep('new page', half)
    await settled()
    const second = await window()
    second.of('new page')
    await settled()
    expect(second.of('new page').snapshot()).toEqual(half)
    second.keep('new page', null)
    await settled()
    const third = await window()
    third.of('new page')
    await settled()
    expect(third.of('new page').snapshot()).toBeNull()
  })

  it('never stands in the place of what is typed while it is read', async () => {
    const { window } = await laptop()
    const first = await window()
    first.keep('new page', half)
    await settled()
    const second = await window()
    second.of('new page')
    second.keep('new page', { ...half, text: 'Other' })
    await settled()
    expect(second.of('new page').snapshot()?.text).toBe('Other')
  })

  it('is not shown to another person of the laptop', async () => {
    const { record, window } = await laptop()
    const first = await window()
    first.keep('new page', half)
    await settled()
    const next = localOrganisation('personal', { organisation: 'Haven', person: 'Sem' }, fillRandom)
    const second = await window({ ...record, personId: next.personId })
    second.of('new page')
    await settled()
    expect(second.of('new page').snapshot()).toBeNull()
  })
})
