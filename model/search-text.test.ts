import { expect, test } from 'vitest'
import { markdownToPage } from './markdown/markdown-to-page.ts'
import { plainText, searchText, wordsOf } from './search-text.ts'

const { body } = markdownToPage(
  '## Route A\n\nDe **brug**\\\nbij de Zijde ![kaart van A](a.png)\n\n| Wie | Tijd |\n| - | - |\n| Joris | 06.15 |\n',
)

test('each block gives a line, marks give nothing and a picture gives its description', () => {
  expect(plainText(body)).toBe('Route A\nDe brug\nbij de Zijde  kaart van A\nWie\nTijd\nJoris\n06.15')
})

test('content that this app does not know is searched as well', () => {
  expect(plainText({ type: 'doc', content: [{ type: 'poll', content: [{ type: 'text', text: 'let op' }] }] })).toBe(
    'let op',
  )
})

test('the title stands apart from the text', () => {
  expect(searchText({ title: ' Routes ', body: { type: 'doc' } })).toEqual({ title: 'Routes', text: '' })
})

test('words are folded to lower case without diacritics, in the order of the text', () => {
  expect(wordsOf('De Coördinator: één foto’s, 06.15 uur')).toEqual([
    'de',
    'coordinator',
    'een',
    'foto’s',
    '06',
    '15',
    'uur',
  ])
})
