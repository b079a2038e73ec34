import { describe, expect, it } from 'vitest'
import { closeCodeOf } from '../../model/protocol/close-codes.ts'
import { fail, ok } from '../../model/result.ts'
import { firstWaitMs, longestWaitMs, waitBefore } from './back-off.ts'
import { connected, page, testLaptop, turns, welcome, type TestLaptop } from './fake-server.ts'

function statusOf(test: TestLaptop) {
  return test.heard('status').at(-1)
}

function pings(test: TestLaptop): number {
  return test.server.heard('ping').length
}

async function answerPing(test: TestLaptop): Promise<void> {
  await test.server.say({ type: 'pong', n: test.server.heard('ping').at(-1)?.n ?? 0 })
}

async function visible(test: TestLaptop, isVisible: boolean): Promise<void> {
  test.engine.handle({ type: 'visible', windowId: 'w', visible: isVisible })
  await turns()
  await answerPing(test)
}

describe('coming back', () => {
  it('PR5 tries again by itself after a broken line, later each time, up to 30 s', async () => {
    const test = testLaptop()
    test.server.isReachable = false
    test.engine.start()
    const times: number[] = []
    for (let i = 0; i < 12; i += 1) {
      const lines = test.server.lines.length
      const before = test.clock.nowMs()
      while (test.server.lines.length === lines) await test.clock.advance(100)
      times.push(test.clock.nowMs() - before)
    }
    expect(times[1]).toBeLessThan(firstWaitMs * 2)
    expect(times.at(-1)).toBeGreaterThan(longestWaitMs / 2)
    expect(Math.max(...times)).toBeLessThanOrEqual(longestWaitMs + 100)
  })

  it('spreads the attempts of many laptops over half of the wait', () => {
    expect(waitBefore(3, 0)).toBe(2000)
    expect(waitBefore(3, 1)).toBe(4000)
    expect(waitBefore(0, 0)).toBe(firstWaitMs / 2)
    expect(waitBefore(1000, 1)).toBe(longestWaitMs)
  })

  it('PR5 comes back after 45xx', async () => {
    const test = await connected(testLaptop())
    await test.server.close(closeCodeOf('going-away'))
    expect(statusOf(test)).toMatchObject({ state: 'offline' })
    await test.clock.advance(1000)
    expect(test.server.lines.length).toBe(2)
  })

  it.each(['sign-in-needed', 'suspended', 'app-too-old', 'server-too-old', 'other-organisation'] as const)(
    'PR5 does not try again by itself after %s, and says why',
    async (reason) => {
      const test = await connected(testLaptop())
      await test.server.say({ type: 'goodbye', reason })
      await test.server.close(closeCodeOf(reason))
      await test.clock.advance(600_000)
      test.engine.handle({ type: 'wake-up' })
      await test.clock.advance(1000)
      expect(test.server.lines.length).toBe(1)
      expect(statusOf(test)).toMatchObject({ state: 'refused', reason })
    },
  )

  it('PR5 tries again when the person asks, and when a new token is there', async () => {
    const test = testLaptop()
    test.server.ticket = fail('sign-in-needed')
    test.engine.start()
    await test.clock.advance(60_000)
    expect(test.server.lines.length).toBe(0)
    expect(statusOf(test)).toMatchObject({ state: 'refused', reason: 'sign-in-needed' })
    test.server.ticket = ok('new')
    test.engine.handle({ type: 'token', token: 'another' })
    await turns()
    expect(test.server.lines.length).toBe(1)
  })

  it('HB3 reconnects at once when the network comes back, however long it would have waited', async () => {
    const test = testLaptop()
    test.server.isReachable = false
    test.engine.start()
    await test.clock.advance(120_000)
    test.server.isReachable = true
    await test.clock.advance(1100)
    const lines = test.server.lines.length
    test.engine.handle({ type: 'wake-up' })
    await turns()
    expect(test.server.lines.length).toBe(lines + 1)
  })

  it('does not hammer the server when wake-ups come in bursts', async () => {
    const test = testLaptop()
    test.server.isReachable = false
    test.engine.start()
    await turns()
    for (let i = 0; i < 20; i += 1) {
      test.engine.handle({ type: 'wake-up' })
      await test.clock.advance(10)
    }
    expect(test.server.lines.length).toBeLessThanOrEqual(2)
  })

  it('gives up a server that never says welcome', async () => {
    const test = testLaptop()
    test.engine.start()
    await test.clock.advance(9000)
    expect(test.server.lines.length).toBe(1)
    await test.clock.advance(2000)
    expect(test.server.lines.length).toBe(2)
  })

  it('PR2 ends a line that says what is no message, and comes back', async () => {
    const test = await connected(testLaptop())
    test.server.line.listener.received(new Uint8Array([255, 1]))
    await test.clock.advance(1000)
    expect(test.server.lines.length).toBe(2)
  })

  it('ignores what an older line still says', async () => {
    const test = await connected(testLaptop())
    const [old] = test.server.lines
    await test.server.close(1006)
    await test.clock.advance(1000)
    await test.server.say(welcome())
    old?.listener.closed(closeCodeOf('suspended'))
    expect(statusOf(test)).toMatchObject({ state: 'online' })
  })

  it('says since when it is offline, and when it tries again', async () => {
    const test = await connected(testLaptop())
    const atMs = test.clock.nowMs()
    await test.server.close(1006)
    expect(statusOf(test)).toMatchObject({ state: 'offline', offlineSinceMs: atMs })
    expect(statusOf(test)?.nextAttemptAtMs).toBeGreaterThan(atMs)
  })

  it('tells windows that the server holds rows because it cannot commit', async () => {
    const test = await connected(testLaptop())
    await test.server.say({ type: 'held', holding: true })
    expect(statusOf(test)).toMatchObject({ serverHolding: true })
    await test.server.say({ type: 'held', holding: false })
    expect(statusOf(test)).toMatchObject({ serverHolding: false })
  })

  it('stops: no line, no further attempt', async () => {
    const test = await connected(testLaptop())
    await test.engine.stop()
    await test.clock.advance(120_000)
    expect(test.server.lines.length).toBe(1)
    expect(test.server.line.isOpen).toBe(false)
  })
})

