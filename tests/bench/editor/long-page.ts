import * as Y from 'yjs'
import { sentence } from '../sample-pages.mjs'

export const longPageWords = 126_000
const wordsPerParagraph = 60

/** A page as long as a thick book, as one update: every twelfth block a heading, some words of every fifth bold. */
export function longPage(): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = 1000
  doc.transact(() => {
    const count = Math.ceil(longPageWords / wordsPerParagraph)
    doc.getXmlFragment('body').insert(0, Array.from({ length: count }, (_, index) => block(index)))
  })
  return Y.encodeStateAsUpdate(doc)
}

function block(index: number): Y.XmlElement {
  const isHeading = index % 12 === 0
  const element = new Y.XmlElement<{ level: number }>(isHeading ? 'heading' : 'paragraph')
  if (isHeading) element.setAttribute('level', 2)
  const text = new Y.XmlText()
  text.insert(0, sentence(index, isHeading ? 5 : wordsPerParagraph))
  if (index % 5 === 0) text.format(3, 10, { bold: {} })
  element.insert(0, [text])
  return element as Y.XmlElement
}
