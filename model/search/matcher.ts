import { matchWord, type Query, type WordMatch } from './query.ts'
import { foldWord } from './words.ts'

/** A match, with the number of the term. */
export interface TermMatch extends WordMatch {
  readonly term: number
}

/** Looks words up in one query; the same words stand in every text, so each is worked out once. */
export class Matcher {
  readonly query: Query
  readonly #others: readonly ReadonlySet<string>[] | undefined
  /** Small letters and digits that what answers begins with; null where anything may. */
  readonly #beginnings: ReadonlySet<number> | null
  readonly #known = new Map<string, TermMatch | null>()

  /**
   * `others`: for each term the folded words that answer it without beginning with it, where an index has looked them up; else they
   * are worked out from each word, which takes longer than all else of a search.
   */
  constructor(query: Query, others?: readonly ReadonlySet<string>[]) {
    this.query = query
    this.#others = others
    const beginnings = () => [...query.terms.map(({ word }) => word), ...(others ?? []).flatMap((each) => [...each])]
    this.#beginnings = others === undefined ? null : new Set(beginnings().map((word) => word.charCodeAt(0)))
  }

  /** Whether a word with this first letter may answer: most do not, and need not be cut out of their text. */
  mayBeginWith(code: number): boolean {
    if (this.#beginnings === null || code > 127) return true
    return this.#beginnings.has(code >= 65 && code <= 90 ? code + 32 : code)
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
      if (this.#others?.[term]?.has(word) === false && !word.startsWith(each.word)) continue
      const found = matchWord(each, word)
      if (found !== undefined) return { term, ...found }
    }
    return null
  }
}
