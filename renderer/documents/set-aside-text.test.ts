import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { writeAct } from '../../model/acts.ts'
import { mintId, type DocumentId, type PageId } from '../../model/ids.ts'
import { textOfUpdate } from './connection-live.ts'

let counter = 0
const fillRandom = (bytes: Uint8Array) => bytes.fill((counter += 1))

it('gives back the words of a comment that was refused', () => {
  const doc = new Y.Doc()
  const page = mintId<PageId>(fillRandom)
  const document = mintId<DocumentId>(fillRandom)
  for (const text of ['Mijn vraag', 'En nog een'])
    writeAct(doc, document, {
      act: { kind: 'comment', page, anchor: null, text: [text] },
      nowMs: 1,
      counter: 0,
      fillRandom,
    })
  expect(textOfUpdate(Y.encodeStateAsUpdate(doc)).split('\n\n').toSorted()).toEqual(['En nog een', 'Mijn vraag'])
})
