import { describe, expect, test } from 'vitest'
import { findAppFile } from './app-files.ts'
import { isAppAddress } from './app-origin.ts'
import { parseCommandLine } from './command-line.ts'
import { findDeepLink, parseDeepLink } from './deep-link.ts'
import { decideWindowOpen, mayNavigate } from './navigation-policy.ts'
import { mayHavePermission } from './permission-policy.ts'
import { isTrustedSender } from './sender-policy.ts'

const id = 'abcdefghijklmnopqrstuvwxy2'
const foreignAddresses = [
  'https://example.org/',
  'app://pleinx/',
  'app://plein.evil.example/',
  'app://plein@evil.example/',
  'app://plein:80/',
  'APP://plein/',
  'app:plein/',
  'file:///etc/passwd',
  'about:blank',
  'data:text/html,app://plein/',
  'javascript:alert(1)',
  'blob:app://plein/x',
  '',
]

describe('navigation', () => {
  test.each(['app://plein', 'app://plein/', 'app://plein/spaces/x', 'app://plein/?a#b', 'app://plein#/join'])(
    '%s is the app itself',
    (url) => {
      expect(mayNavigate({ url, isMainFrame: true })).toBe(true)
      expect(mayNavigate({ url, isMainFrame: false })).toBe(false)
    },
  )

  test.each(foreignAddresses)('the window never navigates to %s', (url) => {
    expect(isAppAddress(url)).toBe(false)
    expect(mayNavigate({ url, isMainFrame: true })).toBe(false)
  })

  test('a window of its own is never opened, and only https and mail addresses go outside', () => {
    expect(decideWindowOpen('https://example.org/')).toBe('https://example.org/')
    expect(decideWindowOpen('mailto:ada@example.org')).toBe('mailto:ada@example.org')
    expect(decideWindowOpen('app://plein/')).toBeUndefined()
    expect(decideWindowOpen('http://example.org/')).toBeUndefined()
    expect(decideWindowOpen('smb://share/x')).toBeUndefined()
  })
})

describe('permissions', () => {
  test('the app may copy, keep its storage and reach its server', () => {
    for (const permission of ['clipboard-sanitized-write', 'persistent-storage', 'loopback-network']) {
      expect(mayHavePermission(permission, 'app://plein/')).toBe(true)
    }
  })

  test.each([
    'media',
    'geolocation',
    'clipboard-read',
    'openExternal',
    'hid',
    'usb',
    'fileSystem',
    'unknown',
    'invented-next-year',
  ])('%s is denied to the app itself', (permission) => {
    expect(mayHavePermission(permission, 'app://plein/')).toBe(false)
  })

  test.each(foreignAddresses)('%s may not even copy', (address) => {
    expect(mayHavePermission('clipboard-sanitized-write', address)).toBe(false)
  })
})

describe('senders of IPC', () => {
  const own = { origin: 'app://plein', isMainFrame: true, isOwnWindow: true }

  test('the main frame of an own window is trusted', () => {
    expect(isTrustedSender(own)).toBe(true)
  })

  test.each([
    { isMainFrame: false },
    { isOwnWindow: false },
    { origin: null },
    { origin: 'null' },
    { origin: 'app://plein/' },
    { origin: 'https://plein' },
  ])('with %o instead it is not', (change) => {
    expect(isTrustedSender({ ...own, ...change })).toBe(false)
  })
})

describe('deep links', () => {
  test('a link to a page gives its id', () => {
    expect(parseDeepLink(`plein://page/${id}`)).toBe(id)
    expect(findDeepLink(['/usr/bin/plein', '--flag', `plein://page/${id}/`])).toBe(id)
  })

  test.each([
    `plein://page/../${id}`,
    `plein://page/${id}?open=https://evil.example`,
    `plein://page/${id}#x`,
    `plein://page/${id}x`,
    `plein://person/${id}`,
    `plein:page/${id}`,
    `PLEIN://page/${id}`,
    `plein://page/${id.toUpperCase()}`,
    `plein://page/${id}\n`,
    `plein://user@page/${id}`,
    'plein://page/https://evil.example',
    'plein://page/',
    `https://page/${id}`,
  ])('%s is dropped', (link) => {
    expect(parseDeepLink(link)).toBeUndefined()
    expect(findDeepLink(['plein', link])).toBeUndefined()
  })

  test('two links on one command line are none', () => {
    expect(findDeepLink([`plein://page/${id}`, `plein://page/${id}`])).toBeUndefined()
  })
})

describe('files of the app', () => {
  test.each([
    'app://plein',
    'app://plein/',
    'app://plein/index.html',
    'app://plein/spaces/abc',
    'app://plein/?x=1',
    'app://plein/a/b/c/',
  ])('%s is answered with the start page', (address) => {
    expect(findAppFile(address)).toMatchObject({ kind: 'file', path: 'index.html', forever: false })
  })

  test('a built file has its type and may be kept for ever', () => {
    expect(findAppFile('app://plein/assets/index-Ab_3.js?v=1')).toEqual({
      kind: 'file',
      path: 'assets/index-Ab_3.js',
      contentType: 'text/javascript; charset=utf-8',
      forever: true,
    })
    expect(findAppFile('app://plein/assets/sqlite3.wasm')).toMatchObject({ contentType: 'application/wasm' })
  })

  test.each([
    'app://plein/../secret.js',
    'app://plein/%2e%2e/secret.js',
    'app://plein/assets/%2e%2e%2f%2e%2e%2fpackage.json',
    'app://plein/assets/..%5c..%5cx.js',
    'app://plein//etc/passwd.txt',
    'app://plein/.env.json',
    'app://plein/assets/.hidden.js',
    'app://plein/C:/x.js',
    'app://plein/a%00.js',
    'app://plein/%ff.js',
    'app://plein/assets/x.exe',
    'app://plein/assets/x.map',
    'app://other/index.html',
    'file:///etc/passwd',
  ])('%s names no file', (address) => {
    expect(findAppFile(address)).toEqual({ kind: 'missing' })
  })
})

describe('the command line', () => {
  test('without our switches the embedded server starts', () => {
    expect(parseCommandLine(['electron', '.', '--enable-features=x'])).toEqual({
      serverUrl: null,
      selfTest: false,
      complaint: null,
    })
  })

  test('a server on this computer is taken, in both spellings', () => {
    expect(parseCommandLine(['--server-url', 'http://127.0.0.1:4680']).serverUrl).toBe('http://127.0.0.1:4680')
    expect(parseCommandLine(['--self-test', '--server-url=http://localhost:1/'])).toEqual({
      serverUrl: 'http://localhost:1',
      selfTest: true,
      complaint: null,
    })
  })

  test.each([['http://10.0.0.1:4680'], ['https://example.org'], ['http://127.0.0.1:4680/path'], ['']])(
    'the server %j is refused with a sentence',
    (url) => {
      const { serverUrl, complaint } = parseCommandLine(['--server-url', url])
      expect(serverUrl).toBeNull()
      expect(complaint).toMatch(/on this computer/)
    },
  )
})
