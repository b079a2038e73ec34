// Runs inside the page, as source text, in the isolated world of the preload script: what a sandboxed preload gets from Electron.
import { decodeClone, encodeClone } from './clone-codec.ts'

type Listener = (...args: unknown[]) => void

declare global {
  /** A CDP binding that only the preload's world has. */
  var __standinToMain: (message: string) => void
  var __standinFromMain: (message: string) => void
}

type PreloadBody = (require: (name: string) => unknown, process: object, module: { exports: object }) => void

function runPreload(expose: (name: string, value: unknown) => void, body: PreloadBody): void {
  const electron = { contextBridge: { exposeInMainWorld: expose }, ipcRenderer: makeIpcRenderer() }
  const require = (name: string) => {
    if (name === 'electron' || name === 'electron/renderer') return electron
    throw new Error(`module not found: ${name}`)
  }
  body(require, { type: 'renderer', sandboxed: true, contextIsolated: true, env: {}, argv: [] }, { exports: {} })
}

function makeIpcRenderer(): object {
  const listeners = new Map<string, Listener[]>()
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastId = 0
  const ipcRenderer = {
    on(channel: string, listener: Listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return ipcRenderer
    },
    invoke(channel: string, ...args: unknown[]) {
      const id = ++lastId
      const message = JSON.stringify({ kind: 'invoke', id, channel, args: encodeClone(args, null) })
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        __standinToMain(message)
      })
    },
  }
  globalThis.__standinFromMain = (text) => {
    const message = JSON.parse(text) as { channel?: string; id?: number; failed?: boolean; value: unknown }
    if (message.channel !== undefined) {
      const args = decodeClone(message.value, null)
      for (const listener of listeners.get(message.channel) ?? [])
        listener({ sender: ipcRenderer, ports: [] }, ...(Array.isArray(args) ? args : []))
      return
    }
    const settle = waiting.get(message.id ?? 0)
    waiting.delete(message.id ?? 0)
    if (message.failed === true) settle?.reject(new Error(String(message.value)))
    else settle?.resolve(decodeClone(message.value, null))
  }
  return failOnUnknown('ipcRenderer', ipcRenderer)
}

function failOnUnknown(name: string, double: object): object {
  return new Proxy(double, {
    get(target, key) {
      if (!(key in target) && typeof key === 'string') throw new Error(`stand-in has no ${name}.${key}`)
      return Reflect.get(target, key)
    },
  })
}

export const preloadHostSource = [runPreload, makeIpcRenderer, failOnUnknown].map(String).join('\n')
