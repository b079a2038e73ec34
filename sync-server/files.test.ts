import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { apiLimits } from '../model/api.ts'
import { mintId, parseFileHash, type FileHash, type SpaceId } from '../model/ids.ts'
import { FileShelf, type FilePlace } from './files.ts'
import { mediaTypeOf } from './media-type.ts'
import { fileMigrations, FileTables } from './store/file-tables.ts'

const mintSpace = () => mintId<SpaceId>((bytes) => crypto.getRandomValues(bytes))
const spaceId = mintSpace()
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

function openShelf(): { shelf: FileShelf; dir: string } {
  const dir = mkdtempSync(join(tmpdir(), 'plein-files-'))
  const database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: true })
  for (const { sql } of fileMigrations.migrations) database.exec(sql)
  return { shelf: new FileShelf(dir, new FileTables(database), { nowMs: () => 1 }), dir }
}

function hashOf(bytes: Uint8Array): FileHash {
  const hash = parseFileHash(createHash('sha256').update(bytes).digest('hex'))
  if (hash === undefined) throw new Error('SHA-256 has another form')
  return hash
}

function placeOf(bytes: Uint8Array, change: Partial<FilePlace> = {}): FilePlace {
  return { spaceId, hash: hashOf(bytes), name: 'kaart.png', personId: null, ...change }
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += 7) yield bytes.subarray(start, start + 7)
}

it('a file that was put in pieces comes out whole, typed by its content', async () => {
  const { shelf } = openShelf()
  const stored = await shelf.put(placeOf(png), inPieces(png))
  expect(stored).toEqual({ ok: true, value: { id: hashOf(png), mediaType: 'image/png', sizeBytes: png.length } })
  const file = await shelf.get(spaceId, hashOf(png))
  expect(file && (await buffer(file.stream()))).toEqual(png)
  expect(file && (await buffer(file.stream({ start: 1, end: 3 })))).toEqual(png.subarray(1, 4))
})

it('a file is in its own space alone, and its bytes are kept once for all', async () => {
  const { shelf, dir } = openShelf()
  const [other, third] = [mintSpace(), mintSpace()]
  await shelf.put(placeOf(png), inPieces(png))
  expect(await shelf.get(other, hashOf(png))).toBeUndefined()
  expect(await shelf.attach(placeOf(png, { spaceId: other }), [third])).toBe(false)
  expect(await shelf.attach(placeOf(png, { spaceId: other }), [third, spaceId])).toBe(true)
  expect(await shelf.get(other, hashOf(png))).toBeDefined()
  expect(filesIn(dir)).toEqual([hashOf(png)])
})

it('a page that moves takes its files along', async () => {
  const { shelf } = openShelf()
  const other = mintSpace()
  await shelf.put(placeOf(png), inPieces(png))
  shelf.share([hashOf(png), hashOf(Buffer.from('unknown'))], spaceId, other)
  expect((await shelf.get(other, hashOf(png)))?.name).toBe('kaart.png')
})

it('bytes under a wrong name leave nothing behind', async () => {
  const { shelf, dir } = openShelf()
  const wrong = hashOf(Buffer.from('something else'))
  const put = await shelf.put(placeOf(png, { hash: wrong }), inPieces(png))
  expect(put).toEqual({ ok: false, error: 'hash-mismatch' })
  expect(await shelf.get(spaceId, wrong)).toBeUndefined()
  expect(filesIn(dir)).toEqual([])
})

it('a stream that is too long, or breaks off, leaves nothing behind', async () => {
  const { shelf, dir } = openShelf()
  const megabyte = new Uint8Array(1024 * 1024)
  async function* endless() {
    for (let sent = 0; sent <= apiLimits.fileBytes; sent += megabyte.length) yield megabyte
  }
  expect(await shelf.put(placeOf(png), endless())).toEqual({ ok: false, error: 'too-large' })
  async function* broken() {
    yield png
    throw new Error('the line broke')
  }
  await expect(shelf.put(placeOf(png), broken())).rejects.toThrow('the line broke')
  expect(filesIn(dir)).toEqual([])
})

it('files in the folders of their spaces, as the first version kept them, are still there', async () => {
  const { shelf, dir } = openShelf()
  const folder = join(dir, 'files', spaceId, hashOf(png).slice(0, 2))
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, hashOf(png)), png)
  await shelf.adoptOldLayout()
  const file = await shelf.get(spaceId, hashOf(png))
  expect(file && (await buffer(file.stream()))).toEqual(png)
  expect(readdirSync(join(dir, 'files')).toSorted()).toEqual(['objects', 'uploads'])
})

it.each([
  ['89504e470d0a1a0a0000000d49484452', 'image/png'],
  ['ffd8ffe0', 'image/jpeg'],
  ['474946383961', 'image/gif'],
  ['52494646000000005745425056503820', 'image/webp'],
  ['000000206674797061766966', 'image/avif'],
  ['255044462d312e37', 'application/pdf'],
  ['3c7376673e3c7363726970743e', 'image/svg+xml'],
  ['3c21646f63747970652068746d6c3e', 'text/html'],
  ['64656172206469617279', 'text/plain'],
  ['6d61676963003c68746d6c3e', 'application/octet-stream'],
  ['504b0304', 'application/zip'],
  ['c3', 'application/octet-stream'],
  ['', 'application/octet-stream'],
])('bytes %s are %s, whatever anybody calls them', async (hex, type) => {
  expect(await mediaTypeOf(Buffer.from(hex, 'hex'), true)).toBe(type)
})

it('text that is cut in the middle of a character is still text', async () => {
  expect(await mediaTypeOf(Buffer.from('41c3', 'hex'), false)).toBe('text/plain')
})

function filesIn(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
}