describe('heartbeat', () => {
  it('HB1 pings every 5 s while a window is visible', async () => {
    const test = await connected(testLaptop())
    await visible(test, true)
    const before = pings(test)
    for (let i = 0; i < 4; i += 1) {
      await test.clock.advance(5000)
      await answerPing(test)
    }
    expect(pings(test) - before).toBe(4)
    expect(test.server.lines.length).toBe(1)
  })

  it('HB1 pings every 60 s when hidden and nothing waits', async () => {
    const test = await connected(testLaptop())
    await visible(test, false)
    // The next is still from before it was hidden.
    await test.clock.advance(5000)
    await answerPing(test)
    const before = pings(test)
    await test.clock.advance(59_000)
    expect(pings(test) - before).toBe(0)
    await test.clock.advance(2000)
    expect(pings(test) - before).toBe(1)
  })

  it('HB1 pings every 5 s again as soon as something is unsaved', async () => {
    const test = await connected(testLaptop())
    await visible(test, false)
    await test.clock.advance(5000)
    await answerPing(test)
    const before = pings(test)
    const update = new Uint8Array([0, 0])
    const rows = await test.storage.appendOwn([
      { documentId: page, update, schema: 1, restored: false, registration: null },
    ])
    test.engine.handle({ type: 'own-rows', windowId: 'w', changes: [], rows })
    await test.clock.advance(5000)
    expect(pings(test)).toBe(before + 1)
  })

  it('HB1 notices a half-open line within 10 s', async () => {
    const test = await connected(testLaptop())
    await visible(test, true)
    await test.clock.advance(9999)
    expect(statusOf(test)?.state).not.toBe('online')
  })

  it('HB1 takes anything that is heard for a sign of life', async () => {
    const test = await connected(testLaptop())
    await visible(test, true)
    await test.clock.advance(8000)
    await test.server.say({ type: 'acknowledged', row: 0 })
    await test.clock.advance(1500)
    expect(statusOf(test)?.state).toBe('online')
  })

  it('HB2 says so with the welcome already, so that the server need not wait long for a line that breaks at once', async () => {
    const test = await connected(testLaptop())
    expect(test.server.heard('ping').map(({ nextWithinMs }) => nextWithinMs > 5000)).toEqual([true])
  })

  it('HB2 says how long the server may hear nothing: longer than until the next ping', async () => {
    const test = await connected(testLaptop())
    await visible(test, true)
    expect(test.server.heard('ping').at(-1)?.nextWithinMs).toBeGreaterThan(5000)
  })

  it('HB3 pings at once on waking up, and replaces a dead line within 3 s', async () => {
    const test = await connected(testLaptop())
    await visible(test, true)
    const before = pings(test)
    await test.clock.sleep(3_600_000)
    expect(pings(test)).toBe(before + 1)
    await test.clock.advance(2500)
    expect(test.server.lines.length).toBe(2)
  })

  it('HB3 keeps a line that answers after waking up', async () => {
    const test = await connected(testLaptop())
    await visible(test, true)
    await test.clock.sleep(3_600_000)
    await answerPing(test)
    await test.clock.advance(3000)
    expect(test.server.lines.length).toBe(1)
  })
})
