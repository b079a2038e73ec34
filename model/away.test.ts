import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { findReview, type AuthorsOf } from './away.ts'
import { moveChild } from './block-moves.ts'
import type { AwayItem } from './away-review.ts'
import { idsIn } from './id-ranges.ts'
import type { PersonId } from './ids.ts'
import { writeBody } from './page-body.ts'
import type { PageNode } from './page-content.ts'
import { bodyName } from './page.ts'

const daan = 'daan' as PersonId

/** One laptop: its document, and what it wrote. */
class Laptop {
  readonly doc = new Y.Doc()
  readonly written: Uint8Array[] = []

  constructor(seed: Uint8Array) {
    Y.applyUpdate(this.doc, seed, 'seed')
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'seed') this.written.push(update)
    })
  }

  get fragment(): Y.XmlFragment {
    return this.doc.getXmlFragment(bodyName)
  }

  /** Every text of the page, in order. */
  texts(): Y.XmlText[] {
    return [...this.fragment.createTreeWalker((node) => node instanceof Y.XmlText)] as unknown as Y.XmlText[]
  }

  get state(): Uint8Array {
    return Y.encodeStateAsUpdate(this.doc)
  }
}

const paragraph = (text: string): PageNode => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const list = (...items: string[]): PageNode => ({
  type: 'bulletList',
  content: items.map((text) => ({ type: 'listItem', content: [paragraph(text)] })),
})

function pageSeed(...content: PageNode[]): Uint8Array {
  const doc = new Y.Doc()
  writeBody(doc.getXmlFragment(bodyName), { type: 'doc', content })
  return Y.encodeStateAsUpdate(doc)
}

function authorsOf(theirs: readonly Uint8Array[]): AuthorsOf {
  const { inserted, deleted } = idsIn(theirs)
  return {
    inserted: (client, clock) => (inserted.has(client, clock) ? daan : null),
    deleted: (client, clock) => (deleted.has(client, clock) ? daan : null),
  }
}

/** What I find on return, after I and another wrote apart from one another. */
function review(mine: Laptop, theirs: Laptop, since: readonly Uint8Array[] = []) {
  const merged = new Y.Doc()
  for (const update of [mine.state, theirs.state, ...since]) Y.applyUpdate(merged, update)
  const bytes = { before: [mine.state], after: [Y.encodeStateAsUpdate(merged)], own: mine.written, since }
  const visible = merged.getXmlFragment(bodyName).toString()
  return { ...findReview(bytes, authorsOf(theirs.written)), visible }
}

const drawn = ({ words }: AwayItem) =>
  words.map(({ text, by, change }) => `${by}${change === 'same' ? '' : change === 'added' ? '+' : '-'}:${text}`)

