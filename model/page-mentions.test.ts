import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { mintId, type PageId, type PersonId } from './ids.ts'
import { parseActRef } from './act-ref.ts'
import { writeBody } from './page-body.ts'
import { compareMentions, mentionsOf, noticeOf, parseNotice, type MentionNotice } from './page-mentions.ts'
import { bodyName } from './page.ts'

let counter = 0
const fillRandom = (bytes: Uint8Array) => bytes.fill((counter += 1))
const [me, other] = [mintId<PersonId>(fillRandom), mintId<PersonId>(fillRandom)]
const page = mintId<PageId>(fillRandom)
const text = (words: string) => ({ type: 'text', text: words })
const mention = (person: PersonId) => ({ type: 'mention', attrs: { person, label: 'Noor' } })

function docOf(...blocks: readonly (readonly { readonly type: string }[])[]): Y.Doc {
  const doc = new Y.Doc()
  const content = blocks.map((block) => ({ type: 'paragraph', content: block }))
  writeBody(doc.getXmlFragment(bodyName), { type: 'doc', content })
  return doc
}

const noticed = (found: ReturnType<typeof mentionsOf>): MentionNotice[] =>
  found.map((each) => noticeOf(page, each, { author: other, atMs: 1 }))

describe('mentions in the text of a page', () => {
  it('are found by the person, with the words of their block, in lists too', () => {
    const doc = new Y.Doc()
    const item = { type: 'listItem', content: [{ type: 'paragraph', content: [text('Vraag '), mention(me)] }] }
    const list = { type: 'bulletList', content: [item] }
    writeBody(doc.getXmlFragment(bodyName), {
      type: 'doc',
      content: [list, { type: 'paragraph', content: [mention(other), text(' weet het')] }],
    })
    expect(mentionsOf(doc, me).map((each) => each.text)).toEqual(['Vraag Noor'])
    expect(mentionsOf(doc, other)).toHaveLength(1)
  })

  it('have references of their own that the read marks take, the same on every device', () => {
    const found = mentionsOf(docOf([mention(me)], [mention(me)]), me)
    const refs = noticed(found).map(({ ref }) => ref)
    expect(new Set(refs.map(parseActRef)).size).toBe(2)
    expect(noticed(found).map(({ ref }) => ref)).toEqual(refs)
    expect(noticed(found).flatMap((notice) => parseNotice({ ...notice }))).toEqual(noticed(found))
    expect([null, {}, { ...noticed(found)[0], ref: 'x' }].flatMap(parseNotice)).toEqual([])
  })

  it('are no news when words around them change', () => {
    const doc = docOf([text('Vraag '), mention(me)])
    const known = noticed(mentionsOf(doc, me))
    const paragraph = doc.getXmlFragment(bodyName).get(0)
    const words = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null
    if (words instanceof Y.XmlText) words.insert(0, 'Een ')
    const { notices, fresh } = compareMentions(known, mentionsOf(doc, me))
    expect(fresh).toEqual([])
    expect(notices).toEqual([{ ...known[0], text: 'Een Vraag Noor' }])
  })

  it('are no news when their block is written anew elsewhere, cut and put back, or their line is split', () => {
    const known = noticed(mentionsOf(docOf([text('Vraag '), mention(me)]), me))
    const elsewhere = mentionsOf(docOf([text('Iets')], [text('Vraag '), mention(me)]), me)
    const split = mentionsOf(docOf([text('Vraag ')], [mention(me)]), me)
    const cut = compareMentions(known, [])
    expect(cut.notices).toEqual([{ ...known[0], item: null }])
    for (const [before, found] of [
      [known, elsewhere],
      [known, split],
      [cut.notices, elsewhere],
    ] as const) {
      const { notices, fresh } = compareMentions(before, found)
      expect(fresh).toEqual([])
      expect(notices.map(({ ref, item }) => [ref, item])).toEqual([[known[0]?.ref, found[0]?.item]])
    }
  })

  it('are news where one more appears', () => {
    const doc = docOf([text('Vraag '), mention(me)])
    const known = noticed(mentionsOf(doc, me))
    const second = docOf([text('En '), mention(me)])
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(second))
    const { notices, fresh } = compareMentions(known, mentionsOf(doc, me))
    expect([notices, fresh.map((each) => each.text)]).toEqual([known, ['En Noor']])
    const later = compareMentions(compareMentions(known, []).notices, mentionsOf(second, me))
    expect(later.fresh.map((each) => each.text)).toEqual(['En Noor'])
  })
})
