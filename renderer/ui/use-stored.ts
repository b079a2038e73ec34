import { useCallback, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

/** A small choice of this person on this laptop (open branches, tabs), kept in the browser's own storage; lost without harm. */
export function useStored(key: string, fallback: string): readonly [string, (value: string) => void] {
  const value = useSyncExternalStore(subscribe, () => readStored(key) ?? fallback)
  const write = useCallback((next: string) => writeStored(key, next), [key])
  return [value, write]
}

export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    // Storage is blocked in this browser: choices then last as long as their defaults.
    return null
  }
}

export function writeStored(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Blocked or full: the choice is forgotten, no text of anybody is.
    return
  }
  for (const listener of listeners) listener()
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange)
  addEventListener('storage', onChange)
  return () => {
    listeners.delete(onChange)
    removeEventListener('storage', onChange)
  }
}
