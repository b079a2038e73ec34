import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { apiLimits } from '../model/api.ts'
import { mintId, parseFileHash, type FileHash, type SpaceId } from '../model/ids.ts'
import { FileShelf } from './files.ts'
import { sniffMediaType } from './sniff-media-type.ts'

const spaceId = mintId<SpaceId>((bytes) => crypto.getRandomValues(bytes))
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

function openShelf(): { shelf: FileShelf; dir: string } {
  const dir = mkdtempSync(join(tmpdir(), 'plein-files-'))
  return { shelf: new FileShelf(dir), dir }
}

function hashOf(bytes: Uint8Array): FileHash {
  const hash = parseFileHash(createHash('sha256').update(bytes).digest('hex'))
  if (hash === undefined) throw new Error('SHA-256 has another form')
  return hash
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += 7) yield bytes.subarray(start, start + 7)
}

it('a file that was put in pieces comes out whole, typed by its content', async () => {
  const { shelf } = openShelf()
  const stored = await shelf.put(spaceId, hashOf(png), inPieces(png))
  expect(stored).toEqual({ ok: true, value: { id: hashOf(png), mediaType: 'image/png', sizeBytes: png.length } })
  const file = await shelf.get(spaceId, hashOf(png))
  expect(file && (await buffer(file.stream()))).toEqual(png)
})

it('a file is in its own space alone', async () => {
  const { shelf } = openShelf()
  await shelf.put(spaceId, hashOf(png), inPieces(png))
  expect(
    await shelf.get(
      mintId<SpaceId>((bytes) => crypto.getRandomValues(bytes)),
      hashOf(png),
    ),
  ).toBeUndefined()
})

it('bytes under a wrong name leave nothing behind', async () => {
  const { shelf, dir } = openShelf()
  const wrong = hashOf(Buffer.from('something else'))
  expect(await shelf.put(spaceId, wrong, inPieces(png))).toEqual({ ok: false, error: 'hash-mismatch' })
  expect(await shelf.get(spaceId, wrong)).toBeUndefined()
  expect(filesIn(dir)).toEqual([])
})

it('a stream that is too long, or breaks off, leaves nothing behind', async () => {
  const { shelf, dir } = openShelf()
  const megabyte = new Uint8Array(1024 * 1024)
  async function* endless() {
    for (let sent = 0; sent <= apiLimits.fileBytes; sent += megabyte.length) yield megabyte
  }
  expect(await shelf.put(spaceId, hashOf(png), endless())).toEqual({ ok: false, error: 'too-large' })
  async function* broken() {
    yield png
    throw new Error('the line broke')
  }
  await expect(shelf.put(spaceId, hashOf(png), broken())).rejects.toThrow('the line broke')
  expect(filesIn(dir)).toEqual([])
})

it.each([
  ['89504e470d0a1a0a', 'image/png'],
  ['ffd8ffe0', 'image/jpeg'],
  ['474946383961', 'image/gif'],
  ['52494646000000005745425056503820', 'image/webp'],
  ['000000206674797061766966', 'image/avif'],
  ['0000002066747970697336d', 'video/mp4'],
  ['255044462d312e37', 'application/pdf'],
  ['3c7376673e3c7363726970743e', 'application/octet-stream'],
  ['3c21646f63747970652068746d6c3e', 'application/octet-stream'],
  ['', 'application/octet-stream'],
])('bytes %s are %s, whatever anybody calls them', (hex, type) => {
  expect(sniffMediaType(Buffer.from(hex, 'hex'))).toBe(type)
})

function filesIn(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
}
