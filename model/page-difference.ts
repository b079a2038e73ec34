import type { PageNode } from './page-content.ts'
import { linesOf, type PageLine } from './page-lines.ts'
import { likenessOfTexts, listDifference, wordDifference, type DifferentWords } from './word-difference.ts'

/**
 * One line of a page beside what became of it. `restyled`: the same words, and something else about them is different.
 * What a line stands in is that of the later one, save for what was removed.
 */
export interface DifferentLine extends Omit<PageLine, 'cells' | 'style'> {
  readonly change: 'same' | 'added' | 'removed' | 'changed' | 'restyled'
  readonly cells: readonly (readonly DifferentWords[])[]
}

/** What became of a page, from top to bottom. */
export function pageDifference(before: PageNode, after: PageNode): readonly DifferentLine[] {
  const steps = listDifference(linesOf(before), linesOf(after), {
    keyOfBefore: keyOf,
    keyOfAfter: keyOf,
    likeness: likenessOf,
  })
  return steps.map((step) => {
    if (step.type === 'added') return wholeLine(step.after, 'added')
    if (step.type === 'removed') return wholeLine(step.before, 'removed')
    if (step.type === 'same') return wholeLine(step.after, 'same')
    return changedLine(step.before, step.after)
  })
}

/** How many lines are not what they were. */
export function countChanges(lines: readonly DifferentLine[]): number {
  return lines.filter(({ change }) => change !== 'same').length
}

function keyOf(line: PageLine): string {
  return JSON.stringify(line)
}

function likenessOf(before: PageLine, after: PageLine): number | null {
  if ((before.kind === 'row') !== (after.kind === 'row')) return null
  const words = likenessOfTexts(before.cells.join(' '), after.cells.join(' '))
  // Of lines that are equally alike the same kind goes first.
  return before.kind === after.kind ? words : words * 0.9
}

function wholeLine({ cells, style: _style, ...line }: PageLine, change: 'same' | 'added' | 'removed'): DifferentLine {
  return { ...line, change, cells: cells.map((text) => (text === '' ? [] : [{ text, change }])) }
}

function changedLine(before: PageLine, { cells, style: _style, ...line }: PageLine): DifferentLine {
  const isSame = before.cells.length === cells.length && before.cells.every((text, index) => text === cells[index])
  const count = Math.max(before.cells.length, cells.length)
  const words = Array.from({ length: count }, (_, index) =>
    wordDifference(before.cells[index] ?? '', cells[index] ?? ''),
  )
  return { ...line, change: isSame ? 'restyled' : 'changed', cells: words }
}
