import { expect } from '@playwright/test'
import { openLineProxy, type LineProxy } from './line-proxy.ts'
import { colleaguesOf, type Colleagues } from './people.ts'
import { openTestServer, sampleAccounts, type TestServer } from './start-server.ts'

/** A server of the sample with two colleagues, and a line to it that can fail. */
export interface House extends Colleagues, AsyncDisposable {
  readonly line: LineProxy
  readonly server: TestServer
}

export async function openHouse(): Promise<House> {
  const line = await openLineProxy()
  const server = await openTestServer({ args: ['--demo', '--allow-origin', line.url] })
  line.target = Number(new URL(server.url).port)
  // The accounts are printed after the line that says that the server is ready.
  await expect.poll(() => sampleAccounts(server).length).toBe(4)
  return {
    ...(await colleaguesOf(server)),
    line,
    server,
    async [Symbol.asyncDispose]() {
      await line[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}
