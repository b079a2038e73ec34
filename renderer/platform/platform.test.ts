import { expect, test } from 'vitest'
import { parseId, type OrganisationId } from '../../model/ids.ts'
import type { DesktopApi } from '../../model/ipc.ts'
import { openBrowserPlatform, type BrowserHost } from './browser.ts'
import { openDesktopPlatform } from './desktop.ts'
import { findOwnScript } from './own-scripts.ts'

function mustId(text: string): OrganisationId {
  const id = parseId<OrganisationId>(text)
  if (id === undefined) throw new Error(`${text} is no id`)
  return id
}

const plein = mustId('a'.repeat(26))
const origin = 'http://127.0.0.1:4680'

function fakeBrowser(
  change: Partial<BrowserHost> = {},
): BrowserHost & { readonly stored: Map<string, string>; readonly opened: string[] } {
  const stored = new Map<string, string>()
  const opened: string[] = []
  return {
    stored,
    opened,
    origin,
    storage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => stored.set(key, value),
      removeItem: (key) => stored.delete(key),
    },
    open: (link) => opened.push(link),
    onPutAway: () => () => {},
    ...change,
  }
}

function fakeDesktop(change: Partial<DesktopApi> = {}): DesktopApi {
  return {
    appInfo: () => Promise.resolve({ appVersion: '0.1.0', host: 'Electron 45.4.1', secretKeeping: 'memory' }),
    openExternal: () => Promise.resolve(true),
    getSecret: () => Promise.resolve(null),
    setSecret: () => Promise.resolve('memory'),
    deleteSecret: () => Promise.resolve(null),
    serverAddress: () => Promise.resolve({ state: 'failed', reason: 'did-not-start' }),
    onDeepLink: () => () => {},
    onFlush: () => () => {},
    ...change,
  }
}

test('in a browser a token outlives the window, under one key per organisation', async () => {
  const host = fakeBrowser()
  expect(await openBrowserPlatform(host).secrets.set(plein, 'token')).toBe('browser')
  expect([...host.stored.keys()]).toEqual([`plein:session:${plein}`])
  const reopened = openBrowserPlatform(host).secrets
  expect(await reopened.get(plein)).toBe('token')
  await reopened.delete(plein)
  expect(await reopened.get(plein)).toBeNull()
})

test('a browser that refuses storage keeps the token in memory and says so', async () => {
  const refuse = () => {
    throw new DOMException('refused', 'SecurityError')
  }
  const { secrets } = openBrowserPlatform(
    fakeBrowser({ storage: { getItem: refuse, setItem: refuse, removeItem: refuse } }),
  )
  expect(await secrets.set(plein, 'token')).toBe('memory')
  expect(await secrets.get(plein)).toBe('token')
  await secrets.delete(plein)
  expect(await secrets.get(plein)).toBeNull()
})

test('in a browser the server is the one that sent the page', async () => {
  const platform = openBrowserPlatform(fakeBrowser())
  expect(await platform.ownServer()).toEqual({ state: 'ready', url: origin })
  expect(platform.capabilities.pageServerUrl).toBe(origin)
})

test('in a browser only https and mail addresses are opened, in normal form', async () => {
  const host = fakeBrowser()
  const platform = openBrowserPlatform(host)
  expect(await platform.openExternal('HTTPS://Example.org')).toBe(true)
  expect(await platform.openExternal('javascript:alert(1)')).toBe(false)
  expect(await platform.openExternal('no address')).toBe(false)
  expect(host.opened).toEqual(['https://example.org/'])
})

test('putting the page away flushes', () => {
  let putAway = () => {}
  let flushes = 0
  const host = fakeBrowser({
    onPutAway(onPutAway) {
      putAway = onPutAway
      return () => {}
    },
  })
  openBrowserPlatform(host).onQuit(() => {
    flushes++
    return Promise.resolve()
  })
  putAway()
  expect(flushes).toBe(1)
})

test('the desktop says how it keeps secrets and which version it is', async () => {
  const { capabilities } = await openDesktopPlatform(fakeDesktop())
  expect(capabilities).toMatchObject({
    secretKeeping: 'memory',
    needsServiceWorker: false,
    pageServerUrl: null,
    hostVersion: '0.1.0 · Electron 45.4.1',
  })
})

test('the desktop hands addresses to main in normal form, and a refusal there is no crash here', async () => {
  const asked: string[] = []
  const openExternal = (link: string) => {
    asked.push(link)
    return Promise.reject(new Error('IPC rejected'))
  }
  const platform = await openDesktopPlatform(fakeDesktop({ openExternal }))
  expect(await platform.openExternal('https://Example.org/é')).toBe(false)
  expect(await platform.openExternal('no address')).toBe(false)
  expect(asked).toEqual(['https://example.org/%C3%A9'])
})

test.each(['/assets/index-worker-Bd_4-x.js', '/service-worker.js', `${origin}/assets/sync-worker-1a.js`])(
  '%s is a script of our own',
  (address) => {
    expect(findOwnScript(address, origin)).toBe(new URL(address, origin).href)
  },
)

test.each([
  'https://evil.example/assets/index-worker-1.js',
  '//evil.example/service-worker.js',
  '/assets/index-1.js',
  '/assets/-worker-1.js',
  '/search/index-worker.ts',
  '/files/upload-worker-1.js',
  '/assets/../files/x-worker-1.js',
  '/service-worker.js/x',
  'data:text/javascript,1',
  'blob:http://127.0.0.1:4680/x-worker-1.js',
  'http://[',
])('%s is not', (address) => {
  expect(findOwnScript(address, origin)).toBeNull()
})
