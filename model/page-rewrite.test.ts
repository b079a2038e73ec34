import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { markdownToPage } from './markdown/markdown-to-page.ts'
import { readBody, writeBody } from './page-body.ts'
import type { PageNode } from './page-content.ts'
import { rewriteBody } from './page-rewrite.ts'
import { bodyName } from './page.ts'

const bodyFrom = (markdown: string) => markdownToPage(`# Titel\n\n${markdown}`).body

function pageOf(body: PageNode): Y.Doc {
  const doc = new Y.Doc()
  writeBody(doc.getXmlFragment(bodyName), body)
  return doc
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

const bodyOf = (doc: Y.Doc) => readBody(doc.getXmlFragment(bodyName))
const rewrite = (doc: Y.Doc, target: PageNode) => doc.transact(() => rewriteBody(doc.getXmlFragment(bodyName), target))

const words = fc.constantFrom(
  'zout',
  'route',
  '**vet**',
  'uur',
  '*scheef*',
  '[link](https://example.org)',
  'zes',
  'ploeg',
)
const line = fc.array(words, { minLength: 1, maxLength: 6 }).map((list) => list.join(' '))
const block = fc.oneof(
  line,
  line.map((text) => `## ${text}`),
  fc.array(line, { minLength: 1, maxLength: 3 }).map((list) => list.map((text) => `- ${text}`).join('\n')),
  fc.array(line, { minLength: 1, maxLength: 3 }).map((list) => list.map((text) => `- [ ] ${text}`).join('\n')),
  line.map((text) => `> ${text}`),
  line.map((text) => `| a | b |\n| - | - |\n| ${text} | x |`),
  line.map((text) => `\`\`\`\n${text}\n\`\`\``),
)
const page = fc.array(block, { minLength: 1, maxLength: 6 }).map((blocks) => bodyFrom(blocks.join('\n\n')))

describe('rewriting a body', () => {
  it('makes any page say what any other says', () => {
    fc.assert(
      fc.property(page, page, (before, after) => {
        const doc = pageOf(before)
        rewrite(doc, after)
        expect(bodyOf(doc)).toEqual(bodyOf(pageOf(after)))
      }),
      { numRuns: 100 },
    )
  })

  it('changes nothing where nothing differs', () => {
    const doc = pageOf(bodyFrom('## Kop\n\nTekst met **vet**.\n\n- een\n- twee'))
    const before = Y.encodeStateVector(doc)
    rewrite(doc, bodyOf(doc))
    expect(Y.encodeStateVector(doc)).toEqual(before)
  })

  it('keeps what somebody else writes meanwhile, in the paragraphs that stay and in those that change', () => {
    const doc = pageOf(bodyFrom('De eerste alinea blijft staan.\n\nOm zes uur strooien we de route.'))
    const other = copyOf(doc)
    const text = (of: Y.Doc, index: number) => {
      const child = of.getXmlFragment(bodyName).get(index)
      return child instanceof Y.XmlElement ? (child.get(0) as Y.XmlText) : new Y.XmlText()
    }
    text(other, 0).insert(text(other, 0).length, ' Van een ander.')
    text(other, 1).insert(0, 'Let op: ')
    rewrite(doc, bodyFrom('De eerste alinea blijft staan.\n\nOm zeven uur strooien we de route.'))
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    expect(bodyOf(other)).toEqual(bodyOf(doc))
    expect(bodyOf(doc)).toEqual(
      bodyFrom('De eerste alinea blijft staan. Van een ander.\n\nLet op: Om zeven uur strooien we de route.'),
    )
  })
})
