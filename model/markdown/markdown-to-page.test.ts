import { describe, expect, test } from 'vitest'
import { pageSchema } from '../page-content.ts'
import type { PageNode } from '../page-content.ts'
import { plainText } from '../search-text.ts'
import { bytesToPage, markdownToPage, maxImportBytes } from './markdown-to-page.ts'
import type { ImportedPage } from './markdown-to-page.ts'
import { pageToMarkdown } from './page-to-markdown.ts'

/** lib0's encoder is not loaded here: ASCII is enough. */
const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.codePointAt(0) ?? 0)
const blocksOf = (markdown: string) => markdownToPage(markdown).body.content ?? []
const reasonsOf = ({ warnings }: ImportedPage) => warnings.map(({ reason }) => reason)
const p = (...content: PageNode[]): PageNode => ({ type: 'paragraph', ...(content.length > 0 && { content }) })
const toggle = (summary: PageNode[], ...content: PageNode[]): PageNode => ({
  type: 'details',
  content: [
    { type: 'detailsSummary', ...(summary.length > 0 && { content: summary }) },
    { type: 'detailsContent', content },
  ],
})
const t = (text: string, ...marks: string[]): PageNode => ({
  type: 'text',
  text,
  ...(marks.length > 0 && { marks: marks.map((type) => ({ type })) }),
})

describe('title', () => {
  test.each([
    ['---\ntitle: Uit de kop\n---\n# Anders\n', 'Uit de kop', 'Anders'],
    ['---\ntitle: Gelijk\n---\n# Gelijk\n\ntekst\n', 'Gelijk', 'tekst'],
    ['intro\n\n# De *kop*\n\ntekst\n', 'De kop', 'intro\ntekst'],
    ['<h1 align="center">In HTML</h1>\n\ntekst\n', 'In HTML', 'tekst'],
    ['## Tweede\n', 'werk-instructie', 'Tweede'],
    ['', 'werk-instructie', ''],
  ])('of %j is %j', (markdown, title, text) => {
    const page = markdownToPage(markdown, 'docs/werk-instructie.md')
    expect(page.title).toBe(title)
    expect(plainText(page.body)).toBe(text)
  })

  test('keeps the logo and the links of the heading that it was made of', () => {
    expect(blocksOf('# ![logo](l.png) [Plein](https://plein.example)\n')).toEqual(
      [
        p({ type: 'image', attrs: { src: 'l.png', alt: 'logo' } }, t(' '), {
          ...t('Plein'),
          marks: [{ type: 'link', attrs: { href: 'https://plein.example' } }],
        }),
      ].map((block) => ({ ...block, content: block.content?.filter(({ text }) => text !== ' ') })),
    )
  })

  test('that is too long is shortened, and the whole heading stays', () => {
    const long = 'woord '.repeat(60).trim()
    const page = markdownToPage(`# ${long}\n`)
    expect(page.title.length).toBeLessThanOrEqual(200)
    expect(plainText(page.body)).toBe(long)
  })
})

describe('front matter', () => {
  test('gives title and labels, and the rest stands on top as code', () => {
    const page = markdownToPage('---\ntitle: "Zout"\ntags: [winter, wegen]\nowner:\n  - Joris\n---\ntekst\n')
    expect(page).toMatchObject({ title: 'Zout', labels: ['winter', 'wegen'] })
    expect(page.body.content).toEqual([
      { type: 'codeBlock', attrs: { language: 'yaml' }, content: [t('owner:\n  - Joris')] },
      p(t('tekst')),
    ])
  })

  test.each(['title: >\n  gevouwen', 'title: {a: 1}', 'tags:\n  a: b'])('leaves %j as it stands', (data) => {
    const page = markdownToPage(`---\n${data}\n---\n`, 'bestand.md')
    expect(page.title).toBe('bestand')
    expect(plainText(page.body)).toBe(
      data
        .split('\n')
        .map((line) => line.trim())
        .join('\n'),
    )
  })

  test('in TOML is read alike', () => {
    expect(markdownToPage('+++\ntitle = "Zout"\n+++\n').title).toBe('Zout')
  })

  test('labels are written and read back', () => {
    const page = { title: 'A', labels: ['winter', 'straat & weg'], body: { type: 'doc', content: [p(t('x'))] } }
    expect(markdownToPage(pageToMarkdown(page))).toMatchObject(page)
  })
})

