import { expect, test } from 'vitest'
import { looksLikeMarkdown } from './markdown-text.ts'

test.each([
  '# Kop',
  'tekst\n\n## Kop\n',
  '- een\n- twee',
  '1. een\n2. twee',
  '- [ ] taak',
  '```ts\nlet x\n```',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '> citaat',
  'zie [de gids](https://plein.example)',
  'dit is **belangrijk**',
])('%j is read as Markdown', (text) => {
  expect(looksLikeMarkdown(text)).toBe(true)
})

test.each([
  'Gewone zin.',
  '- een streepje',
  '#hashtag',
  'a * b * c',
  '3 < 4 > 2',
  '1. alleen dit',
  'pad/naar_een_bestand_hier',
  'a | b',
  '',
])('%j stays plain text', (text) => {
  expect(looksLikeMarkdown(text)).toBe(false)
})
