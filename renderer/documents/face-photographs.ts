import type { PersonId } from '../../model/ids.ts'
import type { Plein } from './plein.ts'

const retryMs = 30_000

/** Photographs of the people of the organisation, fetched when a face is drawn for the first time and kept for the window. */
export class FacePhotographs {
  readonly #plein: Pick<Plein, 'people' | 'profile'>
  readonly #urls = new Map<string, string | null>()
  readonly #listeners = new Set<() => void>()

  constructor(plein: Pick<Plein, 'people' | 'profile'>) {
    this.#plein = plein
  }

  readonly url = (personId: string): string | null => {
    const id = personId as PersonId
    const hash = this.#plein.people.person(id).snapshot()?.face ?? null
    if (hash === null) return null
    const known = this.#urls.get(hash)
    if (known !== undefined) return known
    this.#urls.set(hash, null)
    void this.#load(id, hash)
    return null
  }

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange)
    const undo = this.#plein.people.all.subscribe(onChange)
    return () => {
      this.#listeners.delete(onChange)
      undo()
    }
  }

  async #load(id: PersonId, hash: string): Promise<void> {
    const url = await this.#plein.profile.faceUrl(id, hash)
    if (url === null) {
      // Not to be had now: asked for again when the face is drawn after a while.
      setTimeout(() => this.#urls.delete(hash), retryMs)
      return
    }
    this.#urls.set(hash, url)
    for (const listener of [...this.#listeners]) listener()
  }
}