describe('blocks', () => {
  test('headings of level 4 to 6 become level 3', () => {
    expect(blocksOf('## a\n\n##### b\n').map(({ attrs }) => attrs)).toEqual([{ level: 2 }, { level: 3 }])
  })

  test('a list of which some parts have a box becomes a list and a task list', () => {
    expect(
      blocksOf('- a\n- [x] b\n- [ ] c\n').map(({ type, content }) => [
        type,
        content?.map(({ attrs }) => attrs?.['checked']),
      ]),
    ).toEqual([
      ['bulletList', [undefined]],
      ['taskList', [true, false]],
    ])
  })

  test('a table has as many cells in each row as in its longest, and the alignment of its columns', () => {
    const [table] = blocksOf('| a | b |\n| - | -: |\n| 1 |\n| 2 | 3 | 4 |\n')
    expect(table?.content?.map(({ content }) => content?.length)).toEqual([3, 3, 3])
    expect(table?.content?.[2]?.content?.[1]?.attrs).toEqual({ colspan: 1, rowspan: 1, align: 'right' })
  })

  test('footnotes stand at the end behind their markers', () => {
    expect(plainText(markdownToPage('Zout[^1] is op.\n\n[^1]: Vandaag.\n\nEinde.\n').body)).toBe(
      'Zout[1] is op.\nEinde.\n[1] Vandaag.',
    )
  })

  test('a hard break stays, a line that only wraps does not', () => {
    expect(blocksOf('a\\\nb\nc\n')).toEqual([p(t('a'), { type: 'hardBreak' }, t('b c'))])
  })
})

describe('HTML', () => {
  test.each([
    ['a<br>b', [p(t('a'), { type: 'hardBreak' }, t('b'))]],
    ['<b>vet</b> <u>streep</u>', [p(t('vet', 'bold'), t(' '), t('streep', 'underline'))]],
    ['<details><summary>Meer</summary>\n\n**tekst**\n\n</details>', [toggle([t('Meer')], p(t('tekst', 'bold')))]],
    [
      '<details>\n<summary>A <b>b</b></summary>\nc\n</details>\n<details>\n\nd\n\n</details>',
      [toggle([t('A '), t('b', 'bold')], p(t('c'))), toggle([], p(t('d')))],
    ],
    ['<details>\n\nhalf\n', [p(t('half'))]],
    [
      '> [!Warning]\n> let op\n>\n> - a',
      [
        {
          type: 'callout',
          attrs: { kind: 'warning' },
          content: [p(t('let op')), { type: 'bulletList', content: [{ type: 'listItem', content: [p(t('a'))] }] }],
        },
      ],
    ],
    ['> \\[!NOTE]\n> x', [{ type: 'blockquote', content: [p(t('[!NOTE] x'))] }]],
    ['> [!NOTE] x', [{ type: 'blockquote', content: [p(t('[!NOTE] x'))] }]],
    [
      '<ul><li>a<li>b</ul>',
      [{ type: 'bulletList', content: ['a', 'b'].map((text) => ({ type: 'listItem', content: [p(t(text))] })) }],
    ],
    [
      '<pre><code class="language-ts">a &lt; b</code></pre>',
      [{ type: 'codeBlock', attrs: { language: 'ts' }, content: [t('a < b')] }],
    ],
    ['<table><tr><td>\n\n**half**\n\n</td></tr></table>', [p(t('half', 'bold'))]],
    ['Geef `npm i` of <versie> op', [p(t('Geef '), t('npm i', 'code'), t(' of <versie> op'))]],
    [
      '<img src="a.png" alt="kaart" width="40">',
      [p({ type: 'image', attrs: { src: 'a.png', alt: 'kaart', width: 40 } })],
    ],
    ['<p>1 < 2 & 3</p>', [p(t('1 < 2 & 3'))]],
  ])('%s comes in as a page has it', (markdown, blocks) => {
    expect(blocksOf(markdown)).toEqual(blocks)
  })

  test('joined cells become a cell and empty ones, so that every row has every column', () => {
    const [table] = blocksOf(
      '<table><tr><th rowspan="2">a</th><th colspan="2">b</th></tr><tr><th>c</th><th>d</th></tr></table>',
    )
    expect(table?.content?.map((row) => (row.content ?? []).map((cell) => plainText(cell)))).toEqual([
      ['a', 'b', ''],
      ['', 'c', 'd'],
    ])
  })

  test('comments and tags without a counterpart are reported', () => {
    expect(reasonsOf(markdownToPage('<!-- weg -->\n\nH<sub>2</sub>O'))).toEqual(['html-comment', 'html-tag'])
  })
})

describe('addresses', () => {
  test.each([
    ['[klik](javascript:alert(1))', 'klik'],
    ['[klik](<java\tscript:alert(1)>)', 'klik'],
    ['[klik](vbscript:x)', 'klik'],
    ['[klik](data:text/html,x)', 'klik'],
    ['<a href="jav&#x09;ascript:alert(1)">klik</a>', 'klik'],
    ['![kaart](data:image/svg+xml;base64,AAAA)', 'kaart'],
    ['<img src="javascript:x" alt="kaart" onerror="x()">', 'kaart'],
  ])('%s becomes its text and is reported', (markdown, text) => {
    const page = markdownToPage(markdown)
    expect(page.body.content).toEqual([p(t(text))])
    expect(reasonsOf(page)).toEqual(['unsafe-address'])
  })

  test.each(['https://plein.example', 'mailto:a@plein.example', '../map/b.md', '#kop', 'plein:page/x'])(
    '%s stays a link',
    (href) => {
      expect(blocksOf(`[x](${href})`)).toEqual([p({ ...t('x'), marks: [{ type: 'link', attrs: { href } }] })])
    },
  )
})

