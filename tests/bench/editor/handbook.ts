import * as Y from 'yjs'
import { bodyFragmentName } from '../../../model/page-content.ts'
import { sentence } from '../sample-pages.mjs'

export interface Handbook {
  readonly words: number
  /** Top-level blocks. */
  readonly blocks: number
  /** The paragraph halfway, in which the keys are typed. */
  readonly middle: number
  /** A paragraph far above it, in which somebody else types. */
  readonly elsewhere: number
  readonly bytes: Uint8Array
}

const wordsOfPage = 126_000
const paragraphsOfSection = 4
/** Alternating lengths; 56 words are about four lines of the column. */
const wordsOfParagraph = [64, 40, 72, 48]
const everyThird = 3

/**
 * A handbook as people write them: sections of a heading, four paragraphs of 40 to 72 words with a few words in bold and a link in
 * every other one, a list of five, and in every third a table of four rows by three.
 */
export function handbook(): Handbook {
  const doc = new Y.Doc({ gc: false })
  doc.clientID = 1000
  const blocks: Y.XmlElement[] = []
  let words = 0
  const say = (count: number) => {
    words += count
    return sentence(words % 977, count)
  }
  for (let section = 1; words < wordsOfPage; section += 1) blocks.push(...sectionOf(section, say))
  doc.getXmlFragment(bodyFragmentName).insert(0, blocks)
  const paragraphFrom = (start: number) =>
    blocks.findIndex((block, place) => place >= start && block.nodeName === 'paragraph')
  const middle = paragraphFrom(Math.floor(blocks.length / 2) + 2)
  const elsewhere = paragraphFrom(Math.floor(blocks.length / 4))
  return { words, blocks: blocks.length, middle, elsewhere, bytes: Y.encodeStateAsUpdate(doc) }
}

function sectionOf(section: number, say: (count: number) => string): readonly Y.XmlElement[] {
  const heading = textBlock('heading', say(4))
  heading.setAttribute('level', 2 as never)
  const paragraphs = Array.from({ length: paragraphsOfSection }, (_, place) =>
    textBlock('paragraph', say(wordsOfParagraph[place % wordsOfParagraph.length] ?? 0), { isMarked: place % 2 === 1 }),
  )
  const list = listOf(Array.from({ length: 5 }, () => say(12)))
  const table = section % everyThird === 0 ? [tableOf(4, 3, () => say(3))] : []
  return [heading, ...paragraphs, list, ...table]
}

function listOf(lines: readonly string[]): Y.XmlElement {
  return parent(
    'bulletList',
    lines.map((line) => parent('listItem', [textBlock('paragraph', line)])),
  )
}

function tableOf(rows: number, columns: number, text: () => string): Y.XmlElement {
  const cells = (name: string) => Array.from({ length: columns }, () => parent(name, [textBlock('paragraph', text())]))
  return parent(
    'table',
    Array.from({ length: rows }, (_, row) => parent('tableRow', cells(row === 0 ? 'tableHeader' : 'tableCell'))),
  )
}

function textBlock(name: string, words: string, { isMarked = false } = {}): Y.XmlElement {
  const element = new Y.XmlElement(name)
  const text = new Y.XmlText(words)
  if (isMarked) {
    text.format(20, 12, { bold: {} })
    text.format(90, 15, { link: { href: 'https://example.org/winterdienst' } })
  }
  element.insert(0, [text])
  return element
}

function parent(name: string, children: readonly Y.XmlElement[]): Y.XmlElement {
  const element = new Y.XmlElement(name)
  element.insert(0, [...children])
  return element
}
