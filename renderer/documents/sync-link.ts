import type { FromWorker, ToWorker, WindowChange } from '../sync/sync-messages.ts'

/** What a window hears: the sync worker, and other windows of this laptop that wrote rows. */
export type Heard = FromWorker | { readonly type: 'other-window'; readonly changes: readonly WindowChange[] }

/**
 * The line from a window to the sync worker, whichever window it runs in. Without a server there is no worker and only
 * other windows are heard.
 */
export interface SyncLink {
  readonly windowId: string
  post(message: ToWorker): void
  subscribe(listener: (message: Heard) => void): () => void
  close(): void
}
