import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { fileHashesIn } from './file-hashes.ts'
import { bodyName } from './page.ts'

const one = 'a'.repeat(64)
const two = '0123456789abcdef'.repeat(4)

it('finds the files that images and attachments of a page name, each once', () => {
  const doc = new Y.Doc()
  const imageOf = (file: string) => {
    const image = new Y.XmlElement('image')
    image.setAttribute('file', file)
    return image
  }
  const attachment = new Y.XmlElement('attachment')
  attachment.setAttribute('file', two)
  attachment.setAttribute('name', 'begroting.xlsx')
  doc.getXmlFragment(bodyName).insert(0, [imageOf(one), attachment, imageOf(one)])
  expect(fileHashesIn(Y.encodeStateAsUpdate(doc)).toSorted()).toEqual([two, one])
})

it('finds nothing in pages without files', () => {
  const doc = new Y.Doc()
  doc.getXmlFragment(bodyName).insert(0, [new Y.XmlText(`Lang: ${'abc '.repeat(100)}@`)])
  expect(fileHashesIn(Y.encodeStateAsUpdate(doc))).toEqual([])
})
