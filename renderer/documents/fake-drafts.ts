import type { Draft, Drafts } from './drafts.ts'
import { Cells } from './fake-cell.ts'

/** Drafts in memory. */
export class FakeDrafts implements Drafts {
  readonly #cells = new Cells<string, Draft | null>(() => null)

  of(name: string) {
    return this.#cells.get(name)
  }

  keep(name: string, draft: Draft | null): void {
    this.#cells.get(name).set(draft)
  }
}
