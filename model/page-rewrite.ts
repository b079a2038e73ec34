import * as Y from 'yjs'
import { readElement, readText, yChildren, yMarks, type YElement } from './page-body.ts'
import type { PageNode } from './page-content.ts'
import { textOf } from './page-lines.ts'
import { likenessOfTexts, listDifference, wordDifference } from './word-difference.ts'

/** A child as it is to be: an element, or a run of text with its marks. */
type Wanted =
  | { readonly type: 'text'; readonly texts: readonly PageNode[] }
  | { readonly type: 'element'; readonly node: PageNode }

/**
 * Makes a body say what another says by changing only what differs. What stays keeps its identity, so whatever others do
 * to it meanwhile survives the merge. Call it inside `transact`.
 */
export function rewriteBody(fragment: Y.XmlFragment, target: PageNode): void {
  rewriteChildren(fragment, target.content ?? [])
}

function rewriteChildren(parent: Y.XmlFragment, content: readonly PageNode[]): void {
  const steps = listDifference(parent.toArray().flatMap(knownChild), wantedOf(content), {
    keyOfBefore: (child) => JSON.stringify(child instanceof Y.XmlText ? readText(child) : readElement(child, 0)),
    keyOfAfter: (wanted) => JSON.stringify(wanted.type === 'text' ? wanted.texts : wanted.node),
    likeness: likenessOf,
  })
  let index = 0
  for (const step of steps) {
    if (step.type === 'removed') parent.delete(index, 1)
    else {
      if (step.type === 'added') insert(parent, index, step.after)
      else if (step.type === 'changed') rewrite(step.before, step.after)
      index += 1
    }
  }
}

function knownChild(child: unknown): readonly (YElement | Y.XmlText)[] {
  if (child instanceof Y.XmlText) return [child]
  return child instanceof Y.XmlElement ? [child as YElement] : []
}

function wantedOf(content: readonly PageNode[]): readonly Wanted[] {
  const wanted: Wanted[] = []
  for (const node of content) {
    const last = wanted.at(-1)
    if (node.type !== 'text') wanted.push({ type: 'element', node })
    else if (last?.type === 'text') wanted[wanted.length - 1] = { type: 'text', texts: [...last.texts, node] }
    else wanted.push({ type: 'text', texts: [node] })
  }
  return wanted
}

function likenessOf(child: YElement | Y.XmlText, wanted: Wanted): number | null {
  if (child instanceof Y.XmlText) return wanted.type === 'text' ? 1 : null
  if (wanted.type === 'text' || child.nodeName !== wanted.node.type) return null
  return likenessOfTexts(textOf(readElement(child, 0)), textOf(wanted.node))
}

function insert(parent: Y.XmlFragment, index: number, wanted: Wanted): void {
  const nodes = wanted.type === 'text' ? wanted.texts : [wanted.node]
  parent.insert(index, yChildren(nodes) as Y.XmlElement[])
}

function rewrite(child: YElement | Y.XmlText, wanted: Wanted): void {
  if (child instanceof Y.XmlText) {
    if (wanted.type === 'text') rewriteText(child, wanted.texts)
  } else if (wanted.type === 'element') {
    rewriteAttributes(child, wanted.node.attrs ?? {})
    rewriteChildren(child, wanted.node.content ?? [])
  }
}

function rewriteAttributes(element: YElement, attrs: Readonly<Record<string, unknown>>): void {
  const now: Readonly<Record<string, unknown>> = readElement(element, 0).attrs ?? {}
  for (const name of Object.keys(now)) if (!(name in attrs)) element.removeAttribute(name)
  for (const [name, value] of Object.entries(attrs)) {
    if (JSON.stringify(now[name]) !== JSON.stringify(value)) element.setAttribute(name, value as string)
  }
}

function rewriteText(text: Y.XmlText, texts: readonly PageNode[]): void {
  const now = readText(text)
    .map((run) => run.text ?? '')
    .join('')
  const wanted = texts.map((run) => run.text ?? '').join('')
  const words = wordDifference(now, wanted).map(({ text: run, change }) => {
    if (change === 'added') return { insert: run, attributes: {} }
    return change === 'removed' ? { delete: run.length } : { retain: run.length }
  })
  if (now !== wanted) text.applyDelta(words, { sanitize: false })
  restyle(text, texts)
}

interface Run {
  readonly length: number
  readonly marks: string
  readonly attributes: Readonly<Record<string, unknown>>
}

/** Gives every letter the marks that it is to have, and leaves those alone that have them. */
function restyle(text: Y.XmlText, texts: readonly PageNode[]): void {
  const steps: { retain: number; attributes?: Record<string, unknown> }[] = []
  const have = readText(text).map(runOf)
  const keys = keysIn(text)
  let [at, left] = [0, have[0]?.length ?? 0]
  for (const want of texts.map(runOf)) {
    let open = want.length
    while (open > 0) {
      const run = have[at]
      if (run === undefined) break
      const retain = Math.min(open, left)
      const attributes = { ...Object.fromEntries(keys.map((key) => [key, null])), ...want.attributes }
      steps.push(run.marks === want.marks ? { retain } : { retain, attributes })
      open -= retain
      left -= retain
      if (left === 0) left = have[(at += 1)]?.length ?? 0
    }
  }
  if (steps.some(({ attributes }) => attributes !== undefined)) text.applyDelta(steps, { sanitize: false })
}

function runOf({ text = '', marks = [] }: PageNode): Run {
  return { length: text.length, marks: JSON.stringify(marks), attributes: yMarks(marks) }
}

/** The names under which marks stand in the text: y-prosemirror adds a digest to those that may stand there twice. */
function keysIn(text: Y.XmlText): readonly string[] {
  const keys = new Set<string>()
  for (const part of text.toDelta() as readonly { readonly attributes?: object }[]) {
    for (const key of Object.keys(part.attributes ?? {})) keys.add(key)
  }
  return [...keys]
}
