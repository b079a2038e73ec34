import type { Live } from './plein.ts'

/** A value with subscribers, set by the fakes. */
export class Cell<T> implements Live<T> {
  #value: T
  readonly #listeners = new Set<() => void>()

  constructor(value: T) {
    this.#value = value
  }

  snapshot(): T {
    return this.#value
  }

  subscribe(onChange: () => void): () => void {
    this.#listeners.add(onChange)
    return () => this.#listeners.delete(onChange)
  }

  set(value: T): void {
    this.#value = value
    for (const listener of this.#listeners) listener()
  }
}

/** Live values by a key, made at first use. */
export class Cells<K, T> {
  readonly #cells = new Map<K, Cell<T>>()
  readonly #read: (key: K) => T

  constructor(read: (key: K) => T) {
    this.#read = read
  }

  get(key: K): Cell<T> {
    const known = this.#cells.get(key)
    if (known !== undefined) return known
    const cell = new Cell(this.#read(key))
    this.#cells.set(key, cell)
    return cell
  }

  readAgain(): void {
    for (const [key, cell] of this.#cells) cell.set(this.#read(key))
  }
}
