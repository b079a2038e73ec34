// In the page, the same for both storages.
import { pageUpdates } from '../sample-pages.mjs'

/** Different contents; ten thousand of them would only make filling slower. */
const contents = 200
const editsPerPage = 4

/** The updates of page number `index`: its content, then four edits, as records of their own. */
export function makeContents(Y) {
  const made = Array.from({ length: contents }, (_, index) => pageUpdates(Y, index, editsPerPage))
  return (index) => made[index % contents]
}

/** What the lists of the app show of page number `index`, as the app keeps it. */
export function listRecord(index, ids) {
  return {
    id: ids.page(index),
    spaceId: ids.space(index % 20),
    kind: 'page',
    pageKind: index % 3 === 0 ? 'document' : 'wiki',
    ownerId: ids.person(index % 50),
    title: `Pagina ${index}: winterdienst in de wijk`,
    icon: index % 4 === 0 ? 'snowflake' : null,
    archived: false,
    minSchema: 1,
    held: true,
    compare: false,
    changedAtMs: 1_700_000_000_000 + index,
  }
}

/** Ids in the form in which the app mints them, 26 letters, spread like random ones; from a number. */
export const sampleIds = (() => {
  const make = (kind) => (index) => {
    let state = (kind * 1_000_003 + index * 97 + 1) >>> 0
    return Array.from({ length: 26 }, (_, place) => {
      // xorshift; the last letters are the number itself, so that no two are equal
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      const value = place < 22 ? state >>> 27 : (index >> (5 * (25 - place))) & 31
      return 'abcdefghijklmnopqrstuvwxyz234567'[value]
    }).join('')
  }
  return { page: make(1), space: make(2), person: make(3), organisation: make(4) }
})()

/** Times `count` openings of pages spread over all, after one that is not counted. */
export async function timeOpenings(total, count, open) {
  await open(total >> 1)
  const times = []
  for (let place = 0; place < count; place += 1) {
    const index = (place * 7919 + 13) % total
    const startMs = performance.now()
    const text = await open(index)
    times.push(performance.now() - startMs)
    if (text < 1000) throw new Error(`Page ${index} came back with ${text} letters`)
  }
  return times
}
