import type { DifferentLine } from '../../../model/page-difference.ts'

/** Lines shown beside a change, on each side. */
const context = 2
/** Fewer are shown: a fold of three lines saves nothing. */
const leastFolded = 4

/** A stretch of lines: shown, or folded into one that says how many stayed the same. */
export interface Stretch {
  readonly isFolded: boolean
  readonly lines: readonly DifferentLine[]
}

/** Folds what stayed the same far from any change. */
export function foldLines(lines: readonly DifferentLine[]): readonly Stretch[] {
  const near = new Set<number>()
  for (const [index, { change }] of lines.entries()) {
    if (change === 'same') continue
    for (let i = index - context; i <= index + context; i += 1) near.add(i)
  }
  const stretches: { isFolded: boolean; lines: DifferentLine[] }[] = []
  for (const [index, line] of lines.entries()) {
    const isFolded = !near.has(index)
    const last = stretches.at(-1)
    if (last?.isFolded === isFolded) last.lines.push(line)
    else stretches.push({ isFolded, lines: [line] })
  }
  return stretches.map(({ isFolded, lines: held }) => ({
    isFolded: isFolded && held.length >= leastFolded,
    lines: held,
  }))
}

/** Rows of one table that follow each other are drawn as one. */
export function groupRows(lines: readonly DifferentLine[]): readonly (readonly DifferentLine[])[] {
  const groups: DifferentLine[][] = []
  for (const line of lines) {
    const last = groups.at(-1)
    if (line.kind === 'row' && last?.[0]?.kind === 'row') last.push(line)
    else groups.push([line])
  }
  return groups
}
