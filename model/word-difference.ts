import { diffArrays, diffWordsWithSpace } from 'diff'

/** A run of text: in both, only in the later one, or only in the earlier one. */
export interface DifferentWords {
  readonly text: string
  readonly change: 'same' | 'added' | 'removed'
}

/** Beyond this many edits two texts are two texts: comparing them word by word would take seconds and show nothing. */
const maxEditLength = 2000

/** Word by word what became of a text. */
export function wordDifference(before: string, after: string): readonly DifferentWords[] {
  if (before === after) return before === '' ? [] : [{ text: before, change: 'same' }]
  const parts = diffWordsWithSpace(before, after, { maxEditLength })
  if (parts === undefined) return whole(before, after)
  return parts.map(({ value, added, removed }) => ({
    text: value,
    change: added ? 'added' : removed ? 'removed' : 'same',
  }))
}

function whole(before: string, after: string): readonly DifferentWords[] {
  const parts: readonly DifferentWords[] = [
    { text: before, change: 'removed' },
    { text: after, change: 'added' },
  ]
  return parts.filter(({ text }) => text !== '')
}

/** One step in turning a list into another. */
export type ListStep<A, B> =
  | { readonly type: 'same'; readonly before: A; readonly after: B }
  | { readonly type: 'changed'; readonly before: A; readonly after: B }
  | { readonly type: 'removed'; readonly before: A }
  | { readonly type: 'added'; readonly after: B }

export interface ListRules<A, B> {
  readonly keyOfBefore: (one: A) => string
  readonly keyOfAfter: (one: B) => string
  /** From 0, nothing in common, to 1; null where one cannot become the other. */
  readonly likeness: (before: A, after: B) => number | null
}

/** Below this, two things are two things and not one that changed. */
const leastLikeness = 0.3
/** A stretch of this many pairs or more is paired in order, without looking for the best way. */
const maxPairs = 40_000

/** What became of a list: what is the same stays, and in between, what is alike is paired, in order. */
export function listDifference<A, B>(
  before: readonly A[],
  after: readonly B[],
  rules: ListRules<A, B>,
): readonly ListStep<A, B>[] {
  const parts = diffArrays(before.map(rules.keyOfBefore), after.map(rules.keyOfAfter), { maxEditLength })
  if (parts === undefined) return paired(before, after, rules)
  const steps: ListStep<A, B>[] = []
  let [atBefore, atAfter] = [0, 0]
  let [removed, added]: [A[], B[]] = [[], []]
  const endStretch = () => {
    steps.push(...paired(removed, added, rules))
    ;[removed, added] = [[], []]
  }
  for (const part of parts) {
    if (part.removed) removed.push(...before.slice(atBefore, (atBefore += part.count)))
    else if (part.added) added.push(...after.slice(atAfter, (atAfter += part.count)))
    else {
      endStretch()
      steps.push(...sameSteps(before.slice(atBefore, (atBefore += part.count)), after, atAfter))
      atAfter += part.count
    }
  }
  endStretch()
  return steps
}

function sameSteps<A, B>(before: readonly A[], after: readonly B[], at: number): readonly ListStep<A, B>[] {
  return before.flatMap((one, index) => {
    const other = after[at + index]
    return other === undefined ? [] : [{ type: 'same', before: one, after: other }]
  })
}

/** The pairing in order whose likenesses add up to most; what is left alone was removed or added. */
function paired<A, B>(
  before: readonly A[],
  after: readonly B[],
  { likeness }: ListRules<A, B>,
): readonly ListStep<A, B>[] {
  const [rows, columns] = [before.length, after.length]
  if (rows === 0 || columns === 0 || rows * columns > maxPairs) {
    return [...before.map((one) => ({ type: 'removed', before: one }) as const), ...after.map(addedStep)]
  }
  const width = columns + 1
  const best = new Float64Array((rows + 1) * width)
  const scores = new Float64Array(rows * columns)
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const score = scoreOf(likeness, before[row], after[column])
      scores[row * columns + column] = score
      const both = score > 0 ? score + (best[(row + 1) * width + column + 1] ?? 0) : 0
      const one = Math.max(best[(row + 1) * width + column] ?? 0, best[row * width + column + 1] ?? 0)
      best[row * width + column] = Math.max(both, one)
    }
  }
  return followBest(before, after, { best, scores })
}

function followBest<A, B>(
  before: readonly A[],
  after: readonly B[],
  { best, scores }: { readonly best: Float64Array; readonly scores: Float64Array },
): readonly ListStep<A, B>[] {
  const width = after.length + 1
  const bestAt = (row: number, column: number) => best[row * width + column] ?? 0
  const steps: ListStep<A, B>[] = []
  let column = 0
  for (const [row, one] of before.entries()) {
    // Later ones that no earlier one becomes.
    while (column < after.length && isBetterWithout(bestAt, row, column)) pushAdded(steps, after[column++])
    const [score, other] = [scores[row * after.length + column] ?? 0, after[column]]
    const isPair = other !== undefined && score > 0 && bestAt(row, column) === score + bestAt(row + 1, column + 1)
    if (isPair) column += 1
    steps.push(isPair ? { type: 'changed', before: one, after: other } : { type: 'removed', before: one })
  }
  for (const other of after.slice(column)) pushAdded(steps, other)
  return steps
}

/** Whether what comes after the later one alone is worth as much as with it, and leaving the earlier one out is not. */
function isBetterWithout(bestAt: (row: number, column: number) => number, row: number, column: number): boolean {
  const here = bestAt(row, column)
  return here === bestAt(row, column + 1) && here !== bestAt(row + 1, column)
}

function pushAdded<A, B>(steps: ListStep<A, B>[], after: B | undefined): void {
  if (after !== undefined) steps.push({ type: 'added', after })
}

function scoreOf<A, B>(likeness: ListRules<A, B>['likeness'], one: A | undefined, other: B | undefined): number {
  if (one === undefined || other === undefined) return 0
  const score = likeness(one, other)
  return score === null || score < leastLikeness ? 0 : score
}

function addedStep<B>(after: B): ListStep<never, B> {
  return { type: 'added', after }
}

/** How much two texts have in common: twice the shared words over all words; 1 where both are empty. */
export function likenessOfTexts(one: string, other: string): number {
  const [words, others] = [wordsOf(one), wordsOf(other)]
  if (words.length + others.length === 0) return 1
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  let shared = 0
  for (const word of others) {
    const left = counts.get(word) ?? 0
    if (left === 0) continue
    counts.set(word, left - 1)
    shared += 1
  }
  return (2 * shared) / (words.length + others.length)
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}
