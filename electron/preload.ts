// Runs sandboxed in its own world before the page. It may import nothing but electron and what the build bundles,
// and exposes named functions only: the page never learns a channel, nor gets an event of Electron's.
import { contextBridge, ipcRenderer } from 'electron'
import type { PageId } from '../model/ids.ts'
import {
  channelOf,
  mustParseAnswer,
  parseNotice,
  type DesktopApi,
  type DesktopNotices,
  type NoticeName,
  type RequestAnswer,
  type RequestName,
} from '../model/ipc.ts'

async function ask<Name extends RequestName>(name: Name, ...args: readonly unknown[]): Promise<RequestAnswer<Name>> {
  const answer: unknown = await ipcRenderer.invoke(channelOf(name), ...args)
  return mustParseAnswer(name, answer)
}

function listen<Name extends NoticeName>(name: Name, onNotice: (value: DesktopNotices[Name]) => void): void {
  ipcRenderer.on(channelOf(name), (_event, value: unknown) => {
    const parsed = parseNotice(name, value)
    if (parsed !== undefined) onNotice(parsed)
  })
}

const linkListeners = new Set<(id: PageId) => void>()
const flushes = new Set<() => Promise<void>>()

listen('deep-link', (id) => {
  for (const onLink of linkListeners) onLink(id)
})

listen('flush', (number) => {
  // One that fails must not keep main waiting for the others.
  void Promise.allSettled([...flushes].map((flush) => flush())).then(() => ask('flushed', number))
})

const desktop: DesktopApi = {
  appInfo: () => ask('app-info'),
  openExternal: (link) => ask('open-external', link),
  getSecret: (id) => ask('get-secret', id),
  setSecret: (id, secret) => ask('set-secret', id, secret),
  deleteSecret: (id) => ask('delete-secret', id),
  serverAddress: () => ask('server-address'),
  onDeepLink(onLink) {
    linkListeners.add(onLink)
    void ask('want-deep-links')
    return () => {
      linkListeners.delete(onLink)
    }
  },
  onFlush(flush) {
    flushes.add(flush)
    return () => {
      flushes.delete(flush)
    }
  },
}

contextBridge.exposeInMainWorld('desktop', desktop)
