/** Light stems of Dutch and English words: what singular and plural, or two forms of an adjective, have in common. */

const vowels = 'aeiouy'
const isVowel = (letter: string | undefined) => letter !== undefined && letter !== '' && vowels.includes(letter)

/** Shorter words have no endings worth taking off. */
const shortest = 4
const diminutive = /(?:tjes?|pjes?|jes?)$/

/**
 * Every stem that the folded word may have, without the word itself. More than one where spelling does not tell: `wegen` may be
 * of `weg` and of `weeg`, as `bomen` is of `boom`. Short and wrong guesses cost little, for a stem is matched as a whole word.
 */
export function stemsOf(word: string): readonly string[] {
  if (word.length < shortest || /\d/.test(word)) return []
  const stems = new Set<string>()
  const base = withoutS(word, stems)
  if (diminutive.test(base) || diminutive.test(word)) add(stems, word.replace(diminutive, ''))
  if (base.endsWith('heden')) add(stems, `${base.slice(0, -5)}heid`)
  else if (base.endsWith('en')) addClosed(stems, base.slice(0, -2))
  else if (base.endsWith('e')) addClosed(stems, base.slice(0, -1))
  stems.delete(word)
  return [...stems]
}

/** Takes a plural s off: `tafels`, `policies`, `boxes`. Answers what other endings are looked for in. */
function withoutS(word: string, stems: Set<string>): string {
  if (!word.endsWith('s') || word.endsWith('ss')) return word
  if (word.endsWith('ies') && word.length > 4) add(stems, `${word.slice(0, -3)}y`)
  if (/(?:x|ch|sh|ss)es$/.test(word)) add(stems, word.slice(0, -2))
  const before = word.at(-2)
  // After these a final s belongs to the word: huis, was, bus.
  if (word.length <= shortest || before === 'i' || before === 'u' || before === 'a') return word
  const base = word.slice(0, -1)
  add(stems, base)
  return base
}

/** A stem whose syllable was open before the ending: `brugg` is `brug`, `bom` is `boom`, `huiz` is `huis`. */
function addClosed(stems: Set<string>, open: string): void {
  const last = open.at(-1) ?? ''
  const before = open.at(-2)
  if (last === before && !isVowel(last)) {
    add(stems, open.slice(0, -1))
    return
  }
  const closed = last === 'v' ? `${open.slice(0, -1)}f` : last === 'z' ? `${open.slice(0, -1)}s` : open
  add(stems, closed)
  const isOpenSyllable = !isVowel(last) && isVowel(before) && before !== 'i' && before !== 'y' && !isVowel(open.at(-3))
  if (isOpenSyllable) add(stems, `${closed.slice(0, -1)}${before ?? ''}${closed.at(-1) ?? ''}`)
}

function add(stems: Set<string>, stem: string): void {
  if (stem.length >= 3 && [...stem].some(isVowel)) stems.add(stem)
}