describe('while you were away', () => {
  const seed = pageSeed(paragraph('Bewoners halen een zak zout.'), paragraph('Het tweede.'))

  it('offers the paragraph that I wrote in while another deleted it, as I had it, with who did it', () => {
    const [mine, theirs] = [new Laptop(seed), new Laptop(seed)]
    mine.texts()[0]?.insert(28, ' Neem een bewijs mee.')
    theirs.fragment.delete(0, 1)
    const { items, mine: count } = review(mine, theirs)
    expect(items.map(({ kind, authors, block }) => ({ kind, authors, block }))).toEqual([
      { kind: 'lost', authors: [daan], block: paragraph('Bewoners halen een zak zout. Neem een bewijs mee.') },
    ])
    expect(items.map(drawn)).toEqual([['before-:Bewoners halen een zak zout.', 'me+: Neem een bewijs mee.']])
    expect(count).toBe(1)
  })

  it('asks about words of another in a paragraph that I deleted without knowing of them', () => {
    const [mine, theirs] = [new Laptop(seed), new Laptop(seed)]
    mine.fragment.delete(0, 1)
    theirs.texts()[0]?.insert(28, ' Neem een bewijs mee.')
    const bytes = { before: [seed, ...mine.written], own: mine.written, since: [] }
    const { items } = findReview(
      { ...bytes, after: [seed, ...mine.written, ...theirs.written] },
      authorsOf(theirs.written),
    )
    expect(items.map(({ kind, authors, block }) => ({ kind, authors, block }))).toEqual([
      { kind: 'unseen', authors: [daan], block: paragraph('Bewoners halen een zak zout. Neem een bewijs mee.') },
    ])
    expect(items.map(drawn)).toEqual([['before-:Bewoners halen een zak zout.', 'them+: Neem een bewijs mee.']])
  })

  it('does not ask about words of another that still stand where I deleted mine', () => {
    const [mine, theirs] = [new Laptop(seed), new Laptop(seed)]
    mine.texts()[0]?.delete(0, 28)
    theirs.texts()[0]?.insert(28, ' Neem een bewijs mee.')
    const { items, visible } = review(mine, theirs)
    expect(visible).toContain('Neem een bewijs mee.')
    expect(items.map(({ kind }) => kind)).toEqual(['theirs'])
  })

  it('does not ask about words that their writer took away again', () => {
    const [mine, theirs] = [new Laptop(seed), new Laptop(seed)]
    theirs.texts()[0]?.insert(28, ' Weg.')
    theirs.texts()[0]?.delete(28, 5)
    mine.fragment.delete(0, 1)
    const bytes = { before: [seed, ...mine.written], own: mine.written, since: [] }
    const { items } = findReview(
      { ...bytes, after: [seed, ...mine.written, ...theirs.written] },
      authorsOf(theirs.written),
    )
    expect(items).toEqual([])
  })

  it('finds the place again, in a document that has collected what was deleted', () => {
    const [mine, theirs] = [new Laptop(seed), new Laptop(seed)]
    mine.texts()[1]?.insert(0, 'Van mij. ')
    theirs.fragment.delete(1, 1)
    const [item] = review(mine, theirs).items
    Y.applyUpdate(theirs.doc, mine.state)
    const place = Y.decodeRelativePosition(item?.place ?? new Uint8Array())
    expect(Y.createAbsolutePositionFromRelativePosition(place, theirs.doc)?.index).toBe(1)
  })

  it('offers what I wrote in a list that another deleted whole, and in a text that another emptied', () => {
    const [mine, theirs] = [new Laptop(pageSeed(list('een', 'twee'), paragraph('drie'))), new Laptop(seed)]
    const others = new Laptop(mine.state)
    mine.texts()[1]?.insert(4, ' van mij')
    mine.texts()[2]?.insert(0, 'ook ')
    others.fragment.delete(0, 1)
    const third = others.fragment.get(0)
    if (third instanceof Y.XmlElement) third.delete(0, 1)
    const { items } = review(mine, others)
    expect(items.filter(({ kind }) => kind === 'lost').map(({ block }) => block)).toEqual([
      paragraph('twee van mij'),
      paragraph('ook drie'),
    ])
    expect(theirs.texts()).toHaveLength(2)
  })

  it('shows what both wrote in one paragraph, and what others alone wrote, and asks nothing about it', () => {
    const [mine, theirs] = [new Laptop(seed), new Laptop(seed)]
    mine.texts()[0]?.insert(0, 'Let op. ')
    theirs.texts()[0]?.insert(28, ' Per adres een.')
    theirs.texts()[1]?.delete(0, 4)
    const { items } = review(mine, theirs)
    expect(items.map(({ kind }) => kind)).toEqual(['both', 'theirs'])
    expect(items.map(drawn)).toEqual([
      ['me+:Let op. ', 'before:Bewoners halen een zak zout.', 'them+: Per adres een.'],
      ['before-:Het ', 'before:tweede.'],
    ])
  })

  it('offers nothing that I deleted myself, before or after the return', () => {
    const [mine, theirs] = [new Laptop(seed), new Laptop(seed)]
    mine.texts()[0]?.insert(0, 'Weg. ')
    mine.texts()[0]?.delete(0, 5)
    mine.texts()[1]?.insert(0, 'Later weg. ')
    const later = new Laptop(mine.state)
    later.fragment.delete(1, 1)
    expect(review(mine, theirs, later.written).items).toEqual([])
  })

  it('asks nothing where the paragraph was made anew with all my words in it', () => {
    const [mine, theirs] = [new Laptop(seed), new Laptop(seed)]
    mine.texts()[1]?.insert(0, 'Van mij. ')
    theirs.fragment.delete(1, 1)
    const heading = new Y.XmlElement('heading')
    heading.insert(0, [new Y.XmlText('Van mij. Het tweede.')])
    theirs.fragment.insert(1, [heading])
    expect(review(mine, theirs).items.filter(({ kind }) => kind === 'lost')).toEqual([])
  })
})

