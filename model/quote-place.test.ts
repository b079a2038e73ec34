import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Anchor } from './act.ts'
import { toBase64 } from './base64.ts'
import { markdownToPage } from './markdown/markdown-to-page.ts'
import { pageToMarkdown } from './markdown/page-to-markdown.ts'
import { readBody, writeBody } from './page-body.ts'
import { bodyName } from './page.ts'
import { anchorAt, parseQuotePlace, quotePlaceOf } from './quote-place.ts'

function docOf(markdown: string): Y.Doc {
  const doc = new Y.Doc()
  writeBody(doc.getXmlFragment(bodyName), markdownToPage(markdown).body)
  return doc
}

/** All texts of a page, in their order. */
function textsIn(parent: Y.XmlFragment): readonly Y.XmlText[] {
  return parent
    .toArray()
    .flatMap((child) => (child instanceof Y.XmlText ? [child] : child instanceof Y.XmlElement ? textsIn(child) : []))
}

/** Anchors from a letter of one text to a letter of another, as the editor makes them. */
function anchorOf(
  doc: Y.Doc,
  from: readonly [text: number, at: number],
  to: readonly [text: number, at: number],
): Anchor {
  const texts = textsIn(doc.getXmlFragment(bodyName))
  const [first, last] = [texts[from[0]], texts[to[0]]]
  if (first === undefined || last === undefined) throw new Error('There is no such text')
  const encode = (position: Y.RelativePosition) => toBase64(Y.encodeRelativePosition(position))
  return {
    from: encode(Y.createRelativePositionFromTypeIndex(first, from[1])),
    to: encode(Y.createRelativePositionFromTypeIndex(last, to[1], -1)),
    quote: 'the quote',
  }
}

/** The letters between the two ends of an anchor, and those of texts in between. */
function wordsAt(doc: Y.Doc, anchor: Anchor | null): string {
  return anchor === null ? 'nowhere' : (quotePlaceOf(doc, anchor)?.words ?? 'nowhere')
}

const again = (doc: Y.Doc) => docOf(pageToMarkdown({ title: '', body: readBody(doc.getXmlFragment(bodyName)) }))

describe('the place of a quote', () => {
  it('is found in the page as Markdown brought it back, of several alike the same', () => {
    const doc = docOf('De brug gaat open.\n\n- De brug\n- De **brug** blijft\n\nDe brug gaat open.')
    const texts = textsIn(doc.getXmlFragment(bodyName))
    const copy = again(doc)
    for (const text of texts.keys()) {
      const place = quotePlaceOf(doc, anchorOf(doc, [text, 3], [text, 7]))
      const found = place === null ? null : anchorAt(copy, place, 'brug')
      expect(found === null ? null : quotePlaceOf(copy, found)).toEqual(place)
      expect([place?.words, found?.quote]).toEqual(['brug', 'brug'])
    }
  })

  it('goes over several blocks, and over marks and links within one', () => {
    const doc = docOf('Eén **vette** zin met een [link](https://a.example).\n\nEn nog een.')
    const place = quotePlaceOf(doc, anchorOf(doc, [0, 4], [1, 6]))
    expect(place?.words).toContain('vette zin met een link.\nEn nog')
    const copy = again(doc)
    expect(wordsAt(copy, place === null ? null : anchorAt(copy, place, ''))).toBe(place?.words)
  })

  it('is nowhere where the words are gone, in the page or in its copy', () => {
    const doc = docOf('De brug gaat open.')
    const anchor = anchorOf(doc, [0, 3], [0, 7])
    const place = quotePlaceOf(doc, anchor)
    textsIn(doc.getXmlFragment(bodyName))[0]?.delete(3, 4)
    expect(quotePlaceOf(doc, anchor)).toBeNull()
    expect(place === null ? undefined : anchorAt(docOf('Iets anders'), place, 'brug')).toBeNull()
    expect(quotePlaceOf(doc, { from: 'AAAA', to: '%%%', quote: '' })).toBeNull()
  })

  it('stays with the letters around it where other words came before, and with its number where those changed', () => {
    const doc = docOf('Een brug.\n\nTwee brug.')
    const place = quotePlaceOf(doc, anchorOf(doc, [1, 5], [1, 9]))
    if (place === null) throw new Error('It is not there')
    const around = anchorAt(docOf('Nul brug hier en daar.\n\nEen brug.\n\nTwee brug.'), place, '')
    expect(around === null ? null : around.from === around.to).toBe(false)
    const changed = docOf('Een brug!\n\nDrie brug!')
    const found = anchorAt(changed, place, '')
    expect(found === null ? null : quotePlaceOf(changed, found)?.nth).toBe(1)
  })

  it('is read from a file only where it has its form', () => {
    const place = { words: 'brug', length: 4, before: 'De ', after: ' gaat', nth: 0 }
    expect(parseQuotePlace(place)).toEqual(place)
    for (const broken of [
      null,
      { ...place, words: '' },
      { ...place, length: 2 },
      { ...place, nth: -1 },
      { ...place, before: 1 },
    ])
      expect(parseQuotePlace(broken)).toBeUndefined()
  })
})
