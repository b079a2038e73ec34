import { describe, expect, it } from 'vitest'
import { Writer } from './fake-device.ts'
import { openPageWorld } from './page-world.ts'

/** The faults that the simulation switches on are real ones: each breaks the rule that it is named after. */
describe('named faults', () => {
  it('skip-commit acknowledges what a restart loses (CO3)', async () => {
    const { world, store, spaceId, documentId, device, read } = await openPageWorld({ faults: { 'skip-commit': true } })
    device.push(documentId, new Writer(7).write('lost'))
    await world.settle()
    expect(device.last('acknowledged').row).toBe(2)
    expect(store.rowsOf(spaceId)).toEqual([])
    await world.restart()
    expect(await read()).toBeUndefined()
  })

  it('broadcast-before-commit shows what is not committed (CO1)', async () => {
    const { world, store, bob, documentId, device } = await openPageWorld({
      faults: { 'broadcast-before-commit': true },
    })
    const other = await world.device(bob)
    other.open(1, documentId)
    await world.settle()
    let seenAtCommit = 0
    store.failCommits(() => {
      seenAtCommit = other.all('live').length
      return null
    })
    device.push(documentId, new Writer(7).write('early'))
    await world.settle()
    expect(seenAtCommit).toBe(1)
  })

  it('drop-row-from-feed leaves a row out of the feed (FE1)', async () => {
    const { world, bob, spaceId, documentId, device } = await openPageWorld({ faults: { 'drop-row-from-feed': true } })
    const other = await world.device(bob, { spaces: [{ spaceId, cursor: 2, keep: 'everything' }] })
    const writer = new Writer(7)
    for (let n = 3; n < 12; n += 1) device.push(documentId, writer.write(String(n)))
    await world.clock.advance(1000)
    const { to, records } = other.last('feed')
    expect(to).toBe(11)
    const [record] = records
    const reader = new Writer(9)
    if (record?.type === 'update') reader.hear(record.update)
    expect(reader.text).not.toBe(writer.text)
  })

  it('double-feed-number gives two rows one number (CO2)', async () => {
    const { world, bob, spaceId, documentId, device } = await openPageWorld({ faults: { 'double-feed-number': true } })
    const other = await world.device(bob, { spaces: [{ spaceId, cursor: 2, keep: 'everything' }] })
    other.open(1, documentId)
    const writer = new Writer(7)
    for (let n = 3; n < 12; n += 1) device.push(documentId, writer.write(String(n)))
    await world.settle()
    const numbers = other.all('live').map(({ n }) => n)
    expect(new Set(numbers).size).toBeLessThan(numbers.length)
  })
})
