import type { ListedPage } from '../../documents/use-pages.ts'

/** A text as one types it in haste: without capitals and accents. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
}

/** Titles are folded once: a row stays the same object until something in it changes. */
const foldedTitles = new WeakMap<object, { readonly title: string; readonly words: readonly string[] }>()

function titleOf({ page }: ListedPage) {
  let known = foldedTitles.get(page)
  if (known === undefined) {
    const title = folded(page.title)
    known = { title, words: title.split(/[^\p{L}\p{N}]+/u).filter(Boolean) }
    foldedTitles.set(page, known)
  }
  return known
}

/** How well text answers the words: 4 it begins so, 3 words of it begin so, 2 it holds them, 1 they are its first letters, 0 not. */
function rankOf(
  { title, words }: { readonly title: string; readonly words: readonly string[] },
  wanted: readonly string[],
): number {
  if (title.startsWith(wanted.join(' '))) return 4
  if (wanted.every((word) => words.some((each) => each.startsWith(word)))) return 3
  if (wanted.every((word) => title.includes(word))) return 2
  const [only = ''] = wanted
  const initials = words.map((each) => each.charAt(0)).join('')
  return wanted.length === 1 && only.length > 1 && initials.startsWith(only) ? 1 : 0
}

/** Pages whose titles answer the query, the best first, else in their own order; all of them where nothing is asked. */
export function matchTitles(pages: readonly ListedPage[], query: string): readonly ListedPage[] {
  const wanted = wordsOf(query)
  if (wanted.length === 0) return pages
  const ranks: ListedPage[][] = [[], [], [], [], []]
  for (const listed of pages) ranks[rankOf(titleOf(listed), wanted)]?.push(listed)
  return ranks.slice(1).toReversed().flat()
}

/** Whether a name or the words of a command answer the query. */
export function answers(text: string, query: string): boolean {
  const title = folded(text)
  const words = title.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  return rankOf({ title, words }, wordsOf(query)) >= 2
}

function wordsOf(query: string): readonly string[] {
  return folded(query).split(/\s+/).filter(Boolean)
}