const moved = (laptop: Laptop, index: number, before: number) => {
  laptop.doc.transact(() => {
    moveChild(laptop.fragment, index, before)
  })
}

describe('while you were away, and a block was moved', () => {
  const seed = pageSeed(paragraph('Bewoners halen een zak zout.'), paragraph('Het tweede.'))

  it('offers the block as I had it beside where it is now, when nobody took my words along', () => {
    const [mine, theirs] = [new Laptop(seed), new Laptop(seed)]
    mine.texts()[0]?.insert(28, ' Neem een bewijs mee.')
    moved(theirs, 0, 2)
    const [item] = review(mine, theirs).items
    expect([item?.kind, item?.block]).toEqual(['lost', paragraph('Bewoners halen een zak zout. Neem een bewijs mee.')])
    Y.applyUpdate(theirs.doc, mine.state)
    const place = Y.decodeRelativePosition(item?.place ?? new Uint8Array())
    expect(Y.createAbsolutePositionFromRelativePosition(place, theirs.doc)?.index).toBe(1)
  })

  it('asks nothing where my editor took my words along', () => {
    const [mine, theirs] = [new Laptop(seed), new Laptop(seed)]
    mine.texts()[0]?.insert(28, ' Neem een bewijs mee.')
    moved(theirs, 0, 2)
    theirs.texts()[1]?.insert(28, ' Neem een bewijs mee. En zo.')
    expect(review(mine, theirs).items.filter(({ kind }) => kind === 'lost')).toEqual([])
  })

  it('offers what another wrote in a block that I moved, without what they erased again', () => {
    const [mine, theirs] = [new Laptop(seed), new Laptop(seed)]
    moved(mine, 0, 2)
    theirs.texts()[0]?.insert(28, ' Per adres eeen.')
    theirs.texts()[0]?.delete(40, 1) // an e too many
    const after = [seed, ...mine.written, ...theirs.written]
    const { items } = findReview(
      { before: [seed, ...mine.written], after, own: mine.written, since: [] },
      authorsOf(theirs.written),
    )
    expect(items.map(({ kind, authors, block }) => ({ kind, authors, block }))).toEqual([
      { kind: 'unseen', authors: [daan], block: paragraph('Per adres een.') },
    ])
    expect(items.map(drawn)).toEqual([['before:Bewoners halen een zak zout.', 'them+: Per adres een.']])
  })
})

interface Step {
  readonly what: 'type' | 'erase' | 'drop' | 'add' | 'turn'
  readonly at: number
  readonly length: number
}

const steps = fc.array(
  fc.record({
    what: fc.constantFrom<Step['what']>('type', 'type', 'type', 'erase', 'drop', 'add', 'turn'),
    at: fc.nat(1000),
    length: fc.integer({ min: 1, max: 6 }),
  }),
  { maxLength: 12 },
)

