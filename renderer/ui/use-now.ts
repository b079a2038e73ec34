import { useMemo, useSyncExternalStore } from 'react'

/** The time by this laptop's clock, in whole steps, so that a component draws once per step and not more. */
export function useNow(stepMs: number): number {
  const clock = useMemo(() => clockOf(stepMs), [stepMs])
  return useSyncExternalStore(clock.subscribe, clock.snapshot)
}

function clockOf(stepMs: number) {
  return {
    snapshot: () => Math.floor(Date.now() / stepMs) * stepMs,
    subscribe(onChange: () => void) {
      const timer = setInterval(onChange, stepMs)
      return () => {
        clearInterval(timer)
      }
    },
  }
}
