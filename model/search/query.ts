import { formsOf } from './index-words.ts'
import { stemsOf } from './stems.ts'
import { foldedWords } from './words.ts'

/** One word that somebody looks for. */
export interface QueryTerm {
  readonly word: string
  readonly stems: readonly string[]
  /** Also the beginning of a longer word. */
  readonly isPrefix: boolean
}

/** What somebody looks for: every term must be there, and every phrase as it stands. */
export interface Query {
  readonly terms: readonly QueryTerm[]
  /** Folded words with one space between them, from between quotation marks. */
  readonly phrases: readonly string[]
}

/** Where in a word a term is found, and how many letters of it. */
export interface WordMatch {
  readonly start: number
  readonly length: number
}

/** More words make no better question, and an answer that takes longer. */
const mostTerms = 12
/** Shorter beginnings are of half of all words. */
const shortestPrefix = 3
const keptLetters = 2

/** Words that stand on nearly every page: they count only where nothing else was asked. */
const common = new Set(
  'de het een en of van in op te ten ter is zijn dat die dit der den met voor aan om er ook als bij naar uit dan the a an and or of to in on for with at by from as is are be that this it'.split(
    ' ',
  ),
)

const quoted = /["“”„]([^"“”„]*)["“”„]/gu

export function parseQuery(text: string): Query {
  const inQuotes = [...text.matchAll(quoted)].map(([, inside = '']) => foldedWords(inside))
  const terms = new Map<string, QueryTerm>()
  for (const word of foldedWords(text.replaceAll(quoted, ' '))) {
    terms.set(word, { word, stems: stemsOf(word), isPrefix: word.length >= shortestPrefix && !common.has(word) })
  }
  for (const word of inQuotes.flat()) if (!terms.has(word)) terms.set(word, { word, stems: [], isPrefix: false })
  const phrases = inQuotes.filter(({ length }) => length > 1).map((words) => words.join(' '))
  return { terms: worthAsking([...terms.values()]), phrases }
}

function worthAsking(terms: readonly QueryTerm[]): readonly QueryTerm[] {
  const rare = terms.filter(({ word }) => word.length > 1 && !common.has(word))
  return (rare.length > 0 ? rare : terms).slice(0, mostTerms)
}

/** Where in a folded word a term is found; undefined where it is not. */
export function matchWord(term: QueryTerm, word: string): WordMatch | undefined {
  if (word === term.word || (term.isPrefix && word.startsWith(term.word))) return { start: 0, length: term.word.length }
  if (term.stems.includes(word)) return { start: 0, length: word.length }
  // A form keeps the first letters of what it is a form of: most words are no match at a glance.
  if (!word.includes(term.word.slice(0, keptLetters))) return undefined
  for (const { form, isPart } of formsOf(word)) {
    if (!isFormOf(term, form, isPart)) continue
    const start = isPart ? Math.max(0, word.lastIndexOf(form.slice(0, 3))) : 0
    const asTyped = word.startsWith(term.word, start)
    return { start, length: asTyped ? term.word.length : word.length - start }
  }
  return undefined
}

function isFormOf({ word, stems, isPrefix }: QueryTerm, form: string, isPart: boolean): boolean {
  return form === word || stems.includes(form) || (isPart && isPrefix && form.startsWith(word))
}
