import type { Matcher } from './matcher.ts'
import { eachWord, foldedWords } from './words.ts'

/** A piece of a snippet; `hit` where it is what was looked for. */
export interface SnippetPart {
  readonly text: string
  readonly hit: boolean
}

/** As much as stands on one line of a list, and as much as a preview holds. */
const snippetLength = 120
const excerptLength = 420
/** How far into a page a snippet is looked for. */
const mostRead = 60_000

interface Hit {
  readonly start: number
  readonly end: number
  readonly term: number
}

/** The pieces of a text that hold most of what was looked for, with the hits marked; its beginning where nothing is found. */
export function snippetsOf(
  text: string,
  matcher: Matcher,
): { readonly snippet: readonly SnippetPart[]; readonly excerpt: readonly SnippetPart[] } {
  const read = text.slice(0, mostRead)
  const hits = hitsIn(read, matcher, excerptLength)
  return { snippet: pieceOf(read, hits, snippetLength), excerpt: pieceOf(read, hits, excerptLength) }
}

/** The whole text with the hits marked: for titles. */
export function markHits(text: string, matcher: Matcher): readonly SnippetPart[] {
  return marked(text, hitsIn(text, matcher), { from: 0, to: text.length })
}

/** Whether the text holds the folded phrases as they stand. */
export function holdsPhrases(text: string, phrases: readonly string[]): boolean {
  if (phrases.length === 0) return true
  const words = ` ${foldedWords(text).join(' ')} `
  return phrases.every((phrase) => words.includes(` ${phrase} `))
}

/** How well a title answers: 3 it is what was asked, 2 it begins so, 1 it holds every term, 0 not. */
export function titleRank(title: string, matcher: Matcher): 0 | 1 | 2 | 3 {
  const { terms } = matcher.query
  const whole = foldedWords(title).join(' ')
  const asked = terms.map(({ word }) => word).join(' ')
  if (whole === asked) return 3
  if (whole.startsWith(asked)) return 2
  const held = new Set<number>()
  eachWord(title, (start, end) => {
    const match = matcher.match(title.slice(start, end))
    if (match !== null) held.add(match.term)
  })
  return terms.every((_, term) => held.has(term)) ? 1 : 0
}

/** With `enough`: up to so far after the first place where every term stands close by; no later place is better. */
function hitsIn(text: string, matcher: Matcher, enough?: number): readonly Hit[] {
  const hits: Hit[] = []
  const lastStarts: number[] = matcher.query.terms.map(() => Number.NEGATIVE_INFINITY)
  let until = Number.POSITIVE_INFINITY
  eachWord(text, (from, end) => {
    const match = matcher.mayBeginWith(text.charCodeAt(from)) ? matcher.match(text.slice(from, end)) : null
    if (match !== null) {
      const start = Math.min(from + match.start, end)
      hits.push({ start, end: Math.min(start + match.length, end), term: match.term })
      lastStarts[match.term] = start
      const first = Math.min(...lastStarts)
      if (enough !== undefined && end <= first + snippetLength) until = Math.min(until, first + enough)
    }
    return from < until
  })
  return hits
}

function pieceOf(text: string, hits: readonly Hit[], length: number): readonly SnippetPart[] {
  const from = startOf(text, bestStart(hits, length), length)
  const to = endOf(text, from + length)
  return [
    ...(from > 0 ? [{ text: '… ', hit: false }] : []),
    ...marked(text, hits, { from, to }).map((part) => ({ ...part, text: part.text.replaceAll('\n', ' ') })),
    ...(to < text.length ? [{ text: ' …', hit: false }] : []),
  ]
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
  if (line >= earliest || earliest === 0) return line
  const space = text.indexOf(' ', earliest)
  return space === -1 || space > hit ? hit : space + 1
}

function endOf(text: string, end: number): number {
  if (end >= text.length) return text.length
  const space = text.lastIndexOf(' ', end)
  return space <= 0 ? end : space
}

function marked(
  text: string,
  hits: readonly Hit[],
  { from, to }: { readonly from: number; readonly to: number },
): readonly SnippetPart[] {
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
