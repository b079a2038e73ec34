import { expect, it } from 'vitest'
import { pageToMarkdown } from '../model/markdown/page-to-markdown.ts'
import { readBody } from '../model/page-body.ts'
import { bodyName, readPageMeta } from '../model/page.ts'
import { mergeInTree } from '../model/update.ts'
import { seedOf } from '../model/seeds.ts'
import { contentUpdate, pageFromMarkdown, withDocument } from './page-writing.ts'

function markdownOf(title: string, markdown: string): string {
  return pageToMarkdown({ title: '', ...pageFromMarkdown(title, markdown) }).trim()
}

it('a page is written on top of its seed and read back as it was given', () => {
  const { body } = pageFromMarkdown('Strooien', 'Om **zes** uur.\n')
  const update = contentUpdate({ kind: 'wiki', title: 'Strooien', icon: '❄️', labels: ['winter'], body })
  const read = withDocument(mergeInTree([seedOf('page', 'wiki'), update]), (doc) => ({
    meta: readPageMeta(doc),
    body: readBody(doc.getXmlFragment(bodyName)),
  }))
  expect(read).toEqual({ meta: { title: 'Strooien', icon: '❄️', labels: ['winter'], archived: false }, body })
})

it('a first heading that repeats the title goes', () => {
  expect(markdownOf('Strooien', '# Strooien\n\nTekst')).toBe('Tekst')
})

it('a first heading that says something else stays where it is', () => {
  expect(markdownOf('Strooien', 'Vooraf\n\n# Routes\n\nTekst')).toBe('Vooraf\n\n# Routes\n\nTekst')
  expect(markdownOf('Strooien', '\uFEFF# Routes *A*\n')).toBe('# Routes *A*')
})

it('a heading behind front matter without a title stays too', () => {
  expect(markdownOf('Strooien', '---\ntags: [winter]\n---\n\n# Routes\n')).toContain('# Routes')
  expect(pageFromMarkdown('Strooien', '---\ntags: [winter]\n---\n\n# Routes\n').labels).toEqual(['winter'])
})

it('no trace of how it is done is left on any page', () => {
  for (const markdown of ['', '# A', '---\ntitle: B\n---\n# A\n', '+++\ntitle = "B"\n+++\ntext', '---\n']) {
    expect(markdownOf('T', markdown)).not.toContain('4680')
  }
})
