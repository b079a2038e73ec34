import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { readWhole, SourceUnreadable } from '../../model/markdown/import-source.ts'
import { readZipDirectory } from '../../model/zip/zip-directory.ts'
import { openZipSource } from '../../model/zip/zip-source.ts'
import { openZipWriter } from '../../model/zip/zip-writer.ts'
import { makeZip, type MadeEntry } from '../support/make-zip.ts'
import { bytesSource, openZip, piecesOf, textsIn } from './memory-target.ts'

// The machine may be busy.
vi.setConfig({ testTimeout: 120_000 })

const open = (bytes: Uint8Array) => readZipDirectory(bytesSource(bytes))
async function refusalOf(bytes: Uint8Array): Promise<string> {
  const directory = await open(bytes)
  return directory.ok ? 'opened' : directory.error
}
async function skippedIn(entries: readonly MadeEntry[]): Promise<unknown> {
  const directory = await open(makeZip(entries))
  return directory.ok ? directory.value.skipped.map(({ reason }) => reason) : directory.error
}
const zeros = (megabytes: number) => new Uint8Array(megabytes * 1024 * 1024)

describe('what a zip holds', () => {
  test('packed and unpacked files come out as they went in, behind a comment too', async () => {
    const zip = makeZip(
      [
        { name: 'a.md', content: '# Dag' },
        { name: 'b/', content: '' },
        { name: 'b/c.txt', content: 'kaal', method: 0 },
        { name: 'leeg.md' },
      ],
      { comment: 'PK\u0005\u0006 is no end' },
    )
    expect(await textsIn(zip)).toEqual({ 'a.md': '# Dag', 'b/c.txt': 'kaal', 'leeg.md': '' })
  })

  test('names are UTF-8 where they are valid so, else of code page 437', async () => {
    const zip = makeZip([
      { name: 'é.md', flags: 0 },
      { name: Uint8Array.of(0x82, 0x2e, 0x6d, 0x64), flags: 0, content: 'x' },
    ])
    expect((await openZip(zip)).entries.map(({ path }) => path)).toEqual(['é.md', 'é.md'].slice(0, 1))
    const other = makeZip([{ name: Uint8Array.of(0x81, 0x62, 0x2e, 0x6d, 0x64), flags: 0 }])
    expect((await openZip(other)).entries.map(({ path }) => path)).toEqual(['üb.md'])
  })

  test('what the writer writes, the reader reads', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.stringMatching(/^[a-zé😀 ]{1,12}$/u).map((name) => `x${name.trim()}.md`),
          fc.uint8Array({ maxLength: 5000 }),
          { maxKeys: 5 },
        ),
        async (files) => {
          const writer = openZipWriter(0)
          const chunks: Uint8Array[] = []
          for (const [path, bytes] of Object.entries(files)) {
            for await (const chunk of writer.add(
              path,
              piecesOf(bytes.slice(0, 7), bytes.slice(7)),
              bytes.length % 2 === 0,
            ))
              chunks.push(chunk)
          }
          const source = await openZip(new Uint8Array(Buffer.concat([...chunks, ...writer.end()])))
          expect(source.entries.map(({ path }) => path)).toEqual(
            Object.keys(files).map((path) => path.normalize('NFC')),
          )
          for (const { path } of source.entries) {
            expect(Buffer.from(await readWhole(source.open(path), 10_000))).toEqual(Buffer.from(files[path] ?? []))
          }
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('a hostile zip', () => {
  test('names that lead out of the folder, begin at a root or hold control characters are passed over by name', async () => {
    const names = [
      '../../etc/passwd',
      'a/../../b.md',
      '/etc/x.md',
      'C:\\x.md',
      '\\\\server\\x.md',
      'a\0.md',
      '..\\x.md',
      'a/.. /b',
    ]
    expect(await skippedIn(names.map((name) => ({ name })))).toEqual(names.map(() => 'unsafe-path'))
  })

  test('symbolic links, encrypted files, unknown ways of packing and second files of one name are passed over', async () => {
    expect(
      await skippedIn([
        { name: 'link', content: '/etc/passwd', mode: 0o120777 },
        { name: 'secret.md', flags: 0x801 },
        { name: 'new.md', method: 93 },
        { name: 'a.md', content: '1' },
        { name: 'a.md', content: '2' },
        { name: 'A.md', content: '3' },
      ]),
    ).toEqual(['symbolic-link', 'encrypted', 'unknown-compression', 'same-name'])
  })

  test('a file that bursts is passed over, and a zip that bursts is not opened', async () => {
    expect(await skippedIn([{ name: 'zeros.md', content: zeros(2) }, { name: 'a.md' }])).toEqual(['zip-bomb'])
    expect(
      await refusalOf(
        makeZip(Array.from({ length: 3 }, (_, i) => ({ name: `${i}`, content: 'x', claimedBytes: 60_000_000 }))),
      ),
    ).toBe('zip-bomb')
  })

  test('many entries over one heap of bytes are not opened', async () => {
    const copies = Array.from({ length: 50 }, (_, i) => ({ name: `${i}.md`, content: zeros(0.5), sameAs: 0 }))
    expect(await refusalOf(makeZip([{ name: 'first.md', content: zeros(0.5) }, ...copies]))).toBe('zip-bomb')
  })

  test('a claim of more bytes or more files than the limit is refused before anything is read', async () => {
    const zip = makeZip([{ name: 'a.md', content: 'a'.repeat(3_000_000) }])
    expect(await readZipDirectory(bytesSource(zip), { entries: 10, totalBytes: 1_000_000 })).toEqual({
      ok: false,
      error: 'too-many-bytes',
    })
    const many = makeZip(Array.from({ length: 11 }, (_, i) => ({ name: `${i}.md` })))
    expect(await readZipDirectory(bytesSource(many), { entries: 10, totalBytes: 1_000_000 })).toEqual({
      ok: false,
      error: 'too-many-files',
    })
  })

  test.each([
    { name: 'too few bytes', claimedBytes: 3 },
    { name: 'too many bytes', claimedBytes: 300 },
    { name: 'another checksum', claimedCrc: 1 },
  ])('a file that claims $name is never used', async (lie) => {
    const source = await openZip(makeZip([{ ...lie, name: 'a.md', content: 'tien tekens' }]))
    await expect(readWhole(source.open('a.md'), 1000)).rejects.toThrow(SourceUnreadable)
  })

  test('any bytes at all are opened or refused, and end', async () => {
    const good = makeZip([
      { name: 'a.md', content: 'x'.repeat(200) },
      { name: 'b.md', content: 'y' },
    ])
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 8 }),
        fc.nat(good.length),
        async (flips, cut) => {
          const bytes = good.slice(0, cut % 3 === 0 ? cut : good.length)
          for (const [at, value] of flips) if (at < bytes.length) bytes[at] = value
          const source = await openZipSource(bytesSource(bytes))
          if (!source.ok) return
          for (const { path } of source.value.entries) {
            await readWhole(source.value.open(path), 100_000).catch((error: unknown) => {
              expect(error).toBeInstanceOf(SourceUnreadable)
            })
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  test('what is no zip is refused', async () => {
    expect(await refusalOf(new TextEncoder().encode('# Gewoon tekst'))).toBe('not-a-zip')
    expect(await refusalOf(new Uint8Array())).toBe('not-a-zip')
  })
})
