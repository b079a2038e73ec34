import { matchWord, type Query, type WordMatch } from './query.ts'
import { foldWord } from './words.ts'

/** A match, with the number of the term. */
export interface TermMatch extends WordMatch {
  readonly term: number
}

/** Looks words up in one query; the same words stand in every text, so each is worked out once. */
export class Matcher {
  readonly query: Query
  readonly #known = new Map<string, TermMatch | null>()

  constructor(query: Query) {
    this.query = query
  }

  /** The first term that the word of a text answers, as it is written there; null where it answers none. */
  match(written: string): TermMatch | null {
    let found = this.#known.get(written)
    if (found === undefined) {
      found = this.#find(foldWord(written))
      this.#known.set(written, found)
    }
    return found
  }

  #find(word: string): TermMatch | null {
    for (const [term, each] of this.query.terms.entries()) {
      const found = matchWord(each, word)
      if (found !== undefined) return { term, ...found }
    }
    return null
  }
}
