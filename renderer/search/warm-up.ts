import type { SearchIndex } from '../../model/search/search-index.ts'

/** After so many questions the worker's code is compiled; each takes some milliseconds. */
const rehearsed = 60
/** A smaller index answers within a few milliseconds, whatever is compiled. */
export const worthRehearsing = 1000
const nothing = { filter: {}, limit: 20, nowMs: 0 }

/**
 * Asks the index what nobody wants to know, so that the first question of somebody is answered as quickly as the hundredth: until the code
 * of an answer has run a few dozen times it takes four times as long. `turn` waits until others have had their turn; false stops.
 */
export async function warmUp(index: SearchIndex, turn: () => Promise<boolean>): Promise<void> {
  const words = index.someWords(rehearsed)
  for (const [place, word] of words.entries()) {
    if (!(await turn())) return
    const another = words[(place * 7 + 1) % words.length] ?? ''
    // As people ask: one word or two, every other one half typed.
    const text = `${place % 3 === 0 ? '' : another} ${place % 2 === 0 ? word : word.slice(0, Math.max(3, word.length - 2))}`
    index.find({ ...nothing, text })
  }
}
