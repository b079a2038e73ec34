import { describe, expect, it } from 'vitest'
import type { DocumentId, PersonId, SpaceId } from '../../model/ids.ts'
import { decodeList, encodeList, type StoredDocument } from './document-record.ts'

const space = 's'.padStart(26, 'a') as SpaceId
const person = 'p'.padStart(26, 'a') as PersonId

function record(letter: string, more: Partial<StoredDocument> = {}): StoredDocument {
  return {
    id: letter.padStart(26, 'a') as DocumentId,
    spaceId: space,
    kind: 'page',
    pageKind: 'wiki',
    ownerId: null,
    title: `Page ${letter}`,
    icon: null,
    archived: false,
    minSchema: 1,
    held: true,
    compare: false,
    changedAtMs: 1_780_000_000_000,
    ...more,
  }
}

const records = [
  record('b', { title: '' }),
  record('c', { title: 'Twee\nregels "en" é 🧂', icon: 'salt' }),
  record('d', { ownerId: person, pageKind: 'note', held: false, compare: true, changedAtMs: 0 }),
  record('e', { kind: 'space', pageKind: null, archived: true, minSchema: 3, changedAtMs: 1_790_000_000_001 }),
]

describe('list of documents', () => {
  it('says after reading what was written, waiting for nothing', () => {
    expect(decodeList(encodeList(records))).toEqual(records.map((each) => ({ ...each, waiting: 0 })))
  })

  it('says after reading that there is no document', () => {
    expect(decodeList(encodeList([]))).toEqual([])
  })

  it.each([
    ['cut text', (text: string) => text.slice(0, -5)],
    ['fewer titles', (text: string) => text.replace('Twee', 'T')],
    ['fewer ids', (text: string) => text.replace(records[0]?.id ?? '', '')],
    ['an unknown kind', (text: string) => text.replace('wiki', 'wika')],
    ['another thing', () => '[1]'],
    ['nothing', () => 'null'],
  ])('is no list with %s', (_what, change) => {
    expect(decodeList(change(encodeList(records)))).toBeUndefined()
  })
})
