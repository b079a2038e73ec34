import type { PageId } from '../../model/ids.ts'
import { mergeInTree } from '../../model/update.ts'
import type { OpenOrganisation, WindowClock } from './organisation.ts'

/** Whoever comes back to a page within this time goes on with the same visit. */
const visitMs = 30 * 60_000
/** After the first keystroke, so that the merge is not on its path. */
const laterMs = 1000

/** Keeps a page as it was before the first change of a visit: what there is to look back at without a network. */
export function keepStateBeforeVisit(
  { lists, storage: { reviews } }: Pick<OpenOrganisation, 'lists' | 'storage'>,
  clock: WindowClock,
): (id: PageId, loaded: readonly Uint8Array[]) => void {
  const keep = async (id: PageId, loaded: readonly Uint8Array[], atMs: number) => {
    const before = await reviews.stateAtMs(id)
    if (before !== undefined && atMs - before < visitMs) return
    await reviews.keepState(id, { atMs, state: mergeInTree(loaded) })
  }
  return (id, loaded) => {
    if (lists.record(id)?.kind !== 'page') return
    const atMs = clock.nowMs()
    clock.schedule(laterMs, () => {
      // Looking back is a convenience: a full disk is told where words are written.
      keep(id, loaded, atMs).catch(() => undefined)
    })
  }
}
