import type { DocumentId } from '../../model/ids.ts'
import { DerivedLive, keepSame } from './live.ts'
import type { OpenOrganisation } from './organisation.ts'
import type { Live } from './plein.ts'

/** How far the pages of the organisation have come to this laptop. */
export interface ArrivalSnapshot {
  /** The lists of all spaces are here: before that nobody knows how many pages there are. */
  readonly isListed: boolean
  readonly pages: number
  readonly here: number
}

const nothing: ArrivalSnapshot = { isListed: false, pages: 0, here: 0 }

/** Counts while somebody looks; ten thousand records take a millisecond. */
export function arrivalOf(open: Live<OpenOrganisation | null>): Live<ArrivalSnapshot> {
  return new DerivedLive<ArrivalSnapshot>(
    (previous) => {
      const organisation = open.snapshot()
      return organisation === null ? nothing : keepSame(previous, count(organisation))
    },
    (invalidate) => {
      const undo = [open.subscribe(invalidate), open.snapshot()?.subscribeLists(invalidate)]
      return () => {
        for (const each of undo) each?.()
      }
    },
  )
}

function count({ lists, hasServer }: OpenOrganisation): ArrivalSnapshot {
  const { pages, here } = lists.countPages()
  // The list of a space names its tree, whose document has the id of the space.
  const isListed =
    lists.spaces.length > 0 && lists.spaces.every(({ id }) => lists.record(id as string as DocumentId) !== undefined)
  return { isListed: !hasServer || isListed, pages, here }
}
