/** Words as the index knows them: small letters and digits without accents. */

/** Longer runs of letters are no words that anybody looks for; the rest of them is left out. */
const longestWord = 40

const word = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu

/** One word of a text with its place there. */
export interface PlacedWord {
  readonly word: string
  readonly start: number
  readonly end: number
}

/** Small letters without accents and apostrophes; a possessive or plural `'s` goes (`auto's` is `auto`). */
export function foldWord(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/['’]s$/u, '')
    .replaceAll(/[\p{M}'’]+/gu, '')
    .slice(0, longestWord)
}

/** The folded words of a text, in its order. */
export function foldedWords(text: string): string[] {
  const words = text.match(word) ?? []
  return words.map(foldWord).filter((each) => each !== '')
}

/** The same with their places, for marking what was found. */
export function* placedWords(text: string): Generator<PlacedWord> {
  for (const { 0: found, index } of text.matchAll(word)) {
    yield { word: foldWord(found), start: index, end: index + found.length }
  }
}
