import { expect, test } from 'vitest'
import { startEmbeddedServer, type ServerChild } from './embedded-server.ts'

/** Servers that do what the test tells them, and a clock that stands still until the test lets a wait pass. */
function fakeHost() {
  const children: { tell: (message: unknown) => void; end: () => void; stopped: boolean }[] = []
  const waits: { delayMs: number; pass: () => void }[] = []
  const forked = Promise.withResolvers<void>()
  return {
    children,
    waits,
    fork(): ServerChild {
      const child = { tell: (_message: unknown) => {}, end: () => {}, stopped: false }
      children.push(child)
      forked.resolve()
      return {
        onMessage(onMessage) {
          child.tell = onMessage
        },
        onEnd(onEnd) {
          child.end = onEnd
        },
        stop() {
          child.stopped = true
          child.end()
        },
      }
    },
    wait: (delayMs: number) => new Promise<void>((pass) => waits.push({ delayMs, pass })),
    /** Lets everything that is already decided run. */
    settle: () => new Promise<void>((done) => setImmediate(done)),
    pass(delayMs: number) {
      const [found] = waits.splice(
        waits.findIndex((wait) => wait.delayMs === delayMs),
        1,
      )
      found?.pass()
    },
  }
}

const ready = { state: 'ready', url: 'http://127.0.0.1:4680' }

test('the address comes from the ready message', async () => {
  const host = fakeHost()
  const server = startEmbeddedServer(host)
  expect(server.current()).toBeUndefined()
  host.children[0]?.tell({ type: 'other', url: 'http://127.0.0.1:1' })
  host.children[0]?.tell({ type: 'ready', url: 'http://127.0.0.1:4680' })
  expect(await server.first).toEqual(ready)
})

test('a ready message with an address elsewhere is not believed', async () => {
  const host = fakeHost()
  const server = startEmbeddedServer(host)
  host.children[0]?.tell({ type: 'ready', url: 'http://10.0.0.1:4680' })
  host.pass(30_000)
  expect(await server.first).toEqual({ state: 'failed', reason: 'did-not-start' })
  expect(host.children[0]?.stopped).toBe(true)
})

test('a server that ends before it is ready is not tried again: its port or its folder is the trouble', async () => {
  const host = fakeHost()
  const server = startEmbeddedServer(host)
  host.children[0]?.end()
  expect(await server.first).toEqual({ state: 'failed', reason: 'did-not-start' })
  expect(host.children).toHaveLength(1)
  expect(host.children[0]?.stopped).toBe(false)
})

test('an installation without the server says so', async () => {
  const server = startEmbeddedServer({ ...fakeHost(), fork: () => undefined })
  expect(await server.first).toEqual({ state: 'failed', reason: 'not-installed' })
})

test('a server that crashes is started again, three times', async () => {
  const host = fakeHost()
  const server = startEmbeddedServer(host)
  for (const delayMs of [500, 3000, 10_000]) {
    host.children.at(-1)?.tell({ type: 'ready', url: 'http://127.0.0.1:4680' })
    await host.settle()
    expect(server.current()).toEqual(ready)
    host.children.at(-1)?.end()
    await host.settle()
    host.pass(delayMs)
    await host.settle()
  }
  expect(host.children).toHaveLength(4)
  host.children.at(-1)?.tell({ type: 'ready', url: 'http://127.0.0.1:4680' })
  await host.settle()
  host.children.at(-1)?.end()
  await host.settle()
  expect(server.current()).toEqual({ state: 'failed', reason: 'stopped' })
})

test('after stop it ends in order and is not started again', async () => {
  const host = fakeHost()
  const server = startEmbeddedServer(host)
  host.children[0]?.tell({ type: 'ready', url: 'http://127.0.0.1:4680' })
  await server.first
  await server.stop()
  await host.settle()
  expect(host.children).toHaveLength(1)
  expect(host.children[0]?.stopped).toBe(true)
})
