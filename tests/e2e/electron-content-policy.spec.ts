// The content security policy and Trusted Types of the desktop, at work in a real page.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, type Page } from '@playwright/test'
import { WebSocketServer } from 'ws'
import { test } from '../electron-standin/test-desktop.ts'

test.describe('the content security policy', () => {
  test('takes what runs out of markup, and leaves the rest', async ({ shared }) => {
    const { page } = shared
    await expectDrawn(page)
    const drawn = await page.evaluate(() => {
      const box = document.createElement('div')
      box.innerHTML =
        '<b onclick="window.ran = 1">bold</b><img src="x" onerror="window.ran = 1"><script>window.ran = 1</script>' +
        '<iframe srcdoc="x"></iframe><a href="javascript:window.ran = 1">bad</a><a href="plein:page/x" data-pm-slice="1">good</a>'
      document.body.append(box)
      return box.innerHTML
    })
    expect(drawn).toContain('<b>bold</b>')
    expect(drawn).toMatch(/<a [^>]*href="plein:page\/x"/)
    expect(drawn).not.toMatch(/onclick|onerror|<script|<iframe|javascript:/)
  })

  test('lets text become neither a script nor a worker of somebody else', async ({ shared }) => {
    const { page } = shared
    await expectDrawn(page)
    // In a timer: what Playwright itself runs may use eval, since debuggers may.
    const outcomes = await page.evaluate(
      () =>
        new Promise<string[]>((settle) => {
          const attempts = [
            () => (0, eval)('1 + 1'), // oxlint-disable-line no-eval -- that it is blocked is what is tested
            () => new Function('return 1'), // oxlint-disable-line no-new-func -- that it is blocked is what is tested
            () => new Worker('https://evil.example/index-worker-1.js'),
            () => new Worker('data:text/javascript,postMessage(1)'),
            () => document.createElement('script').setAttribute('src', 'https://evil.example/x.js'),
            () => Reflect.set(document.createElement('script'), 'text', 'window.ran = 1'),
          ]
          const tell = (attempt: () => unknown) => {
            try {
              attempt()
              return 'allowed'
            } catch (error) {
              return error instanceof Error ? error.name : 'thrown'
            }
          }
          setTimeout(() => settle(attempts.map(tell)))
        }),
    )
    expect(outcomes).toHaveLength(6)
    for (const outcome of outcomes) expect(outcome).toMatch(/EvalError|TypeError|SecurityError/)
  })

  test('loads nothing from elsewhere, and lets nobody make a policy of his own', async ({ shared }) => {
    const { page } = shared
    const outcomes = await page.evaluate(async () => {
      const violated = new Promise<string>((settle) => {
        document.addEventListener('securitypolicyviolation', (event) => {
          if (event.effectiveDirective === 'img-src') settle(event.blockedURI)
        })
      })
      const image = new Image()
      image.src = 'https://example.org/pixel.png'
      const { trustedTypes } = window as unknown as {
        trustedTypes: { createPolicy(name: string, rules: object): unknown }
      }
      let policy = 'made'
      try {
        trustedTypes.createPolicy('mine', {})
      } catch {
        policy = 'refused'
      }
      return { violated: await violated, policy }
    })
    expect(outcomes).toEqual({ violated: 'https://example.org/pixel.png', policy: 'refused' })
  })

  test('lets the window reach a server on this computer, which sees the app as its origin', async ({ shared }) => {
    const { page } = shared
    await using server = await openEchoServer()
    expect(await page.evaluate(openSocket, `ws://127.0.0.1:${server.port}/connect`)).toBe('open')
    expect(await page.evaluate(async (url) => (await fetch(url)).text(), `http://127.0.0.1:${server.port}/`)).toBe(
      'app://plein',
    )
    expect(server.origins).toEqual(['app://plein', 'app://plein'])
    expect(await page.evaluate(openSocket, 'ws://192.0.2.1:4680/connect')).toBe('blocked')
  })
})

async function expectDrawn(page: Page): Promise<void> {
  await expect(page.locator('#root')).not.toBeEmpty()
}

/** A server that tells the origin that it sees. */
async function openEchoServer() {
  const origins: (string | undefined)[] = []
  const server = createServer((request, response) => {
    origins.push(request.headers.origin)
    response.setHeader('access-control-allow-origin', 'app://plein').end(request.headers.origin)
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (_socket, request) => origins.push(request.headers.origin))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origins,
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Runs in the page. */
function openSocket(url: string): Promise<string> {
  return new Promise((settle) => {
    document.addEventListener('securitypolicyviolation', () => settle('blocked'))
    try {
      const socket = new WebSocket(url)
      socket.onopen = () => settle('open')
      socket.onerror = () => setTimeout(() => settle('error'))
    } catch {
      settle('blocked')
    }
  })
}
