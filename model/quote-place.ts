import * as Y from 'yjs'
import { quoteMaxLength, type Anchor } from './act.ts'
import { fromBase64, toBase64 } from './base64.ts'
import { bodyName } from './page.ts'

/** Deeper than any page that a person writes. */
const maxDepth = 200
/** Letters on both sides that tell one place from others with the same words. */
const contextLength = 32

/** Where an anchor stands, in words: for files, in which no Yjs position means anything. */
export interface QuotePlace {
  /** The words as the page has them, their beginning where they are long. */
  readonly words: string
  /** Letters from the first to the last of them. */
  readonly length: number
  readonly before: string
  readonly after: string
  /** How often the words stand in the page before this place. */
  readonly nth: number
}

/** A stretch of the text of a page; `text` is null for what parts blocks and for what is no letter. */
interface Piece {
  readonly text: Y.XmlText | null
  readonly start: number
  readonly letters: string
}

/** Null where the words of the anchor stand in the page no more. */
export function quotePlaceOf(doc: Y.Doc, anchor: Anchor): QuotePlace | null {
  const pieces = piecesOf(doc)
  const [from, to] = [offsetOf(doc, pieces, anchor.from), offsetOf(doc, pieces, anchor.to)]
  if (from === null || to === null || from >= to) return null
  const letters = lettersOf(pieces)
  const words = letters.slice(from, Math.min(to, from + quoteMaxLength))
  const nth = occurrencesOf(letters, words).indexOf(from)
  const [before, after] = contextOf(letters, from, to)
  return { words, length: to - from, before, after, nth: Math.max(nth, 0) }
}

/** The place in another page with these words: with the same letters around them, else as often as they stood before. */
export function anchorAt(doc: Y.Doc, place: QuotePlace, quote: string): Anchor | null {
  const pieces = piecesOf(doc)
  const letters = lettersOf(pieces)
  const all = occurrencesOf(letters, place.words)
  const alike = all.filter((at) => {
    const [before, after] = contextOf(letters, at, at + place.length)
    return before === place.before && after === place.after
  })
  const nth = all[place.nth]
  const at =
    alike.length === 1 || nth === undefined ? alike[0] : alike.length === 0 || alike.includes(nth) ? nth : alike[0]
  const from = at ?? (all.length === 1 ? all[0] : undefined)
  return from === undefined ? null : anchorOf(pieces, from, from + place.length, quote)
}

/** Parses a place from a file; undefined where it is none. */
export function parseQuotePlace(value: unknown): QuotePlace | undefined {
  const { words, length, before, after, nth } = Object(value) as Readonly<Record<string, unknown>>
  if (typeof words !== 'string' || words === '' || words.length > quoteMaxLength) return undefined
  if (typeof before !== 'string' || typeof after !== 'string') return undefined
  if (before.length > contextLength || after.length > contextLength) return undefined
  if (!isCount(length) || length < words.length || !isCount(nth)) return undefined
  return { words, length, before, after, nth }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= 2 ** 31
}

function piecesOf(doc: Y.Doc): readonly Piece[] {
  const pieces: Piece[] = []
  let start = 0
  const add = (text: Y.XmlText | null, letters: string) => {
    pieces.push({ text, start, letters })
    start += letters.length
  }
  const walk = (parent: Y.XmlFragment, depth: number) => {
    for (const child of parent.toArray()) {
      if (child instanceof Y.XmlText) add(child, textOf(child))
      else if (child instanceof Y.XmlElement && child.length === 0) add(null, '\ufffc')
      else if (child instanceof Y.XmlElement && depth < maxDepth) {
        add(null, '\n')
        walk(child, depth + 1)
      }
    }
  }
  walk(doc.getXmlFragment(bodyName), 0)
  return pieces
}

function textOf(text: Y.XmlText): string {
  const parts = text.toDelta() as readonly { readonly insert?: unknown }[]
  return parts.map(({ insert }) => (typeof insert === 'string' ? insert : '\ufffc')).join('')
}

function lettersOf(pieces: readonly Piece[]): string {
  return pieces.map(({ letters }) => letters).join('')
}

function offsetOf(doc: Y.Doc, pieces: readonly Piece[], position: string): number | null {
  try {
    const relative = Y.decodeRelativePosition(fromBase64(position))
    const absolute = Y.createAbsolutePositionFromRelativePosition(relative, doc)
    const piece = pieces.find(({ text }) => text !== null && text === absolute?.type)
    return piece === undefined || absolute === null ? null : piece.start + absolute.index
  } catch {
    return null // positions come from others: what is none stands nowhere
  }
}

function occurrencesOf(letters: string, words: string): readonly number[] {
  const found: number[] = []
  for (let at = letters.indexOf(words); at !== -1; at = letters.indexOf(words, at + 1)) found.push(at)
  return found
}

function contextOf(letters: string, from: number, to: number): readonly [before: string, after: string] {
  return [letters.slice(Math.max(0, from - contextLength), from), letters.slice(to, to + contextLength)]
}

function anchorOf(pieces: readonly Piece[], from: number, to: number, quote: string): Anchor | null {
  const within = pieces.filter(
    ({ text, start, letters }) => text !== null && start < to && start + letters.length > from,
  )
  const [first, last] = [within[0], within.at(-1)]
  if (first === undefined || last === undefined || first.text === null || last.text === null) return null
  const begin = Math.max(from - first.start, 0)
  const end = Math.min(to - last.start, last.letters.length)
  return {
    from: encode(Y.createRelativePositionFromTypeIndex(first.text, begin)),
    // The last letter seen from behind, as the editor makes it.
    to: encode(Y.createRelativePositionFromTypeIndex(last.text, end, -1)),
    quote,
  }
}

function encode(position: Y.RelativePosition): string {
  return toBase64(Y.encodeRelativePosition(position))
}
