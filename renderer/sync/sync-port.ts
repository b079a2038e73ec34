import type { OrganisationId } from '../../model/ids.ts'
import type { WaitingRow } from '../storage/laptop-storage.ts'
import type { SyncPort } from './channel.ts'
import { channelNameOf, readEnvelope, type Envelope } from './sync-channel.ts'
import type { FromWorker, WindowChange } from './sync-messages.ts'

/** A window's side of sync: to the worker, wherever it runs, and to the other windows of this laptop. */
export interface WindowPort extends SyncPort {
  readonly windowId: string
  /** Tells worker and windows what this window has committed to the log; `rows` as `appendOwn` answered them. */
  ownRows(changes: readonly WindowChange[], rows: readonly WaitingRow[]): void
  /** Rows of the other windows: apply them with origin `origins.window`. Answers the undo. */
  onOwnRows(apply: (changes: readonly WindowChange[]) => void): () => void
  close(): void
}

export interface WindowPortOptions {
  readonly organisationId: OrganisationId
  readonly windowId: string
  /** The window and its document, where there are such. */
  readonly page?: { readonly window: Window; readonly document: Document }
  /** Default: the browser's own. */
  readonly openChannel?: (name: string) => BroadcastChannel
}

export function openWindowPort(options: WindowPortOptions): WindowPort {
  const { organisationId, windowId, page } = options
  const open = options.openChannel ?? ((name: string) => new BroadcastChannel(name))
  const channel = open(channelNameOf(organisationId))
  const listeners = new Set<(message: FromWorker) => void>()
  const appliers = new Set<(changes: readonly WindowChange[]) => void>()
  const post = (message: Extract<Envelope, { to: 'worker' }>['message']) => {
    channel.postMessage({ to: 'worker', message } satisfies Envelope)
  }
  const sayHello = () => {
    post({ type: 'hello', windowId })
    post({ type: 'visible', windowId, visible: page === undefined || page.document.visibilityState === 'visible' })
  }
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const envelope = readEnvelope(data)
    if (envelope === undefined) return
    if (envelope.to === 'windows') {
      if (envelope.message.type === 'who-is-there') sayHello()
      for (const listener of [...listeners]) listener(envelope.message)
    } else if (envelope.message.type === 'files-changed') {
      for (const listener of [...listeners]) listener(envelope.message)
    } else if (envelope.message.type === 'own-rows' && envelope.message.windowId !== windowId) {
      for (const apply of [...appliers]) apply(envelope.message.changes)
    }
  }
  const undoPage = page === undefined ? () => {} : watchPage(page, windowId, { post, sayHello })
  sayHello()
  return {
    windowId,
    post,
    subscribe: (listener) => added(listeners, listener),
    ownRows: (changes, rows) => post({ type: 'own-rows', windowId, changes, rows }),
    onOwnRows: (apply) => added(appliers, apply),
    close() {
      undoPage()
      post({ type: 'window-gone', windowId })
      channel.close()
    },
  }
}

/** HB3: visibility, waking up and the network, as this window hears of them. */
function watchPage(
  { window, document }: { readonly window: Window; readonly document: Document },
  windowId: string,
  { post, sayHello }: { readonly post: SyncPort['post']; readonly sayHello: () => void },
): () => void {
  const ending = new AbortController()
  const { signal } = ending
  const whenVisible = () => post({ type: 'visible', windowId, visible: document.visibilityState === 'visible' })
  document.addEventListener('visibilitychange', whenVisible, { signal })
  document.addEventListener('resume', () => post({ type: 'wake-up' }), { signal })
  window.addEventListener('online', () => post({ type: 'wake-up' }), { signal })
  window.addEventListener('pagehide', () => post({ type: 'window-gone', windowId }), { signal })
  window.addEventListener('pageshow', sayHello, { signal })
  return () => ending.abort()
}

function added<T>(set: Set<T>, value: T): () => void {
  set.add(value)
  return () => set.delete(value)
}
