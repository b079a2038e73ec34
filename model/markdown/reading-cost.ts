/**
 * How long micromark would take over a text, in microseconds, as far as it is worse than proportional. The weights were
 * measured in November 2026 with remark-parse 11 and remark-gfm 4 on a 2-core machine (hostile texts of 1,500 and 3,000
 * parts); a real README costs under a millisecond here.
 */
const maxCostUs = 5_000_000
const maxMarkersInLine = 60
const maxIndentColumns = 400

/** Whether reading would hang or exhaust the stack: the file then comes in as plain text. One pass, no backtracking. */
export function isTooComplex(markdown: string): boolean {
  if (isOneCodeBlock(markdown)) return false
  let costUs = 0
  let deepestColumns = 0
  let paragraph: string[] = []
  for (const line of markdown.split('\n')) {
    const { markers, columns, rest } = readPrefix(line)
    if (markers > maxMarkersInLine) return true
    if (markers > 0) deepestColumns = Math.max(deepestColumns, columns)
    if (deepestColumns > maxIndentColumns) return true
    costUs += 1.6 * markers ** 2 + 0.17 * (Math.min(columns, deepestColumns) / 2) ** 2
    const startsNew = rest === '' || markers > 0
    if (startsNew) {
      costUs += paragraphCost(paragraph)
      paragraph = []
    }
    paragraph.push(rest)
    if (costUs > maxCostUs) return true
  }
  return costUs + paragraphCost(paragraph) > maxCostUs
}

interface Prefix {
  /** Markers of quotes and lists that begin the line. */
  readonly markers: number
  readonly columns: number
  readonly rest: string
}

const marker = /(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))/y

function readPrefix(line: string): Prefix {
  let markers = 0
  let columns = 0
  let at = 0
  for (;;) {
    while (line[at] === ' ' || line[at] === '\t') columns += line[at++] === '\t' ? 4 : 1
    marker.lastIndex = at
    const found = marker.exec(line)
    if (found === null || markers > maxMarkersInLine) return { markers, columns, rest: line.slice(at) }
    markers++
    at = marker.lastIndex
  }
}

const delimiterRow = /^\|?[ \t]*:?-+[ \t:|-]*$/

/** Running text is read as one piece; a table cell by cell, so that its lines do not add up. */
function paragraphCost(lines: readonly string[]): number {
  const [, second = ''] = lines
  const isTable = second !== '' && delimiterRow.test(second)
  return isTable ? lines.reduce((sum, line) => sum + textCost(line), 0) : textCost(lines.join('\n'))
}

/** Emphasis that nests, brackets that nest, and runs of backticks that never close. */
function textCost(text: string): number {
  let runs = 0
  let longestRun = 0
  let depth = 0
  let deepest = 0
  const tickRuns = new Set<number>()
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '[') deepest = Math.max(deepest, ++depth)
    else if (character === ']') depth = Math.max(0, depth - 1)
    else if (character === '*' || character === '_' || character === '~' || character === '`') {
      const start = at
      while (text[at + 1] === character) at++
      const length = at - start + 1
      if (character === '`') tickRuns.add(length)
      else runs++
      longestRun = Math.max(longestRun, length)
    }
  }
  return 0.09 * runs ** 2 + 0.9 * deepest ** 2 + 0.06 * longestRun ** 2 + 0.014 * tickRuns.size * text.length
}

const onlyFence = /^\s*(?:# [^\n]*\n+)?(`{3,})[^`\n]*\n/

/** A file that was too complex once, exported again: the whole of it is one fence, which reads in proportional time. */
function isOneCodeBlock(markdown: string): boolean {
  const fence = onlyFence.exec(markdown)?.[1]
  if (fence === undefined) return false
  const text = markdown.trimEnd()
  return (
    text.endsWith(`\n${fence}`) &&
    text.indexOf(`\n${fence}`, text.indexOf(fence) + 1) === text.length - fence.length - 1
  )
}
