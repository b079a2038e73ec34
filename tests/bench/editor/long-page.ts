import * as Y from 'yjs'
import { sentence } from '../sample-pages.mjs'

export const longPageWords = 126_000

/** A page as long as a thick book, as one update: sections of a heading, paragraphs and a list, as people write them. */
export function longPage(): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = 1000
  doc.transact(() => {
    const blocks = Array.from({ length: longPageWords / wordsPerSection }, (_, index) => section(index)).flat()
    doc.getXmlFragment('body').insert(0, blocks)
  })
  return Y.encodeStateAsUpdate(doc)
}

const wordsPerSection = 200

function section(index: number): readonly Y.XmlElement[] {
  const heading = new Y.XmlElement<{ level: number }>('heading')
  heading.setAttribute('level', 2 + (index % 2))
  heading.insert(0, [text(index, 5)])
  const list = new Y.XmlElement('bulletList')
  list.insert(
    0,
    [10, 15, 10].map((words, place) => element('listItem', paragraph(index + place, words))),
  )
  return [
    heading as Y.XmlElement,
    ...[60, 25].map((words, place) => paragraph(index * 3 + place, words)),
    list,
    ...[45, 30].map((words, place) => paragraph(index * 5 + place, words)),
  ]
}

function paragraph(seed: number, words: number): Y.XmlElement {
  return element('paragraph', text(seed, words))
}

function element(name: string, child: Y.XmlElement | Y.XmlText): Y.XmlElement {
  const made = new Y.XmlElement(name)
  made.insert(0, [child])
  return made
}

/** Some words of every fifth are bold. */
function text(seed: number, words: number): Y.XmlText {
  const made = new Y.XmlText()
  made.insert(0, sentence(seed, words))
  if (seed % 5 === 0) made.format(3, 10, { bold: {} })
  return made
}
