import { flushTimeoutMs } from '../model/ipc.ts'

export interface FlushHandshake {
  /** Asks by `send` and waits for the answer with the same number; `late`: none came in time, and quitting goes on all the same. */
  ask(send: (number: number) => void): Promise<'flushed' | 'late'>
  /** An answer that nobody waits for any more is ignored. */
  answered(number: number): void
}

export function openFlushHandshake(wait: (delayMs: number) => Promise<void>): FlushHandshake {
  const asked = new Map<number, () => void>()
  let lastNumber = 0
  return {
    async ask(send) {
      const number = ++lastNumber
      const flushed = new Promise<'flushed'>((settle) => {
        asked.set(number, () => settle('flushed'))
      })
      send(number)
      const outcome = await Promise.race([flushed, wait(flushTimeoutMs).then(() => 'late' as const)])
      asked.delete(number)
      return outcome
    },
    answered(number) {
      asked.get(number)?.()
    },
  }
}
