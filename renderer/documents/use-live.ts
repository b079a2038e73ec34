import { useSyncExternalStore } from 'react'
import type { Live } from './plein.ts'

/** Draws again when a live value changes, and only then. */
export function useLive<T>(live: Live<T>): T {
  return useSyncExternalStore(live.subscribe, live.snapshot)
}

/** Several live values as one; its snapshot stays the same array until one of them changes. */
export function combineLives<T>(lives: readonly Live<T>[]): Live<readonly T[]> {
  let cached: readonly T[] = []
  return {
    snapshot() {
      const next = lives.map((live) => live.snapshot())
      const isSame = next.length === cached.length && next.every((value, index) => Object.is(value, cached[index]))
      if (!isSame) cached = next
      return cached
    },
    subscribe(onChange) {
      const stops = lives.map((live) => live.subscribe(onChange))
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
}

/** A live value with methods bound, whatever object it came from: React calls them without their owner. */
export function bound<T>(live: Live<T>): Live<T> {
  return { snapshot: () => live.snapshot(), subscribe: (onChange) => live.subscribe(onChange) }
}
