import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { runImport } from '../../model/markdown/import-run.ts'
import { pageToMarkdown } from '../../model/markdown/page-to-markdown.ts'
import { plainText } from '../../model/search-text.ts'
import { makeZip } from '../support/make-zip.ts'
import { folderSource, importAll, MemoryTarget, openZip, survey, type StandingPage } from './memory-target.ts'

// The machine may be busy.
vi.setConfig({ testTimeout: 120_000 })

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2, 3)
const pageBy = (pages: readonly StandingPage[], title: string): StandingPage => {
  const page = pages.find((each) => each.title === title)
  if (page === undefined) throw new Error(`No page ${title} among ${pages.map((each) => each.title).join(', ')}`)
  return page
}
/** The Markdown of a page in which ids are titles, and files their first byte. */
function textOf(target: MemoryTarget, title: string): string {
  const text = pageToMarkdown({ title: '', body: pageBy(target.pages, title).body })
  const named = text.replaceAll(/plein:page\/([a-z2-7]{26})/g, (_, id: string) => {
    return `plein:${target.pages.find(({ ready }) => ready.id === id)?.title ?? 'nobody'}`
  })
  return named.replaceAll(
    /plein:file\/([0-9a-f]{64})/g,
    (_, hash: string) => `file:${target.files.get(hash)?.at(-1) ?? '?'}`,
  )
}

