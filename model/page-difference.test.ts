import { describe, expect, it } from 'vitest'
import { markdownToPage } from './markdown/markdown-to-page.ts'
import type { PageNode } from './page-content.ts'
import { countChanges, pageDifference, type DifferentLine } from './page-difference.ts'

const bodyOf = (markdown: string) => markdownToPage(`# Titel\n\n${markdown}`).body

/** Removed words in [-…-], added ones in {+…+}; a sign before the line says what the line is. */
function drawn({ change, cells, marker }: DifferentLine): string {
  const signs = { same: ' ', added: '+', removed: '-', changed: '~', restyled: '*' }
  const words = cells.map((cell) =>
    cell
      .map(({ text, change: of }) => (of === 'same' ? text : of === 'added' ? `{+${text}+}` : `[-${text}-]`))
      .join(''),
  )
  return `${signs[change]} ${marker === 'none' ? '' : `${marker} `}${words.join(' | ')}`
}

const difference = (before: string, after: string) => pageDifference(bodyOf(before), bodyOf(after)).map(drawn)

describe('the difference between two states of a page', () => {
  it('says word by word what changed in a paragraph, and leaves the others whole', () => {
    expect(
      difference('Eerste.\n\nOm zes uur strooien we.\n\nLaatste.', 'Eerste.\n\nOm zeven uur strooien we.\n\nLaatste.'),
    ).toEqual(['  Eerste.', '~ Om [-zes-]{+zeven+} uur strooien we.', '  Laatste.'])
  })

  it('keeps headings, lists and tasks as such', () => {
    expect(
      difference('## Kop\n\n- een\n- twee\n\n- [ ] zout', '## Kop\n\n- een\n- drie\n- twee\n\n- [x] zout'),
    ).toEqual(['  Kop', '  bullet een', '+ bullet {+drie+}', '  bullet twee', '* done zout'])
  })

  it('shows tables by row and cell', () => {
    const table = (time: string, more = '') => `| Route | Klaar |\n| - | - |\n| A | ${time} |\n${more}`
    expect(difference(table('6.15'), table('6.30', '| B | 7.00 |\n'))).toEqual([
      '  Route | Klaar',
      '~ A | 6.[-15-]{+30+}',
      '+ {+B+} | {+7.00+}',
    ])
  })

  it('finds the line that changed its kind, and the words that changed only their style', () => {
    expect(
      difference('Routes en ploegen\n\nGewone tekst hier.', '## Routes en ploegen\n\nGewone **tekst** hier.'),
    ).toEqual(['* Routes en ploegen', '* Gewone tekst hier.'])
  })

  it('shows everything as new on an empty page, and nothing where nothing changed', () => {
    expect(pageDifference({ type: 'doc' }, bodyOf('Een.\n\nTwee.')).map(drawn)).toEqual(['+ {+Een.+}', '+ {+Twee.+}'])
    expect(countChanges(pageDifference(bodyOf('Een.'), bodyOf('Een.')))).toBe(0)
  })

  it('shows pages of thousands of lines that have nothing in common as gone and new', () => {
    const page = (word: string): PageNode => ({
      type: 'doc',
      content: Array.from({ length: 3000 }, (_, i) => ({
        type: 'paragraph',
        content: [{ type: 'text', text: `${word} ${i} ${word}${i * 7}.` }],
      })),
    })
    const lines = pageDifference(page('oud'), page('nieuw'))
    expect(lines.filter(({ change }) => change === 'removed')).toHaveLength(3000)
    expect(lines).toHaveLength(6000)
  })
})
