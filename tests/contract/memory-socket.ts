import type { ServerSocket } from '../../sync-server/sync-options.ts'

/** The server's end of a socket that keeps what it is given. */
export class MemorySocket implements ServerSocket {
  readonly frames: Uint8Array[] = []
  closedWith: { readonly code: number; readonly reason: string } | null = null
  /** What the socket claims to hold back. */
  queued = 0

  send(bytes: Uint8Array): void {
    if (this.closedWith === null) this.frames.push(bytes.slice())
  }

  close(code: number, reason: string): void {
    this.closedWith ??= { code, reason }
  }

  queuedBytes(): number {
    return this.queued
  }
}
