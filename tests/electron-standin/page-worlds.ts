// Runs inside the page, as source text: once in the page's own world and once in the isolated world of the preload script.
// The two copies talk by synchronous DOM events whose name is a secret of this window.
import { cloneCodecSource, decodeClone, encodeClone, type LivePort } from './clone-codec.ts'

type Side = 'page' | 'preload'

interface WorldMessage {
  readonly kind: 'expose' | 'call' | 'returned' | 'settled'
  readonly id?: number
  readonly name?: string
  readonly failed?: boolean
  readonly value?: unknown
}

interface World {
  send(message: WorldMessage): void
  readonly port: LivePort
  readonly functions: Map<number, (...args: unknown[]) => unknown>
  readonly waiting: Map<number, { resolve(value: unknown): void; reject(error: Error): void }>
  returned?: WorldMessage
}

/** Joins this world to the other one; answers what `contextBridge.exposeInMainWorld` does. */
function joinWorlds(side: Side, secret: string): (name: string, value: unknown) => void {
  const world = makeWorld(side, secret)
  addEventListener(secret + side, (event) => {
    if (event instanceof CustomEvent) receive(world, JSON.parse(String(event.detail)) as WorldMessage)
  })
  return (name, value) => world.send({ kind: 'expose', name, value: encodeClone(value, world.port) })
}

function makeWorld(side: Side, secret: string): World {
  const other = side === 'page' ? 'preload' : 'page'
  let lastId = 0
  const functions: World['functions'] = new Map()
  const waiting: World['waiting'] = new Map()
  const world: World = {
    send: (message) => void dispatchEvent(new CustomEvent(secret + other, { detail: JSON.stringify(message) })),
    functions,
    waiting,
    port: {
      keepFunction(shared) {
        functions.set(++lastId, shared)
        return lastId
      },
      keepPromise(shared) {
        const id = ++lastId
        shared.then(
          (value) => world.send({ kind: 'settled', id, value: encodeClone(value, world.port) }),
          (error: unknown) => world.send({ kind: 'settled', id, failed: true, value: messageOf(error) }),
        )
        return id
      },
      takeFunction:
        (id) =>
        (...args) =>
          callOther(world, id, args),
      takePromise: (id) => new Promise((resolve, reject) => waiting.set(id, { resolve, reject })),
    },
  }
  return world
}

function callOther(world: World, id: number, args: unknown[]): unknown {
  const value = encodeClone(args, world.port)
  const returned = sendAndReceive(world, { kind: 'call', id, value })
  if (returned === undefined) throw new Error('stand-in: the other world did not answer')
  if (returned.failed === true) throw new Error(String(returned.value))
  return decodeClone(returned.value, world.port)
}

/** The events are synchronous: the answer is there when `send` comes back. */
function sendAndReceive(world: World, message: WorldMessage): WorldMessage | undefined {
  delete world.returned
  world.send(message)
  return world.returned
}

function receive(world: World, message: WorldMessage): void {
  const { id = 0, value } = message
  if (message.kind === 'expose') {
    Object.defineProperty(globalThis, message.name ?? '', {
      value: freezeDeep(decodeClone(value, world.port)),
      enumerable: true,
    })
  } else if (message.kind === 'call') {
    world.send(answerCall(world, id, value))
  } else if (message.kind === 'returned') {
    world.returned = message
  } else {
    const settle = world.waiting.get(id)
    world.waiting.delete(id)
    if (message.failed === true) settle?.reject(new Error(String(value)))
    else settle?.resolve(decodeClone(value, world.port))
  }
}

function answerCall(world: World, id: number, value: unknown): WorldMessage {
  try {
    const args = decodeClone(value, world.port)
    const outcome = world.functions.get(id)?.(...(Array.isArray(args) ? args : []))
    return { kind: 'returned', value: encodeClone(outcome, world.port) }
  } catch (error) {
    return { kind: 'returned', failed: true, value: messageOf(error) }
  }
}

function freezeDeep(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  for (const part of Object.values(value)) freezeDeep(part)
  return Object.freeze(value)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** No window opens from the page: what wants one is reported, and gets null, as when Electron's handler denies. */
function reportWindowOpens(secret: string): void {
  const report = (address: string) => {
    const url = URL.canParse(address, location.href) ? new URL(address, location.href).href : address
    dispatchEvent(new CustomEvent(`${secret}open`, { detail: url }))
  }
  window.open = (address) => {
    report(String(address ?? 'about:blank'))
    return null
  }
  const onClick = (event: MouseEvent) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement)
    if (link === undefined || link.href === '') return
    const wantsWindow = event.button === 1 || event.ctrlKey || event.metaKey || event.shiftKey
    if (!wantsWindow && (link.target === '' || link.target === '_self')) return
    event.preventDefault()
    report(link.href)
  }
  addEventListener('click', onClick, true)
  addEventListener('auxclick', onClick, true)
}

const sharedSource = [
  cloneCodecSource,
  ...[joinWorlds, makeWorld, callOther, sendAndReceive, receive, answerCall, freezeDeep, messageOf].map(String),
].join('\n')
// Electron's preload runs in the main frame only, and not on the empty page before the first address.
const onlyHere = 'if (window === window.top && location.href !== "about:blank")'

/** What the page's own world runs before the page. */
export function pageWorldSource(secret: string): string {
  const quoted = JSON.stringify(secret)
  return `${onlyHere} { ${sharedSource}\n${String(reportWindowOpens)}\njoinWorlds('page', ${quoted}); reportWindowOpens(${quoted}) }`
}

/** What the isolated world runs: the double of Electron's renderer side, then the app's preload script. */
export function preloadWorldSource(secret: string, hostSource: string, preload: string): string {
  const quoted = JSON.stringify(secret)
  return `${onlyHere} { ${sharedSource}\n${hostSource}
    addEventListener(${quoted} + 'open', (event) => __standinToMain(JSON.stringify({ kind: 'open', url: event.detail })));
    runPreload(joinWorlds('preload', ${quoted}), function (require, process, module) { const exports = module.exports;\n${preload}\n}) }`
}
