import type { PageId } from '../model/ids.ts'

/** More links than this cannot come from a person; the oldest go. */
const mostWaiting = 8

/** Keeps deep links until a window listens. */
export interface DeepLinkInbox {
  receive(id: PageId): void
  /** From now on links go here at once, those that waited first. */
  listen(deliver: (id: PageId) => void): void
  /** The window went away or loads anew: links wait again. */
  pause(): void
}

export function openDeepLinkInbox(): DeepLinkInbox {
  let waiting: PageId[] = []
  let deliver: ((id: PageId) => void) | undefined
  return {
    receive(id) {
      if (deliver === undefined) waiting = [...waiting.filter((other) => other !== id), id].slice(-mostWaiting)
      else deliver(id)
    },
    listen(listener) {
      deliver = listener
      for (const id of waiting.splice(0)) listener(id)
    },
    pause() {
      deliver = undefined
    },
  }
}
