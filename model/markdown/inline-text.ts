import { markOrder } from '../page-content.ts'
import type { PageMark, PageNode } from '../page-content.ts'

/** Marks of running text: at most one of each type, in `markOrder`. */
export type Marks = readonly PageMark[]

/** Adds a mark, in place of one of the same type. */
export function withMark(marks: Marks, mark: PageMark): Marks {
  const others = marks.filter(({ type }) => type !== mark.type)
  return [...others, mark].toSorted((a, b) => markOrder.indexOf(a.type) - markOrder.indexOf(b.type))
}

export function sameMark(a: PageMark, b: PageMark): boolean {
  return a.type === b.type && JSON.stringify(a.attrs ?? {}) === JSON.stringify(b.attrs ?? {})
}

export function hasMark(node: PageNode, mark: PageMark): boolean {
  return node.marks?.some((own) => sameMark(own, mark)) ?? false
}

export function textNode(text: string, marks: Marks): PageNode {
  return marks.length > 0 ? { type: 'text', text, marks } : { type: 'text', text }
}

/**
 * Brings running text into the one form that Markdown can carry there and back: no space at the edges or beside a line
 * break, no break at the edges, and a space between two words carries only the marks that both words have.
 */
export function tidyInline(nodes: readonly PageNode[]): PageNode[] {
  return joinTexts(settleSpaces(trimSpaces(splitSpaces(nodes))))
}

function isText(node: PageNode | undefined): node is PageNode & { readonly text: string } {
  return node?.type === 'text' && typeof node.text === 'string'
}

function isCode(node: PageNode): boolean {
  return node.marks?.some(({ type }) => type === 'code') ?? false
}

/** Spaces at the edges of a text as nodes of their own; code keeps its spaces. */
function splitSpaces(nodes: readonly PageNode[]): PageNode[] {
  return nodes.flatMap((node) => {
    if (!isText(node) || isCode(node)) return [node]
    const clean = node.text.replaceAll(/[ \t]*[\n\r][ \t\n\r]*/g, ' ')
    const start = clean.length - clean.trimStart().length
    const end = Math.max(start, clean.trimEnd().length)
    const parts = [clean.slice(0, start), clean.slice(start, end), clean.slice(end)]
    return parts.filter((part) => part !== '').map((part) => ({ ...node, text: part }))
  })
}

function isSpace(node: PageNode | undefined): boolean {
  return isText(node) && !isCode(node) && node.text.trim() === ''
}

/** Other spaces, such as a non-breaking one, are content and stay. */
function isPlainSpace(node: PageNode | undefined): boolean {
  return isText(node) && isSpace(node) && /^[ \t]*$/.test(node.text)
}

function trimSpaces(nodes: readonly PageNode[]): PageNode[] {
  const kept: PageNode[] = []
  const dropSpaces = () => {
    while (isPlainSpace(kept.at(-1))) kept.pop()
  }
  for (const node of nodes) {
    const last = kept.at(-1)
    if (node.type === 'hardBreak') dropSpaces()
    const atEdge = kept.length === 0 || last?.type === 'hardBreak'
    if (isPlainSpace(node) && atEdge) continue
    if (node.type === 'hardBreak' && kept.length === 0) continue
    kept.push(node)
  }
  while (isPlainSpace(kept.at(-1)) || kept.at(-1)?.type === 'hardBreak') kept.pop()
  return kept.map((node, index) => trimBesideBreak(node, kept[index - 1], kept[index + 1]))
}

/** A run of mixed spaces at an edge keeps what is not a plain space. */
function trimBesideBreak(node: PageNode, before: PageNode | undefined, after: PageNode | undefined): PageNode {
  if (!isText(node) || !isSpace(node)) return node
  const starts = before === undefined || before.type === 'hardBreak'
  const ends = after === undefined || after.type === 'hardBreak'
  let { text } = node
  if (starts) text = text.replace(/^[ \t]+/, '')
  if (ends) text = text.replace(/[ \t]+$/, '')
  return { ...node, text }
}

function settleSpaces(nodes: readonly PageNode[]): PageNode[] {
  const left: (PageNode | undefined)[] = []
  let word: PageNode | undefined
  for (const node of nodes) {
    left.push(word)
    if (!isSpace(node)) word = node
  }
  word = undefined
  const settled: PageNode[] = []
  for (const [index, node] of [...nodes.entries()].toReversed()) {
    settled.push(isSpace(node) ? sharedMarks(node, left[index], word) : node)
    if (!isSpace(node)) word = node
  }
  return settled.toReversed()
}

function sharedMarks(space: PageNode, before: PageNode | undefined, after: PageNode | undefined): PageNode {
  const marks = (space.marks ?? []).filter(
    (mark) => before !== undefined && after !== undefined && hasMark(before, mark) && hasMark(after, mark),
  )
  return textNode(space.text ?? '', marks)
}

function joinTexts(nodes: readonly PageNode[]): PageNode[] {
  const joined: PageNode[] = []
  for (const node of nodes) {
    const last = joined.at(-1)
    if (isText(node) && node.text === '') continue
    if (isText(node) && isText(last) && JSON.stringify(node.marks ?? []) === JSON.stringify(last.marks ?? [])) {
      joined[joined.length - 1] = { ...last, text: last.text + node.text }
    } else {
      joined.push(node)
    }
  }
  return joined
}
