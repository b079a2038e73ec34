import type { Live } from './plein.ts'

/** A value with subscribers. Equal values (same object) tell nobody. */
export class LiveValue<T> implements Live<T> {
  #value: T
  readonly #listeners = new Set<() => void>()

  constructor(value: T) {
    this.#value = value
  }

  readonly snapshot = (): T => this.#value

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange)
    return () => {
      this.#listeners.delete(onChange)
    }
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return
    this.#value = value
    for (const listener of [...this.#listeners]) listener()
  }
}

/**
 * A value that is computed when somebody asks, again only after `invalidate`, and worked for only while it has
 * subscribers: `connect` runs at the first, its undo after the last.
 */
export class DerivedLive<T> implements Live<T> {
  readonly #compute: (previous: T | undefined) => T
  readonly #connect: (invalidate: () => void) => () => void
  readonly #listeners = new Set<() => void>()
  #cached: { readonly value: T } | null = null
  #last: T | undefined
  #disconnect: (() => void) | null = null

  constructor(compute: (previous: T | undefined) => T, connect: (invalidate: () => void) => () => void) {
    this.#compute = compute
    this.#connect = connect
  }

  readonly snapshot = (): T => {
    if (this.#cached === null || this.#disconnect === null) {
      // Without subscribers nobody invalidates: compute each time, but keep the object when it is the same.
      this.#last = this.#compute(this.#last)
      this.#cached = { value: this.#last }
    }
    return this.#cached.value
  }

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange)
    if (this.#disconnect === null) {
      this.#cached = null
      this.#disconnect = this.#connect(this.invalidate)
    }
    return () => {
      this.#listeners.delete(onChange)
      if (this.#listeners.size > 0) return
      this.#disconnect?.()
      this.#disconnect = null
    }
  }

  readonly invalidate = (): void => {
    this.#cached = null
    for (const listener of [...this.#listeners]) listener()
  }
}

/** A live value of whatever `source` holds (the organisation that is open), connected again when it holds another. */
export function deriveFrom<S, T>(
  source: Live<S>,
  compute: (value: S, previous: T | undefined) => T,
  connect: (value: S, invalidate: () => void) => readonly ((() => void) | undefined)[],
): Live<T> {
  return new DerivedLive<T>(
    (previous) => compute(source.snapshot(), previous),
    (invalidate) => {
      let undo = connect(source.snapshot(), invalidate)
      const undoSource = source.subscribe(() => {
        for (const each of undo) each?.()
        undo = connect(source.snapshot(), invalidate)
        invalidate()
      })
      return () => {
        undoSource()
        for (const each of undo) each?.()
      }
    },
  )
}

/** Keeps the previous object where the new one holds the same fields, so that nothing is drawn again for nothing. */
export function keepSame<T extends object>(previous: T | undefined, next: T): T {
  if (previous === undefined) return next
  const keys = Object.keys(next)
  if (keys.length !== Object.keys(previous).length) return next
  return keys.every((key) => isSame(Reflect.get(previous, key), Reflect.get(next, key))) ? previous : next
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((each, i) => Object.is(each, b[i]))
}
