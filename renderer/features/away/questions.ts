import { isAsked, type AwayItem } from '../../../model/away-review.ts'
import type { PageId } from '../../../model/ids.ts'
import type { AwayPage, AwaySnapshot } from '../../documents/away.ts'

/** One thing to look at, with its page. */
export interface Question {
  readonly page: AwayPage
  readonly item: AwayItem
}

export function questionsOf({ pages }: AwaySnapshot): readonly Question[] {
  return itemsOf(pages, isAsked)
}

export function mergedOf({ pages }: AwaySnapshot): readonly Question[] {
  return itemsOf(pages, (item) => !isAsked(item))
}

function itemsOf(pages: readonly AwayPage[], isWanted: (item: AwayItem) => boolean): readonly Question[] {
  return pages.flatMap((page) => page.items.filter(isWanted).map((item) => ({ page, item })))
}

/** Where one goes to look: the page of the first question, else the first page. */
export function firstPage({ pages }: AwaySnapshot): PageId | null {
  return pages[0]?.pageId ?? null
}

/** The question that a key leads to; at the ends one stays. */
export function stepFrom(questions: readonly Question[], key: string | null, step: 1 | -1): Question | undefined {
  const at = questions.findIndex(({ page, item }) => keyOf(page.pageId, item) === key)
  return questions[Math.min(questions.length - 1, Math.max(0, (at === -1 ? 0 : at) + (at === -1 ? 0 : step)))]
}

export function keyOf(pageId: PageId, item: AwayItem): string {
  return `${pageId} ${item.id}`
}
