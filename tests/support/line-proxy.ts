import { createServer, connect, type AddressInfo, type Socket } from 'node:net'

/**
 * The line between one laptop and the server, as a TCP proxy on loopback: it can be cut, mended, and frozen so that it looks
 * alive and carries nothing (half-open).
 */
export interface LineProxy {
  readonly url: string
  /** Where connections go; set once the server has its port. */
  target: number
  cut(): void
  mend(): void
  freeze(): void
  /** Connections taken since it was made. */
  readonly connections: number
  /** Bytes that came from the laptop, over all its connections: what it sent, arrived or not. */
  readonly sentBytes: number
  [Symbol.asyncDispose](): Promise<void>
}

export async function openLineProxy(): Promise<LineProxy> {
  const sockets = new Set<Socket>()
  let isCut = false
  let isFrozen = false
  let connections = 0
  let sentBytes = 0
  const server = createServer((near) => {
    near.on('error', () => near.destroy())
    if (isCut) {
      near.destroy()
      return
    }
    connections += 1
    const far = connect(proxy.target, '127.0.0.1')
    far.on('error', () => near.destroy())
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      // A frozen line takes everything and passes on nothing: no error, no end.
      from.on('data', (bytes) => {
        if (from === near) sentBytes += bytes.length
        if (!isFrozen) to.write(bytes)
      })
      from.on('close', () => {
        sockets.delete(from)
        if (!isFrozen) to.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const dropAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  const proxy: LineProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target: 0,
    get connections() {
      return connections
    },
    get sentBytes() {
      return sentBytes
    },
    cut() {
      isCut = true
      dropAll()
    },
    mend() {
      isCut = false
      isFrozen = false
      dropAll()
    },
    freeze() {
      isFrozen = true
    },
    async [Symbol.asyncDispose]() {
      isFrozen = false
      dropAll()
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve()
        })
      })
    },
  }
  return proxy
}
