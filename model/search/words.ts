/** Words as the index knows them: small letters and digits without accents. */

/** Longer runs of letters are no words that anybody looks for; the rest of them is left out. */
const longestWord = 40

const plain = /^[a-z0-9]+$/
const letter = /[\p{L}\p{N}\p{M}]/u

/** Small letters without accents and apostrophes; a possessive or plural `'s` goes (`auto's` is `auto`). */
export function foldWord(text: string): string {
  const small = text.toLowerCase()
  if (plain.test(small)) return small.slice(0, longestWord)
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/['’]s$/u, '')
    .replaceAll(/[\p{M}'’]+/gu, '')
    .slice(0, longestWord)
}

/**
 * Calls `visit` with the place of every word until it answers false: letters, digits and accents, and apostrophes between them. By hand, for a search marks
 * thousands of words and a regular expression makes an object of each.
 */
export function eachWord(text: string, visit: (start: number, end: number) => boolean | void): void {
  const { length } = text
  for (let at = 0; at < length;) {
    if (!isLetter(text, at)) {
      at += 1
      continue
    }
    const start = at
    while (
      at < length &&
      (isLetter(text, at) || (isApostrophe(text.charCodeAt(at)) && at + 1 < length && isLetter(text, at + 1)))
    )
      at += 1
    if (visit(start, at) === false) return
  }
}

/** The folded words of a text, in its order. */
export function foldedWords(text: string): string[] {
  const words: string[] = []
  eachWord(text, (start, end) => {
    const word = foldWord(text.slice(start, end))
    if (word !== '') words.push(word)
  })
  return words
}

function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57)
  // Letters outside the first plane count by their halves.
  return code >= 0xd800 && code < 0xe000
    ? letter.test(String.fromCodePoint(wholeCode(text, at)))
    : letter.test(text.charAt(at))
}

function wholeCode(text: string, at: number): number {
  const isSecondHalf = text.charCodeAt(at) >= 0xdc00
  return text.codePointAt(isSecondHalf ? Math.max(0, at - 1) : at) ?? 0
}

function isApostrophe(code: number): boolean {
  return code === 0x27 || code === 0x2019
}
