import type { BrowserWindow } from 'electron'
import type { ServerAddress } from '../model/ipc.ts'

export interface SelfTestCheck {
  readonly name: 'window' | 'ipc' | 'indexeddb' | 'sqlite' | 'socket'
  readonly passed: boolean
  /** One sentence for the person who ran it. */
  readonly sentence: string
}

export interface SelfTestReport {
  readonly passed: boolean
  readonly checks: readonly SelfTestCheck[]
}

export interface SelfTestParts {
  readonly window: BrowserWindow
  readonly loaded: Promise<void>
  serverAddress(): Promise<ServerAddress>
}

/** One check that hangs must not hang the report. */
const checkTimeoutMs = 30_000

/** Tries, in a hidden window and with data of its own, what a working installation can do. */
export async function runSelfTest(parts: SelfTestParts): Promise<SelfTestReport> {
  const server = await parts.serverAddress()
  const url = server.state === 'ready' ? server.url : null
  const checks = [
    await check('window', 'The window shows the app.', () => checkWindow(parts)),
    await check('ipc', 'The window and the main process understand each other.', () => run(parts.window, askAppInfo)),
    await check('indexeddb', 'This computer stores and reads back.', () => run(parts.window, useIndexedDb)),
    await check('sqlite', 'The sync server runs in its own process and its SQLite store is open.', () =>
      checkReady(url),
    ),
    await check('socket', 'The window reaches the sync server through a socket.', () => checkSocket(parts.window, url)),
  ]
  return { passed: checks.every(({ passed }) => passed), checks }
}

/** The report as people read it, one line per check. */
export function describeReport(report: SelfTestReport): string {
  const lines = report.checks.map(({ passed, sentence }) => `${passed ? 'passed' : 'FAILED'}  ${sentence}`)
  return [...lines, report.passed ? 'Plein works on this computer.' : 'Plein does not work on this computer.'].join(
    '\n',
  )
}

async function check(
  name: SelfTestCheck['name'],
  sentence: string,
  attempt: () => Promise<unknown>,
): Promise<SelfTestCheck> {
  try {
    const outcome = await withDeadline(attempt())
    if (outcome === true) return { name, passed: true, sentence }
    return { name, passed: false, sentence: `${sentence} It does not: ${String(outcome)}.` }
  } catch (error) {
    return {
      name,
      passed: false,
      sentence: `${sentence} It does not: ${error instanceof Error ? error.message : String(error)}.`,
    }
  }
}

async function checkWindow({ window, loaded }: SelfTestParts): Promise<unknown> {
  await loaded
  return run(window, lookAtPage)
}

async function checkReady(url: string | null): Promise<unknown> {
  if (url === null) return 'the sync server did not start'
  const { status } = await fetch(`${url}/readyz`)
  return status === 200 || `it answered ${status}`
}

async function checkSocket(window: BrowserWindow, url: string | null): Promise<unknown> {
  if (url === null) return 'the sync server did not start'
  return run(window, openSocket, url)
}

/** Runs a function in the page. It may use nothing from this file, since it travels as text. */
function run<Args extends readonly string[]>(
  window: BrowserWindow,
  inPage: (...args: Args) => Promise<unknown>,
  ...args: Args
): Promise<unknown> {
  return window.webContents.executeJavaScript(`(${inPage.toString()})(...${JSON.stringify(args)})`)
}

async function withDeadline(attempt: Promise<unknown>): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>()
  const timer = setTimeout(() => resolve(`no answer within ${checkTimeoutMs / 1000} s`), checkTimeoutMs)
  try {
    return await Promise.race([attempt, promise])
  } finally {
    clearTimeout(timer)
  }
}

async function lookAtPage(): Promise<unknown> {
  const root = document.getElementById('root')
  if (root === null) return 'the start page is not the app'
  if (!isSecureContext) return 'the page is not a secure context'
  // Style elements come before the first words, and `innerText` has only what is shown.
  return new Promise((settle) => {
    const look = () => {
      if (root.innerText.trim() !== '') settle(true)
    }
    new MutationObserver(look).observe(root, { childList: true, subtree: true, characterData: true })
    look()
  })
}

async function askAppInfo(): Promise<unknown> {
  const desktop: unknown = Reflect.get(window, 'desktop')
  if (typeof desktop !== 'object' || desktop === null) return 'the preload script did not run'
  const appInfo: unknown = Reflect.get(desktop, 'appInfo')
  if (typeof appInfo !== 'function') return 'the preload script is of another version'
  const info: unknown = await Reflect.apply(appInfo, desktop, [])
  return typeof info === 'object' && info !== null && 'appVersion' in info ? true : 'the answer is no app info'
}

async function useIndexedDb(): Promise<unknown> {
  const name = 'plein-self-test'
  const settled = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const opening = indexedDB.open(name, 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('rows')
  const database = await settled(opening)
  const writing = database.transaction('rows', 'readwrite', { durability: 'strict' })
  await settled(writing.objectStore('rows').put(new Uint8Array([1, 2, 3]), 'row'))
  const row: unknown = await settled(database.transaction('rows').objectStore('rows').get('row'))
  database.close()
  await settled(indexedDB.deleteDatabase(name))
  return row instanceof Uint8Array && row[2] === 3 ? true : 'what was read is not what was written'
}

/**
 * The way of a real window: an organisation (on the self-test's own, new server), a ticket for one socket, and the socket with it.
 * So the content security policy, the origin that the server sees, and its answers to it are all part of the check.
 */
async function openSocket(url: string): Promise<unknown> {
  const ask = async (path: string, body: object, token?: unknown): Promise<Record<string, unknown>> => {
    const authorization = typeof token === 'string' ? { authorization: `Bearer ${token}` } : {}
    const headers = { 'content-type': 'application/json', ...authorization }
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    const answer: unknown = await response.json()
    if (!response.ok) throw new Error(`${path} answered ${response.status}`)
    return { ...(typeof answer === 'object' ? answer : {}) }
  }
  const password = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join('-')
  const person = { personName: 'Self-test', email: 'self-test@plein.invalid', password }
  const { token } = await ask('/api/organisation', { name: 'Self-test', ...person })
  const { ticket } = await ask('/api/tickets', {}, token)
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/connect`, ['plein', `plein.ticket.${String(ticket)}`])
  return new Promise((resolve) => {
    socket.onopen = () => {
      resolve(true)
      socket.close()
    }
    socket.onclose = ({ code }) => resolve(`it was closed with ${code}`)
  })
}