/** Does steps on a laptop; every letter that is typed exists once in the world. */
function act(laptop: Laptop, todo: readonly Step[], letterFrom: number): void {
  let next = letterFrom
  const typed = (count: number) => Array.from({ length: count }, () => String.fromCharCode((next += 1))).join('')
  for (const { what, at, length } of todo) {
    const texts = laptop.texts()
    const text = texts[at % Math.max(1, texts.length)]
    const { fragment } = laptop
    const block = at % Math.max(1, fragment.length)
    if (what === 'type') text?.insert(at % (text.length + 1), typed(length))
    else if (what === 'erase' && text !== undefined && text.length > 0)
      text.delete(at % text.length, Math.min(length, text.length - (at % text.length)))
    else if (what === 'drop' && fragment.length > 0) fragment.delete(block, 1)
    else if (what === 'add') fragment.insert(block, [made('paragraph', typed(length))])
    else if (what === 'turn' && fragment.length > 0) {
      const old = fragment.get(block)
      const words = old instanceof Y.XmlElement ? textsBelow(old) : ''
      laptop.doc.transact(() => {
        fragment.delete(block, 1)
        fragment.insert(block, [made('heading', words)])
      })
    }
  }
}

function made(name: string, text: string): Y.XmlElement {
  const element = new Y.XmlElement(name)
  element.insert(0, [new Y.XmlText(text)])
  return element
}

function textsBelow(element: Y.XmlElement): string {
  return [...element.createTreeWalker((node) => node instanceof Y.XmlText)].map(String).join('')
}

const mineFrom = 0x4e00
const isMine = (letter: string) => letter.charCodeAt(0) >= mineFrom
const lettersIn = (text: string) => new Set([...text].filter(isMine))

describe('any two who write apart', () => {
  it('find every letter of mine that is gone in one thing to rescue, and none that can be seen', () => {
    const seed = pageSeed(paragraph('een twee drie'), list('vier vijf', 'zes'), paragraph('zeven'))
    fc.assert(
      fc.property(steps, steps, (my, their) => {
        const [mine, theirs] = [new Laptop(seed), new Laptop(seed)]
        act(mine, my, mineFrom)
        act(theirs, their, 0x0400)
        const { items, visible } = review(mine, theirs)
        const lost = items.filter(({ kind }) => kind === 'lost')
        const offered = lost.flatMap(({ words }) =>
          words.filter(({ by, change }) => by === 'me' && change === 'added').flatMap(({ text }) => [...text]),
        )
        const [before, after] = [lettersIn(mine.fragment.toString()), lettersIn(visible)]
        const gone = [...before].filter((letter) => !after.has(letter))
        expect(offered.toSorted()).toEqual(gone.toSorted())
        for (const { block } of lost) expect(block).not.toBeNull()
        const put = lost.map(({ block }) => JSON.stringify(block)).join('')
        for (const letter of gone) expect(put).toContain(letter)
      }),
      { numRuns: 500 },
    )
  })

  it('find every letter of another that is gone with what I deleted, so that whoever comes back last hears of it', () => {
    const seed = pageSeed(paragraph('een twee drie'), list('vier vijf', 'zes'), paragraph('zeven'))
    const theirsFrom = 0x0400
    const theirLetters = (text: string) =>
      new Set([...text].filter((letter) => letter.charCodeAt(0) > theirsFrom && !isMine(letter)))
    fc.assert(
      fc.property(steps, steps, (my, their) => {
        const [mine, theirs] = [new Laptop(seed), new Laptop(seed)]
        act(mine, my, mineFrom)
        act(theirs, their, theirsFrom)
        const before = [seed, ...mine.written]
        const after = [...before, ...theirs.written]
        const merged = new Laptop(seed)
        for (const update of after) Y.applyUpdate(merged.doc, update)
        const { items } = findReview({ before, after, own: mine.written, since: [] }, authorsOf(theirs.written))
        const offered = items
          .filter(({ kind }) => kind === 'unseen')
          .flatMap(({ words }) => words.flatMap(({ text, by }) => (by === 'them' ? [...text] : [])))
        const seen = theirLetters(merged.fragment.toString())
        const gone = [...theirLetters(theirs.fragment.toString())].filter((letter) => !seen.has(letter))
        expect(offered.toSorted()).toEqual(gone.toSorted())
      }),
      { numRuns: 500 },
    )
  })
})
