import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { nameOfTitle, relativeAddress } from '../../model/markdown/export-names.ts'
import { pageUpdate } from '../../model/page-update.ts'
import type { PageNode } from '../../model/page-content.ts'
import type { PageId } from '../../model/ids.ts'
import { exportAll, importAll, MemoryTarget, openZip, piecesOf, textsIn } from './memory-target.ts'

// The machine may be busy, and each run reads and writes a whole space.
vi.setConfig({ testTimeout: 120_000 })

const text = (value: string, href?: string): PageNode => ({
  type: 'text',
  text: value,
  ...(href !== undefined && { marks: [{ type: 'link', attrs: { href } }] }),
})
const paragraph = (...content: PageNode[]): PageNode => ({ type: 'paragraph', ...(content.length > 0 && { content }) })
const cell = (attrs: object, ...content: PageNode[]): PageNode => ({
  type: 'tableCell',
  attrs: { colspan: 1, rowspan: 1, ...attrs },
  content,
})

interface Draft {
  readonly title: string
  readonly body: readonly PageNode[]
  readonly parent?: number | undefined
  readonly labels?: readonly string[]
  readonly icon?: string | null
}

/** A space with these pages; bodies may name pages by `page:<number>` and files by `file:<number>`. */
async function spaceOf(drafts: readonly Draft[], files: readonly Uint8Array[] = []): Promise<MemoryTarget> {
  const target = new MemoryTarget()
  const ids = drafts.map(() => target.mintPageId())
  const hashes: string[] = []
  for (const [index, bytes] of files.entries()) {
    const kept = await target.keepFile({ path: `${index}`, sizeBytes: bytes.length, pieces: piecesOf(bytes) })
    if (kept.ok) hashes.push(kept.value)
  }
  const named = (content: readonly PageNode[]) =>
    JSON.parse(
      JSON.stringify(content)
        .replaceAll(/page:(\d+)/g, (_, number: string) => `plein:page/${ids[Number(number)]}`)
        .replaceAll(/hash:(\d+)/g, (_, number: string) => hashes[Number(number)] ?? ''),
    ) as PageNode[]
  await target.commit(
    drafts.map(({ title, body, parent, labels = [], icon = null }, index) => {
      const page = { kind: 'wiki' as const, title, icon, labels, body: { type: 'doc', content: named(body) } }
      const under = parent === undefined ? null : (ids[parent] ?? null)
      return { id: ids[index] as PageId, path: '', title, icon, kind: page.kind, parent: under, ...pageUpdate(page) }
    }),
  )
  return target
}

/** The files of an export with every id in the order in which it appears first. */
function withoutIds(texts: Readonly<Record<string, string>>): Record<string, string> {
  const names = new Map<string, string>()
  const plain = (value: string) =>
    value.replaceAll(/\b[a-z2-7]{26}\b/g, (id) => {
      if (!names.has(id)) names.set(id, `id${names.size}`)
      return names.get(id) ?? ''
    })
  const entries = Object.entries(texts).filter(([path]) => !path.startsWith('plein/'))
  const exact = Object.entries(texts).filter(([path]) => path.startsWith('plein/'))
  return Object.fromEntries([...entries, ...exact].map(([path, value]) => [plain(path), plain(value)]))
}

async function expectSameAgain(target: MemoryTarget): Promise<void> {
  const first = await exportAll(target)
  const back = await importAll(await openZip(first.zip))
  expect(back.report.problems).toEqual([])
  const second = await exportAll(back.target)
  expect(withoutIds(await textsIn(second.zip))).toEqual(withoutIds(await textsIn(first.zip)))
  expect([...back.target.files.keys()].toSorted()).toEqual([...target.files.keys()].toSorted())
}

test('a space comes back the same: tree, order, titles, icons, labels, links and files', async () => {
  const target = await spaceOf(
    [
      {
        title: 'Zout',
        body: [paragraph(text('zie '), text('Aanvoer', 'page:2'))],
        icon: 'snowflake',
        labels: ["winter's", 'weg'],
      },
      { title: 'Boven', body: [paragraph({ type: 'image', attrs: { alt: 'kaart', file: 'hash:0' } })] },
      { title: 'Aanvoer', body: [paragraph(text('terug', 'page:0'))], parent: 1 },
      { title: 'aanvoer', body: [paragraph({ type: 'image', attrs: { file: 'hash:0', width: 300 } })], parent: 1 },
      { title: '', body: [{ type: 'heading', attrs: { level: 1 }, content: [text('Kop')] }], parent: 2 },
      { title: 'index', body: [paragraph(text('x'))], parent: 2 },
      { title: 'CON', body: [paragraph(text('files', 'page:6'))] },
      { title: 'files', body: [paragraph()] },
      { title: 'a/b: "c"? #1 [d] 100%', body: [paragraph(text('zelf', 'page:8'))] },
      { title: 'woord '.repeat(45).trim(), body: [paragraph(text('lang'))] },
    ],
    [Uint8Array.of(1, 2, 3)],
  )
  await expectSameAgain(target)
  const { zip } = await exportAll(target)
  expect(Object.keys(await textsIn(zip)).filter((path) => path.endsWith('.md'))).toEqual([
    'Zout.md',
    'Boven/index.md',
    'Boven/Aanvoer/index.md',
    'Boven/Aanvoer/Untitled.md',
    'Boven/Aanvoer/index (2).md',
    'Boven/aanvoer (2).md',
    'CON_.md',
    'files (2).md',
    'a b c 1 d 100.md',
    `${'woord '.repeat(13)}wo.md`,
  ])
  expect((await textsIn(zip))['Zout.md']).toContain('zie [Aanvoer](Boven/Aanvoer/index.md)\n')
})

