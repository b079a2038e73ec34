import { compoundParts } from './compound-parts.ts'
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

/** More words make no better question, and an answer that takes longer. */
const mostTerms = 12

/** Words that stand on nearly every page: they count only where nothing else was asked. */
const common = new Set(
  'de het een en of van in op te ten ter is zijn dat die dit der den met voor aan om er ook als bij naar uit dan the a an and or of to in on for with at by from as is are be that this it'.split(
    ' ',
  ),
)

const quoted = /["“”„]([^"“”„]*)["“”„]/gu

export function parseQuery(text: string): Query {
  const phrases = [...text.matchAll(quoted)]
    .map(([, inside = '']) => foldedWords(inside))
    .filter(({ length }) => length > 1)
  const free = foldedWords(text.replaceAll(quoted, ' '))
  const single = [...text.matchAll(quoted)]
    .map(([, inside = '']) => foldedWords(inside))
    .filter(({ length }) => length === 1)
  const terms = new Map<string, QueryTerm>()
  for (const word of free) terms.set(word, termOf(word, word.length > 1))
  for (const word of [...phrases, ...single].flat())
    if (!terms.has(word)) terms.set(word, { word, stems: [], isPrefix: false })
  return { terms: worthAsking([...terms.values()]), phrases: phrases.map((words) => words.join(' ')) }
}

function termOf(word: string, isPrefix: boolean): QueryTerm {
  return { word, stems: stemsOf(word), isPrefix: isPrefix && !common.has(word) }
}

function worthAsking(terms: readonly QueryTerm[]): readonly QueryTerm[] {
  const rare = terms.filter(({ word }) => word.length > 1 && !common.has(word))
  return (rare.length > 0 ? rare : terms).slice(0, mostTerms)
}

/** Where in a folded word a term is found: the place and how many letters of it; undefined where it is not. */
export function matchWord(
  term: QueryTerm,
  word: string,
): { readonly start: number; readonly length: number } | undefined {
  if (word === term.word || (term.isPrefix && word.startsWith(term.word))) return { start: 0, length: term.word.length }
  if (term.stems.includes(word) || stemsOf(word).includes(term.word)) return { start: 0, length: word.length }
  for (const part of compoundParts(word)) {
    if (part === term.word || (term.isPrefix && part.startsWith(term.word))) {
      return { start: word.length - part.length, length: term.word.length }
    }
    if (term.stems.includes(part) || stemsOf(part).includes(term.word)) {
      return { start: word.length - part.length, length: part.length }
    }
  }
  return undefined
}
