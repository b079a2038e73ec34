import type { PageId } from '../../model/ids.ts'
import { mergeInTree } from '../../model/update.ts'
import { LiveValue } from './live.ts'
import type { OpenOrganisation, WindowClock } from './organisation.ts'

/** Whoever comes back to a page within this time goes on with the same visit. */
const visitMs = 30 * 60_000
/** After the first keystroke, so that the merge is not on its path. */
const laterMs = 1000

/** Keeps each page as it was before the first change of a visit: what there is to look back at without a network. */
export class VisitStates {
  /** Rises when a state was kept: lists of versions look again. */
  readonly version = new LiveValue(0)
  readonly #organisation: Pick<OpenOrganisation, 'lists' | 'storage'>
  readonly #clock: WindowClock

  constructor(organisation: Pick<OpenOrganisation, 'lists' | 'storage'>, clock: WindowClock) {
    this.#organisation = organisation
    this.#clock = clock
  }

  /** The first change of a page since it was opened; `before` is all that was here before it. */
  readonly firstChange = (id: PageId, before: readonly Uint8Array[]): void => {
    if (this.#organisation.lists.record(id)?.kind !== 'page') return
    const atMs = this.#clock.nowMs()
    this.#clock.schedule(laterMs, () => {
      // Looking back is a convenience: a full disk is told where words are written.
      this.#keep(id, before, atMs).catch(() => undefined)
    })
  }

  async #keep(id: PageId, before: readonly Uint8Array[], atMs: number): Promise<void> {
    const { reviews } = this.#organisation.storage
    const keptAtMs = await reviews.stateAtMs(id)
    if (keptAtMs !== undefined && atMs - keptAtMs < visitMs) return
    await reviews.keepState(id, { atMs, state: mergeInTree(before) })
    this.version.set(this.version.snapshot() + 1)
  }
}
