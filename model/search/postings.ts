/** In which entries which words stand, in memory: what makes an answer quick. */

/** Of a word in an entry: it stands in the title, or the text says it often. */
export const inTitle = 2
export const saidOften = 1
/** A word of an entry, in one number: the word's number and the bits above. */
export const packWord = (word: number, bits: number) => word * 4 + bits

export type EntryState = 'gone' | 'shown' | 'archived'
const states: readonly EntryState[] = ['gone', 'shown', 'archived']

/** One word of a question, and what else answers it. */
export interface AskedTerm {
  readonly word: string
  readonly isPrefix: boolean
  readonly others: ReadonlySet<string>
}

export interface FoundAmong {
  readonly state: Exclude<EntryState, 'gone'>
  /** Numbers of entries; undefined where all may be found. */
  readonly allowed: ReadonlySet<number> | undefined
  readonly most: number
}

/** An entry by its number, and how well it fits. */
export type Found = readonly [n: number, fit: number]

/** A title that holds a word counts this much more than a text that does. */
const titleCounts = 4
/** The beginning of a longer word, or another form. */
const otherCounts = 0.8
/** New words are looked through one by one until there are so many: sorting all of them takes some 20 ms. */
const mostUnsorted = 2000

export class Postings {
  readonly #numbers = new Map<string, number>()
  readonly #words: string[] = []
  /** By the word's number: entries in the order in which they came, each packed with its bits. */
  readonly #lists: number[][] = []
  #sorted: string[] = []
  #unsorted: string[] = []
  #states = new Uint8Array(1024)
  #count = 0
  #last = 0

  /** The highest number of an entry that was ever added here. */
  get last(): number {
    return this.#last
  }

  /** The number of a word; a new one where it is not known. */
  numberOf(word: string): { readonly number: number; readonly isNew: boolean } {
    const known = this.#numbers.get(word)
    if (known !== undefined) return { number: known, isNew: false }
    const number = this.#words.length
    this.#numbers.set(word, number)
    this.#words.push(word)
    this.#lists.push([])
    this.#unsorted.push(word)
    return { number, isNew: true }
  }

  /** Words of entries that are gone stay until the index is opened again, and are found nowhere. */
  add(n: number, packed: Iterable<number>): void {
    for (const each of packed) this.#lists[Math.floor(each / 4)]?.push(packWord(n, each % 4))
  }

  setState(n: number, state: EntryState): void {
    if (n >= this.#states.length) {
      const longer = new Uint8Array(Math.max(n + 1, this.#states.length * 2))
      longer.set(this.#states)
      this.#states = longer
    }
    this.#last = Math.max(this.#last, n)
    this.#count += (state === 'gone' ? 0 : 1) - (this.#states[n] === 0 ? 0 : 1)
    this.#states[n] = states.indexOf(state)
  }

  /** The best of those in which every term stands, the best first; of those that fit alike the ones that came last. */
  find(terms: readonly AskedTerm[], { state, allowed, most }: FoundAmong): readonly Found[] {
    const wanted = states.indexOf(state)
    const sums = new Float64Array(this.#states.length)
    const met = new Uint8Array(this.#states.length)
    terms.forEach((term, place) => this.#addTerm(term, place, { sums, met }))
    const best = new Best(most)
    for (let n = met.length - 1; n > 0; n -= 1) {
      if (met[n] !== terms.length || this.#states[n] !== wanted || allowed?.has(n) === false) continue
      best.offer(n, sums[n] ?? 0)
    }
    return best.found
  }

  /** A rare word tells more; what has several words that answer the term counts by the best of them. */
  #addTerm(
    term: AskedTerm,
    place: number,
    { sums, met }: { readonly sums: Float64Array; readonly met: Uint8Array },
  ): void {
    const words = this.#wordsOf(term)
    const held = words.reduce((sum, word) => sum + (this.#listOf(word)?.length ?? 0), 0)
    const rarity = Math.log(1 + this.#count / (1 + held))
    const counted = new Float64Array(met.length)
    for (const word of words) {
      const counts = rarity * (word === term.word ? 1 : otherCounts)
      for (const each of this.#listOf(word) ?? []) {
        const n = each >>> 2
        if (met[n] !== place && met[n] !== place + 1) continue
        const before = counted[n] ?? 0
        const fit = counts * (1 + (each & saidOften) + (each & inTitle ? titleCounts : 0))
        met[n] = place + 1
        if (fit <= before) continue
        counted[n] = fit
        sums[n] = (sums[n] ?? 0) + fit - before
      }
    }
  }

  #listOf(word: string): readonly number[] | undefined {
    const number = this.#numbers.get(word)
    return number === undefined ? undefined : this.#lists[number]
  }

  #wordsOf({ word, isPrefix, others }: AskedTerm): readonly string[] {
    return isPrefix ? [...new Set([...this.#beginningWith(word), ...others])] : [word, ...others]
  }

  #beginningWith(prefix: string): readonly string[] {
    if (this.#unsorted.length > mostUnsorted) {
      this.#sorted = this.#words.toSorted()
      this.#unsorted = []
    }
    const found = this.#unsorted.filter((word) => word.startsWith(prefix))
    for (let at = this.#firstFrom(prefix); this.#sorted[at]?.startsWith(prefix) === true; at += 1) {
      found.push(this.#sorted[at] ?? '')
    }
    return found
  }

  /** Place of the first sorted word that is not before `word`. */
  #firstFrom(word: string): number {
    let [from, to] = [0, this.#sorted.length]
    while (from < to) {
      const middle = (from + to) >>> 1
      if ((this.#sorted[middle] ?? '') < word) from = middle + 1
      else to = middle
    }
    return from
  }
}

/** Keeps the highest of what is offered, without sorting the rest. */
class Best {
  readonly found: Found[] = []
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  offer(n: number, fit: number): void {
    const { found } = this
    if (found.length >= this.#most && fit <= (found.at(-1)?.[1] ?? 0)) return
    let place = found.length
    while (place > 0 && (found[place - 1]?.[1] ?? 0) < fit) place -= 1
    found.splice(place, 0, [n, fit])
    if (found.length > this.#most) found.pop()
  }
}