describe('bad input', () => {
  test('bytes that are no text are refused', () => {
    expect(bytesToPage(bytesOf('a\0b'), 'a.md')).toEqual({ ok: false, error: 'not-text' })
    expect(bytesToPage(Uint8Array.of(0xc3, 0x28), 'a.md')).toEqual({ ok: false, error: 'not-text' })
  })

  test('a file over the limit is refused before it is read', () => {
    expect(bytesToPage(new Uint8Array(maxImportBytes + 1), 'a.md')).toEqual({ ok: false, error: 'too-large' })
  })

  test('an empty file gives an empty page with the name of the file', () => {
    expect(bytesToPage(bytesOf(''), 'map/Leeg.md')).toEqual({
      ok: true,
      value: { title: 'Leeg', labels: [], body: { type: 'doc', content: [p()] }, warnings: [] },
    })
  })

  const many = 20_000
  const hostile: readonly (readonly [string, string])[] = [
    ['quotes in quotes', '>'.repeat(many)],
    ['lists in one line', '- '.repeat(many)],
    ['lists by their margin', Array.from({ length: 1500 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')],
    ['emphasis that nests', '*a '.repeat(many) + 'a*'.repeat(many)],
    ['brackets that nest', `${'['.repeat(many)}a${']'.repeat(many)}`],
    ['pictures that nest', `${'!['.repeat(many)}a${'](x)'.repeat(many)}`],
    ['backticks that never close', Array.from({ length: 1000 }, (_, length) => `${'`'.repeat(length)}a`).join('')],
    ['a run of stars', `${'*'.repeat(many)}a${'*'.repeat(many)}`],
  ]
  test.each(hostile)('%s come in as one block of code, complete and reported', (_, markdown) => {
    const page = markdownToPage(markdown, 'naam.md')
    expect(page).toMatchObject({
      title: 'naam',
      body: { content: [{ type: 'codeBlock', content: [{ text: markdown.replace(/\n$/, '') }] }] },
    })
    expect(reasonsOf(page)).toEqual(['too-complex'])
    expect(markdownToPage(pageToMarkdown(page)).body).toEqual(page.body)
  })

  test('a long table is no reason to be read as code', () => {
    const [table] = blocksOf(`|a|b|\n|-|-|\n${'|*x*|[y](z)|\n'.repeat(2000)}`)
    expect(table?.content).toHaveLength(2001)
  })

  test.each([
    ['HTML that nests', '<div><blockquote>'.repeat(many)],
    ['HTML lists that nest', `${'<ul><li>a'.repeat(500)}${'</li></ul>'.repeat(500)}`],
    ['tags that never end', '<a '.repeat(many)],
    ['spans that would fill memory', `<table>${'<tr><td rowspan=50 colspan=50>a</td></tr>'.repeat(1000)}</table>`],
  ])('%s give a page that fits the schema', (_, markdown) => {
    const { body } = markdownToPage(markdown)
    expect(() => {
      pageSchema.nodeFromJSON(body).check()
    }).not.toThrow()
  })
})

test('empty paragraphs, joined cells and lists in cells are written as what Markdown can hold', () => {
  const cell = {
    type: 'tableCell',
    attrs: { colspan: 2 },
    content: [{ type: 'bulletList', content: [{ type: 'listItem', content: [p(t('a'))] }] }, p(t('b'))],
  }
  const body = { type: 'doc', content: [p(), { type: 'table', content: [{ type: 'tableRow', content: [cell] }] }, p()] }
  expect(pageToMarkdown({ title: '', body })).toBe('| | |\n| - | - |\n| - a<br>b | |\n')
})

test('cells that the editor joined keep the columns of what stands below', () => {
  const cell = (text: string, attrs = {}): PageNode => ({ type: 'tableHeader', attrs, content: [p(t(text))] })
  const rows = [
    [cell('a', { rowspan: 2 }), cell('b', { colspan: 2 })],
    [cell('c'), cell('d')],
  ]
  const table = { type: 'table', content: rows.map((content) => ({ type: 'tableRow', content })) }
  expect(pageToMarkdown({ title: '', body: { type: 'doc', content: [table] } })).toBe(
    '| a | b | |\n| - | - | - |\n| | c | d |\n',
  )
})

test('content that this app does not know is written as its words', () => {
  const body = { type: 'doc', content: [{ type: 'poll', content: [p(t('let op', 'glow'))] }] }
  expect(pageToMarkdown({ title: 'T', body })).toBe('# T\n\nlet op\n')
})
