import { describe, expect, it } from 'vitest'
import { Writer } from './fake-device.ts'
import { person } from './fake-world.ts'
import { openPageWorld } from './page-world.ts'

const soonMs = 300

describe('with colleagues', () => {
  it('RC1 counts the people whose devices hold what was written last, oneself left out, each once', async () => {
    const { world, ann, bob, spaceId, documentId, device } = await openPageWorld()
    const [laptop, other, own] = [await world.device(bob), await world.device(bob), await world.device(ann)]
    device.open(1, documentId)
    await world.clock.advance(soonMs)
    expect(device.last('with-colleagues')).toEqual({ type: 'with-colleagues', channel: 1, people: 0 })
    device.push(documentId, new Writer(7).write('a'))
    await world.clock.advance(1000)
    const { to } = laptop.last('feed')
    for (const each of [laptop, other, own]) each.send({ type: 'holds', spaceId, n: to })
    await world.clock.advance(soonMs)
    expect(device.last('with-colleagues').people).toBe(1)
  })

  it('RC1 says a number again after each row of one’s own, and only of those who have that one', async () => {
    const { world, bob, spaceId, documentId, device } = await openPageWorld()
    const laptop = await world.device(bob)
    device.open(1, documentId)
    laptop.send({ type: 'holds', spaceId, n: 2 })
    await world.clock.advance(soonMs)
    expect(device.all('with-colleagues').map(({ people }) => people)).toEqual([1])
    device.push(documentId, new Writer(7).write('a'))
    await world.clock.advance(soonMs)
    expect(device.all('with-colleagues').map(({ people }) => people)).toEqual([1, 0])
    const order = device.heard().map(({ type }) => type)
    expect(order.lastIndexOf('acknowledged')).toBeLessThan(order.lastIndexOf('with-colleagues'))
  })

  it('RC1 stays with one’s own words while others write on', async () => {
    const { world, bob, spaceId, documentId, device } = await openPageWorld()
    const laptop = await world.device(bob)
    device.open(1, documentId)
    device.push(documentId, new Writer(7).write('a'))
    await world.settle()
    laptop.send({ type: 'holds', spaceId, n: 3 })
    laptop.push(documentId, new Writer(8).write('b'))
    await world.clock.advance(soonMs)
    expect(device.last('with-colleagues').people).toBe(1)
  })

  it('RC1 believes no number that the feed has not reached, and nobody who does not follow the space', async () => {
    const { world, bob, spaceId, documentId, device } = await openPageWorld()
    const [laptop, stranger] = [await world.device(bob), await world.device(person('Cas'))]
    device.open(1, documentId)
    laptop.send({ type: 'holds', spaceId, n: 99 })
    stranger.send({ type: 'holds', spaceId, n: 2 })
    await world.clock.advance(soonMs)
    expect(device.last('with-colleagues').people).toBe(0)
  })

  it('RC1 no longer counts who may read the space no longer', async () => {
    const { world, bob, spaceId, documentId, device } = await openPageWorld()
    const laptop = await world.device(bob)
    device.open(1, documentId)
    laptop.send({ type: 'holds', spaceId, n: 2 })
    await world.clock.advance(soonMs)
    await world.server.revokeSpace(bob.personId, spaceId)
    await world.clock.advance(soonMs)
    expect(device.all('with-colleagues').map(({ people }) => people)).toEqual([1, 0])
  })
})
