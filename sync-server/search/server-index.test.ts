import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { mustParseId, type DocumentId, type SpaceId } from '../../model/ids.ts'
import { pageUpdate } from '../../model/page-update.ts'
import { pageFromMarkdown } from '../page-writing.ts'
import { ServerIndex, type IndexedDocument } from './server-index.ts'

const spaceId = mustParseId<SpaceId>('s'.repeat(26))
const documentId = mustParseId<DocumentId>('a'.repeat(26))

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plein-index-'))
  path = join(folder, 'search.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function document(version: string, markdown: string): IndexedDocument {
  const page = {
    kind: 'wiki',
    title: 'Winterdienst',
    icon: null,
    ...pageFromMarkdown('Winterdienst', markdown),
  } as const
  return {
    ...{ documentId, spaceId, version, kind: 'page', pageKind: 'wiki', ownerId: null, changedAtMs: 1, archived: false },
    title: 'Uit de lijst',
    pieces: [pageUpdate(page).update],
  }
}

function found(index: ServerIndex, text: string): readonly string[] {
  const hits = index.find({ text, filter: {}, limit: 5, nowMs: 1 })
  return hits.map(({ title }) => title.map((part) => part.text).join(''))
}

it('lacks what it does not have as it is now', () => {
  const index = new ServerIndex(path, 'one')
  const lacking = (version: string) => index.lacking([{ documentId, version }])
  expect(lacking('s 1')).toEqual([documentId])
  index.put([document('s 1', 'Over zeeanemonen.')])
  expect([lacking('s 1'), lacking('s 2')]).toEqual([[], [documentId]])
  index.put([document('s 2', 'Over pekel.')])
  expect([found(index, 'zeeanemoon'), found(index, 'pekel')]).toEqual([[], ['Winterdienst']])
  index.close()
})

it('keeps what it has over a restart, and nothing of another generation or layout', () => {
  const first = new ServerIndex(path, 'one')
  first.put([document('s 1', 'Over zeeanemonen.')])
  first.close()
  const second = new ServerIndex(path, 'one')
  expect(found(second, 'zeeanemoon')).toEqual(['Winterdienst'])
  second.close()
  const restored = new ServerIndex(path, 'two')
  expect([found(restored, 'zeeanemoon'), restored.lacking([{ documentId, version: 's 1' }])]).toEqual([
    [],
    [documentId],
  ])
  restored.close()
})

it.each([
  ['is damaged', Buffer.alloc(9000, 7)],
  ['is empty', Buffer.alloc(0)],
  ['is no database', Buffer.from('a letter to the editor')],
])('is made again where its file %s', (_, bytes) => {
  const first = new ServerIndex(path, 'one')
  first.put([document('s 1', 'Over zeeanemonen.')])
  first.close()
  writeFileSync(path, bytes)
  const index = new ServerIndex(path, 'one')
  expect([found(index, 'zeeanemoon'), index.lacking([{ documentId, version: 's 1' }])]).toEqual([[], [documentId]])
  index.put([document('s 1', 'Over zeeanemonen.')])
  expect(found(index, 'zeeanemoon')).toEqual(['Winterdienst'])
  index.close()
})

it('finds a page whose bytes cannot be read by the title that lists show', () => {
  const index = new ServerIndex(':memory:', 'one')
  index.put([{ ...document('s 1', 'Over zeeanemonen.'), pieces: null }])
  expect([found(index, 'lijst'), found(index, 'zeeanemoon')]).toEqual([['Uit de lijst'], []])
  index.close()
})