test('what Markdown has no form for comes back word for word', async () => {
  await expectSameAgain(
    await spaceOf(
      [
        {
          title: 'Lastig',
          body: [
            paragraph(),
            paragraph(text('[[Lastig]] is geen link')),
            {
              type: 'table',
              content: [
                {
                  type: 'tableRow',
                  content: [cell({ colspan: 2, colwidth: [80, 120] }, paragraph(text('a')), paragraph(text('b')))],
                },
                {
                  type: 'tableRow',
                  content: [
                    cell({}, paragraph({ type: 'image', attrs: { file: 'hash:0' } })),
                    cell({}, paragraph(text('c', 'page:0'))),
                  ],
                },
              ],
            },
            paragraph(),
          ],
        },
      ],
      [Uint8Array.of(7)],
    ),
  )
})

test('a Markdown file that somebody edited after the export counts as it stands', async () => {
  const { zip } = await exportAll(await spaceOf([{ title: 'Lastig', body: [paragraph(), paragraph(text('oud'))] }]))
  const texts = await textsIn(zip)
  const edited = Object.fromEntries(Object.entries(texts).map(([path, value]) => [path, value.replace('oud', 'nieuw')]))
  const exact = Object.entries(texts).filter(([path]) => path.startsWith('plein/'))
  const { target } = await importAll(
    (await import('./memory-target.ts')).folderSource({ ...edited, ...Object.fromEntries(exact) }),
  )
  expect(target.pages[0]?.body).toEqual({ type: 'doc', content: [paragraph(text('nieuw'))] })
})

test('an exact page that is no page, or holds what may not be opened, does no harm', async () => {
  const { zip } = await exportAll(
    await spaceOf([{ title: 'A', body: [paragraph(), paragraph(text('x', 'https://a.example'))] }]),
  )
  const texts = await textsIn(zip)
  const change = async (edit: (value: string) => string) => {
    const files = Object.entries(texts).map(([path, value]) => [path, path.startsWith('plein/') ? edit(value) : value])
    const { folderSource } = await import('./memory-target.ts')
    const { target } = await importAll(folderSource(Object.fromEntries(files) as Record<string, string>))
    return target.pages[0]?.body.content
  }
  const own = [paragraph(text('x', 'https://a.example'))]
  expect(await change(() => 'geen JSON')).toEqual(own)
  expect(await change((value) => value.replace('"paragraph"', '"explosion"'))).toEqual(own)
  expect(await change((value) => value.replace('"doc"', '"tableRow"'))).toEqual(own)
  expect(await change((value) => value.replace('https://a.example', 'javascript:alert(1)'))).toEqual([
    paragraph(),
    paragraph(text('x')),
  ])
})

const title = fc.oneof(
  fc.constantFrom(
    '',
    'index',
    'README',
    'Plan',
    'plan',
    'files',
    'notes',
    '..',
    '.',
    'a/b',
    'NUL',
    'é',
    'e\u0301',
    '💡 Idee',
  ),
  fc.string({ maxLength: 30, unit: 'binary' }),
)

test('any titles give a tree of files that comes back as the same tree', async () => {
  const draft = fc.record({ title, parent: fc.option(fc.nat(7), { nil: undefined }), link: fc.nat(7) })
  await fc.assert(
    fc.asyncProperty(fc.array(draft, { minLength: 1, maxLength: 8 }), async (drafts) => {
      const target = await spaceOf(
        drafts.map((each, index) => ({
          title: each.title,
          body: [paragraph(text('naar', `page:${each.link % drafts.length}`))],
          parent: each.parent === undefined || each.parent >= index ? undefined : each.parent,
        })),
      )
      await expectSameAgain(target)
    }),
    { numRuns: 20 },
  )
})

test('a name of a file is short, is no device, and leads nowhere else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const name = nameOfTitle(value, 'leeg')
      expect(name).toMatch(/^[^/\\:*?"<>|#%]+$/)
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(81)
      expect(name).not.toMatch(/^[.\s]|[.\s]$|^(?:con|nul|prn|aux)$/i)
    }),
  )
})

test('a relative address leads from one path to the other', () => {
  const part = fc.stringMatching(/^[^/\\]{1,8}$/).filter((value) => value !== '.' && value !== '..')
  const path = fc.array(part, { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(path, path, (from, to) => {
      const address = relativeAddress(from.join('/'), to.join('/'))
      const base = new URL(`http://x/${from.slice(0, -1).map(encodeURIComponent).join('/')}/`.replace(/\/\/$/, '/'))
      const found = new URL(address, base).pathname
        .split('/')
        .filter((each) => each !== '')
        .map(decodeURIComponent)
      expect(found).toEqual(to)
    }),
  )
})