describe('links between the files', () => {
  const files = {
    'a.md':
      '[b](map/b%20c.md#kop) [map](map/) [naam](<map/b c.md> "t") [weg](weg.md) [web](https://x.example/a.md) [wortel](/map/b%20c.md) [hier](#kop) [op](../uit.md) [groot](MAP/README.MD)\n',
    'map/README.md': '[terug](../a.md) [zonder einde](../a) <a href="b%20c.md">html</a>\n\n[ref][1]\n\n[1]: ../a.md\n',
    'map/b c.md': '# B C\n\n[[a]] [[B C|zichzelf]] [[A#kop]] [[nergens]] `[[a]]` [geen [[a]]](../a.md)\n',
  }

  test('lead to their pages by path, by name and by title; the others stay and are named', async () => {
    const { target, report } = await importAll(folderSource(files))
    expect(textOf(target, 'a')).toBe(
      '[b](plein:B C#kop) [map](plein:map) [naam](plein:B C "t") [weg](weg.md) [web](https://x.example/a.md) [wortel](plein:B C) [hier](#kop) [op](../uit.md) [groot](plein:map)\n',
    )
    expect(textOf(target, 'map')).toBe('[terug](plein:a) [zonder einde](plein:a) [html](plein:B C)\n\n[ref](plein:a)\n')
    expect(textOf(target, 'B C')).toBe(
      '[a](plein:a) [zichzelf](plein:B C) [A#kop](plein:a#kop) \\[\\[nergens]] `[[a]]` [geen \\[\\[a\\]\\]](plein:a)\n',
    )
    expect(report.problems.map(({ path, reason, detail }) => [path, reason, detail])).toEqual([
      ['a.md', 'link-outside', 'weg.md'],
      ['a.md', 'link-outside', '../uit.md'],
      ['map/b c.md', 'link-outside', '[[nergens]]'],
    ])
  })

  test('a preview counts them as the import does', async () => {
    const { preview } = await survey(folderSource(files))
    const { report } = await importAll(folderSource(files))
    expect(preview).toMatchObject({ pages: 3, folders: 0, links: report.links, problemCount: report.problemCount })
  })

  test('any name that a file may have is found by its encoded path', async () => {
    const name = fc
      .stringMatching(/^[^/\\:*?"<>|#%[\]()\p{Cc}.]{1,20}$/u)
      .filter((text) => text.trim() === text && text !== '')
    await fc.assert(
      fc.asyncProperty(name, name, async (folder, file) => {
        const path = `${folder}/${file}x.md`.normalize('NFC')
        const { report } = await importAll(
          folderSource({
            'start.md': `[naar](<${encodeURIComponent(folder)}/${encodeURIComponent(`${file}x`)}.md>)`,
            [path]: 'doel',
          }),
        )
        expect([report.links, report.problemCount]).toEqual([1, 0])
      }),
      { numRuns: 25 },
    )
  })
})

describe('files', () => {
  test('images and attachments come in once each, by their content; what nobody shows is named', async () => {
    const { target, report } = await importAll(
      folderSource({
        'map/a.md': '![kaart](img/k.png) <img src="img/k.png" width="300"> [besluit](../b.pdf) ![[k.png|120]]\n',
        'map/img/k.png': png,
        'b.pdf': Uint8Array.of(9),
        'los.txt': 'x',
        '.git/config': 'x',
        'map/Thumbs.db': 'x',
      }),
    )
    expect(textOf(target, 'a')).toBe('![kaart](file:3) <img src="file:3" width="300"> [besluit](file:9) ![](file:3)\n')
    expect(report).toMatchObject({ pages: 1, folders: 1, files: 2, images: 3 })
    expect(report.problems.map(({ path, reason }) => [path, reason])).toEqual([
      ['.git/config', 'hidden'],
      ['map/Thumbs.db', 'hidden'],
      ['los.txt', 'not-referenced'],
    ])
  })

  test('an image that is missing leaves its words, one from the web becomes a link, and both are named', async () => {
    const { target, report } = await importAll(
      folderSource({
        'a.md':
          'x ![de kaart](weg.png) ![](ook-weg.png) [![badge](https://b.example/i.svg)](https://b.example) ![](https://c.example/x.png)\n',
      }),
    )
    expect(textOf(target, 'a')).toBe('x de kaart ook-weg.png [badge](https://b.example) <https://c.example/x.png>\n')
    expect(report.problems.map(({ reason, detail }) => [reason, detail])).toEqual([
      ['image-missing', 'weg.png'],
      ['image-missing', 'ook-weg.png'],
      ['remote-image', 'https://b.example/i.svg'],
      ['remote-image', 'https://c.example/x.png'],
    ])
  })

  test('a file that is no text, and one that is damaged, are named, and the others come in', async () => {
    const source = await openZip(
      makeZip([
        { name: 'goed.md', content: '# Goed\n\n![p](p.png) [twee](kapot.md)' },
        { name: 'beeld.md', content: png },
        { name: 'nul.md', content: 'a\0' },
        { name: 'kapot.md', content: '# Kapot', claimedCrc: 1 },
        { name: 'p.png', content: png, claimedCrc: 1 },
      ]),
    )
    const { target, report } = await importAll(source)
    expect(report.outcome).toBe('done')
    expect(target.pages.map(({ title }) => title)).toEqual(['Goed'])
    expect(report.problems.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
      'beeld.md not-text',
      'kapot.md unreadable',
      'nul.md not-text',
      'p.png unreadable',
      'goed.md link-outside',
      'goed.md image-missing',
    ])
  })
})

describe('front matter', () => {
  test('gives title, icon and labels; what it says besides stands on the page', async () => {
    const { target } = await importAll(
      folderSource({
        'a.md':
          '---\ntitle: Zout\nicon: 🧂\ntags: [winter, weg]\ncreated: 2020-01-02\nauthors: [Noor, "Sem"]\n---\ntekst\n',
        'b.md': '---\ntitle: Diep\nowner:\n  name: Joris\n---\ntekst\n',
      }),
    )
    expect(pageBy(target.pages, 'Zout')).toMatchObject({ icon: '🧂', labels: ['winter', 'weg'] })
    expect(plainText(pageBy(target.pages, 'Zout').body)).toBe('created\n2020-01-02\nauthors\nNoor, Sem\ntekst')
    expect(textOf(target, 'Diep')).toBe('```yaml\nowner:\n  name: Joris\n```\n\ntekst\n')
  })
})

describe('an import', () => {
  test('of nothing is never a success', async () => {
    for (const files of [{}, { 'foto.png': png }, { 'kapot.md': 'a\0' }]) {
      const { target, report } = await importAll(folderSource(files))
      expect(report.outcome).toBe('nothing')
      expect(target.isRevealed).toBe(false)
    }
  })

  test('that is stopped brings nothing into sight', async () => {
    const files = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`${i}.md`, `# Blad ${i}`]))
    const target = new MemoryTarget()
    const signal = { aborted: false }
    target.beforeCommit = () => {
      signal.aborted = true
    }
    const report = await runImport(await survey(folderSource(files)), target, { signal, onProgress: () => undefined })
    expect(report).toMatchObject({ outcome: 'stopped', pages: 32 })
    expect(target.isRevealed).toBe(false)
  })

  test('of a file beyond 5 MB leaves it out by name', async () => {
    const { report } = await importAll(folderSource({ 'a.md': 'a', 'groot.md': 'x'.repeat(5 * 1024 * 1024 + 1) }))
    expect(report.problems).toEqual([{ path: 'groot.md', reason: 'too-large', detail: '' }])
  })

  test('of this repository keeps every link between its documents', async () => {
    const names = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'docs/protocol.md', 'docs/bench.md']
    const files = Object.fromEntries(
      names.map((name) => [name, readFileSync(`${import.meta.dirname}/../../${name}`, 'utf8')]),
    )
    const { report } = await importAll(folderSource(files))
    expect(report.pages).toBe(names.length)
    const lost = report.problems.filter(({ reason, detail }) => reason === 'link-outside' && names.includes(detail))
    expect(lost).toEqual([])
  })
})
