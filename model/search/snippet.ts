import { matchWord, type Query } from './query.ts'
import { foldWord, placedWords } from './words.ts'

/** A piece of a snippet; `hit` where it is what was looked for. */
export interface SnippetPart {
  readonly text: string
  readonly hit: boolean
}

/** As much as stands on one line of a list. */
const snippetLength = 120
export const excerptLength = 420
/** How far into a page a snippet is looked for: 60,000 letters take 15 ms. */
const mostRead = 60_000

interface Hit {
  readonly start: number
  readonly end: number
  readonly term: number
}

/** The piece of the text that holds most of what was looked for, with the hits marked; its beginning where nothing is found. */
export function snippetOf(text: string, query: Query, length = snippetLength): readonly SnippetPart[] {
  const read = text.slice(0, mostRead)
  const hits = hitsIn(read, query)
  const from = startOf(read, bestStart(hits, length), length)
  const to = endOf(read, from + length)
  const parts = marked(read, hits, from, to)
  return [
    ...(from > 0 ? [{ text: '… ', hit: false }] : []),
    ...parts.map((part) => ({ ...part, text: part.text.replaceAll('\n', ' ') })),
    ...(to < text.length ? [{ text: ' …', hit: false }] : []),
  ]
}

/** The whole text with the hits marked: for titles. */
export function markHits(text: string, query: Query): readonly SnippetPart[] {
  return marked(text, hitsIn(text, query), 0, text.length)
}

/** Whether the text holds the folded phrases of the query as they stand. */
export function holdsPhrases(text: string, { phrases }: Query): boolean {
  if (phrases.length === 0) return true
  const words = ` ${[...placedWords(text)].map(({ word }) => word).join(' ')} `
  return phrases.every((phrase) => words.includes(` ${phrase} `))
}

function hitsIn(text: string, query: Query): readonly Hit[] {
  const known = new Map<string, { readonly term: number; readonly start: number; readonly length: number } | null>()
  const hits: Hit[] = []
  for (const { word, start, end } of placedWords(text)) {
    let match = known.get(word)
    if (match === undefined) {
      match = firstMatch(query, word)
      known.set(word, match)
    }
    if (match !== null) {
      const from = Math.min(start + match.start, end)
      hits.push({ start: from, end: Math.min(from + match.length, end), term: match.term })
    }
  }
  return hits
}

function firstMatch(query: Query, word: string) {
  for (const [term, each] of query.terms.entries()) {
    const found = matchWord(each, word)
    if (found !== undefined) return { term, ...found }
  }
  return null
}

/** Where the window begins that holds most different terms. */
function bestStart(hits: readonly Hit[], length: number): number {
  let best = { start: 0, terms: 0 }
  hits.forEach((hit, place) => {
    const terms = new Set<number>()
    for (let at = place; at < hits.length; at += 1) {
      const next = hits[at]
      if (next === undefined || next.end > hit.start + length) break
      terms.add(next.term)
    }
    if (terms.size > best.terms) best = { start: hit.start, terms: terms.size }
  })
  return best.start
}

/** A little before the first hit, at the beginning of a line or a word. */
function startOf(text: string, hit: number, length: number): number {
  const earliest = Math.max(0, hit - Math.floor(length / 3))
  const line = text.lastIndexOf('\n', hit - 1) + 1
  if (line >= earliest || earliest === 0) return Math.max(line, earliest === 0 ? line : 0)
  const space = text.indexOf(' ', earliest)
  return space === -1 || space > hit ? hit : space + 1
}

function endOf(text: string, end: number): number {
  if (end >= text.length) return text.length
  const space = text.lastIndexOf(' ', end)
  return space <= 0 ? end : space
}

function marked(text: string, hits: readonly Hit[], from: number, to: number): readonly SnippetPart[] {
  const parts: SnippetPart[] = []
  const push = (start: number, end: number, hit: boolean) => {
    if (end > start) parts.push({ text: text.slice(start, end), hit })
  }
  let at = from
  for (const { start, end } of hits) {
    if (start < at || end > to) continue
    push(at, start, false)
    push(start, end, true)
    at = end
  }
  push(at, to, false)
  return parts
}

/** How well a title answers: 3 it is what was asked, 2 it begins so, 1 it holds every term, 0 not. */
export function titleRank(title: string, query: Query): 0 | 1 | 2 | 3 {
  const words = [...placedWords(title)].map(({ word }) => word)
  const asked = query.terms.map(({ word }) => word).join(' ')
  const whole = words.join(' ')
  if (whole === asked) return 3
  if (whole.startsWith(asked)) return 2
  return query.terms.every((term) => words.some((word) => matchWord(term, foldWord(word)) !== undefined)) ? 1 : 0
}
