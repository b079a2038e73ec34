import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { carryOwnWriting } from './block-carry.ts'
import { followMoves, moveChild, movesOf } from './block-moves.ts'
import { writeBody } from './page-body.ts'
import type { PageNode } from './page-content.ts'
import { bodyName } from './page.ts'

/** One person's open page: carries its own writing as an editor does. */
class Desk {
  readonly doc = new Y.Doc()
  readonly body = this.doc.getXmlFragment(bodyName)

  constructor(seed: Uint8Array) {
    movesOf(this.doc)
    Y.applyUpdate(this.doc, seed)
    this.body.observeDeep((_events, transaction) => {
      if (!transaction.local) carryOwnWriting(this.doc, transaction, 'carry')
    })
  }

  move(index: number, before: number, parent: Y.XmlFragment = this.body): void {
    this.doc.transact(() => {
      moveChild(parent, index, before)
    })
  }

  texts(): Y.XmlText[] {
    return [...this.body.createTreeWalker((node) => node instanceof Y.XmlText)] as unknown as Y.XmlText[]
  }

  /** The text that holds these words. */
  text(words: string): Y.XmlText {
    const found = this.texts().find((text) => text.toString().includes(words))
    if (found === undefined) throw new Error(`Nothing says ${words}`)
    return found
  }

  get words(): string {
    return this.texts().map(String).join('|')
  }
}

/** Everybody hears of everything, also of what was carried. */
function meet(...desks: readonly Desk[]): void {
  for (let round = 0; round < 3; round++) {
    for (const to of desks) for (const from of desks) hear(to, from)
  }
}

function hear(to: Desk, from: Desk): void {
  if (to !== from) Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), 'remote')
}

const paragraph = (text: string): PageNode => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const list = (...items: string[]): PageNode => ({
  type: 'bulletList',
  content: items.map((text) => ({ type: 'listItem', content: [paragraph(text)] })),
})

function seedOf(...content: PageNode[]): Uint8Array {
  const doc = new Y.Doc()
  writeBody(doc.getXmlFragment(bodyName), { type: 'doc', content })
  return Y.encodeStateAsUpdate(doc)
}

const three = seedOf(paragraph('Een'), paragraph('Twee'), paragraph('Drie'))

describe('a block that moves', () => {
  it('leaves what it passes what it is', () => {
    const mover = new Desk(three)
    const passed = [mover.body.get(1), mover.body.get(2)]
    mover.move(0, 3)
    expect(mover.words).toBe('Twee|Drie|Een')
    expect([mover.body.get(0), mover.body.get(1)]).toEqual(passed)
  })

  it('takes along what another writes in it meanwhile, once, at its place, and keeps what is written in what it passes', () => {
    const [mover, writer, third] = [new Desk(three), new Desk(three), new Desk(three)]
    mover.move(0, 3)
    mover.text('Een').insert(3, '!')
    writer.text('Een').insert(1, 'xyz')
    writer.text('Twee').insert(4, ' ook')
    meet(mover, writer, third)
    for (const desk of [mover, writer, third]) expect(desk.words).toBe('Twee ook|Drie|Exyzen!')
  })

  it('takes along marks, what was erased, and new parts of a list', () => {
    const seed = seedOf(list('melk', 'brood'), paragraph('Slot'))
    const [mover, writer] = [new Desk(seed), new Desk(seed)]
    mover.move(0, 2)
    writer.text('melk').insert(4, 'vla', { bold: {} })
    writer.text('brood').delete(0, 2)
    const items = writer.body.get(0) as Y.XmlElement
    const item = new Y.XmlElement('listItem')
    const line = new Y.XmlElement('paragraph')
    line.insert(0, [new Y.XmlText('kaas')])
    item.insert(0, [line])
    items.insert(1, [item])
    meet(mover, writer)
    expect(mover.words).toBe('Slot|melk<bold>vla</bold>|kaas|ood')
    expect(writer.words).toBe(mover.words)
  })

  it('leaves out the words of what another had removed from it, and keeps what was written there since', () => {
    const seed = seedOf(list('melk', 'brood'), paragraph('Slot'), list('thee', 'koffie'))
    const [mover, writer] = [new Desk(seed), new Desk(seed)]
    mover.move(0, 3)
    mover.move(1, 0)
    mover.text('thee').insert(4, ' van mij')
    for (const block of [0, 2]) (writer.body.get(block) as Y.XmlElement).delete(0, 1)
    meet(mover, writer)
    expect(mover.words).toBe(' van mij|koffie|Slot||brood')
    expect(writer.words).toBe(mover.words)
  })

  it('moves again, with what was written before either move was heard of', () => {
    const [mover, writer] = [new Desk(three), new Desk(three)]
    mover.move(0, 3)
    mover.move(2, 0)
    writer.text('Een').insert(3, '!')
    meet(mover, writer)
    expect(mover.words).toBe('Een!|Twee|Drie')
  })

  it('does not bring back what its mover saw and erased', () => {
    const [mover, writer] = [new Desk(three), new Desk(three)]
    writer.text('Een').insert(3, ' dus')
    Y.applyUpdate(mover.doc, Y.encodeStateAsUpdate(writer.doc))
    mover.text('Een').delete(3, 4)
    mover.move(0, 2)
    meet(mover, writer)
    expect(writer.words).toBe('Twee|Een|Drie')
  })

  it('leaves words by themselves where its new place was deleted', () => {
    const [mover, writer] = [new Desk(three), new Desk(three)]
    mover.move(0, 3)
    mover.body.delete(2, 1)
    writer.text('Een').insert(3, ' van mij')
    meet(mover, writer)
    expect(mover.words).toBe(' van mij|Twee|Drie')
  })

  it('is followed by positions in it, also when the original was let go', () => {
    const [mover, writer] = [new Desk(three), new Desk(three)]
    const text = writer.text('Een')
    const positions = [0, 2, 3].map((index) => Y.createRelativePositionFromTypeIndex(text, index))
    mover.move(0, 3)
    meet(mover, writer)
    const later = new Desk(Y.encodeStateAsUpdate(writer.doc))
    const found = positions.map((position) =>
      Y.createAbsolutePositionFromRelativePosition(followMoves(later.doc, position), later.doc),
    )
    expect(found.map((place) => [place?.type, place?.index])).toEqual([0, 2, 3].map((at) => [later.text('Een'), at]))
  })

  it('loses no words where a note is none, or lies', () => {
    const [mover, writer] = [new Desk(three), new Desk(three)]
    const root = (mover.body.get(0) as Y.XmlElement)._item?.id
    movesOf(mover.doc).push([null, 'x', { of: ['a'] }, { of: [root?.client, root?.clock], copies: [1, 2, 3, 4, 'x'] }])
    movesOf(mover.doc).push([
      { of: [root?.client, root?.clock], seen: [1], copies: [root?.client, root?.clock, 7, 7, 1] },
    ])
    mover.body.delete(0, 1)
    writer.text('Een').insert(0, 'Nog ')
    meet(mover, writer)
    expect([mover.words, writer.words]).toEqual(['Nog |Twee|Drie', 'Nog |Twee|Drie'])
  })
})

interface Step {
  readonly what: 'type' | 'erase' | 'move' | 'moveItem' | 'add'
  readonly at: number
  readonly to: number
  readonly length: number
}

const stepsOf = (...what: readonly Step['what'][]) =>
  fc.array(
    fc.record({
      what: fc.constantFrom(...what),
      at: fc.nat(1000),
      to: fc.nat(1000),
      length: fc.integer({ min: 1, max: 5 }),
    }),
    { maxLength: 10 },
  )

/** Every letter that is typed exists once in the world. */
class Typist {
  readonly desk: Desk
  readonly erased = new Set<string>()
  readonly typed = new Set<string>()
  #next: number

  constructor(seed: Uint8Array, firstLetter: number) {
    this.desk = new Desk(seed)
    this.#next = firstLetter
  }

  do(steps: readonly Step[]): void {
    for (const step of steps) this.#step(step)
  }

  #step({ what, at, to, length }: Step): void {
    const { desk } = this
    const texts = desk.texts()
    const text = texts[at % Math.max(1, texts.length)]
    const lists = desk.body
      .toArray()
      .filter((block) => block instanceof Y.XmlElement && block.nodeName === 'bulletList')
    const items = lists[at % Math.max(1, lists.length)]
    if (what === 'type') text?.insert(to % (text.length + 1), this.#letters(length))
    else if (what === 'erase' && text !== undefined && text.length > 0) this.#erase(text, to % text.length, length)
    else if (what === 'move') this.#move(desk.body, at, to)
    else if (items instanceof Y.XmlElement) this.#inList(what, items, { at, to, length })
  }

  #inList(what: Step['what'], items: Y.XmlElement, { at, to, length }: Omit<Step, 'what'>): void {
    if (what === 'moveItem') this.#move(items, at, to)
    else if (what === 'add') items.insert(to % (items.length + 1), [itemOf(this.#letters(length))])
  }

  #move(parent: Y.XmlFragment, at: number, to: number): void {
    if (parent.length > 0) this.desk.move(at % parent.length, to % (parent.length + 1), parent)
  }

  #erase(text: Y.XmlText, from: number, length: number): void {
    for (const letter of text.toString().slice(from, from + length)) this.erased.add(letter)
    text.delete(from, Math.min(length, text.length - from))
  }

  #letters(count: number): string {
    const letters = Array.from({ length: count }, () => String.fromCharCode((this.#next += 1)))
    for (const letter of letters) this.typed.add(letter)
    return letters.join('')
  }
}

function itemOf(text: string): Y.XmlElement {
  const item = new Y.XmlElement('listItem')
  const line = new Y.XmlElement('paragraph')
  line.insert(0, [new Y.XmlText(text)])
  item.insert(0, [line])
  return item
}

const seed = seedOf(paragraph('aap'), list('bij', 'cavia'), paragraph('das'), list('egel'))

/** How often each typed letter that nobody erased can be seen. */
function countsOf(people: readonly Typist[]): ReadonlyMap<string, number> {
  const gone = new Set(people.flatMap(({ erased }) => [...erased]))
  const words = people[0]?.desk.words ?? ''
  const typed = people.flatMap((person) => [...person.typed]).filter((letter) => !gone.has(letter))
  return new Map(typed.map((letter) => [letter, words.split(letter).length - 1]))
}

const writing = stepsOf('type', 'type', 'erase', 'add')
const moving = stepsOf('type', 'move', 'move', 'moveItem', 'add')
const all = stepsOf('type', 'type', 'erase', 'move', 'moveItem', 'add')

describe('what is written apart from one another', () => {
  it('is all there, exactly once, where one moves blocks and another writes', () => {
    fc.assert(
      fc.property(moving, writing, moving, writing, (first, second, later, last) => {
        const people = [0x4e00, 0x6000].map((letter) => new Typist(seed, letter))
        const [mover, writer] = people
        for (const [moves, edits] of [
          [first, second],
          [later, last],
        ] as const) {
          mover?.do(moves)
          writer?.do(edits)
          meet(...people.map(({ desk }) => desk))
        }
        expect(new Set(people.map(({ desk }) => desk.body.toString())).size).toBe(1)
        expect([...countsOf(people)].filter(([, count]) => count !== 1)).toEqual([])
      }),
      { numRuns: 150, seed: 97 },
    )
  })

  it('is all there where everybody moves, writes and erases', () => {
    fc.assert(
      fc.property(all, all, all, (first, second, third) => {
        const people = [0x4e00, 0x6000, 0x7000].map((letter) => new Typist(seed, letter))
        for (const [index, steps] of [first, second, third].entries()) people[index]?.do(steps)
        meet(...people.map(({ desk }) => desk))
        expect(new Set(people.map(({ desk }) => desk.body.toString())).size).toBe(1)
        expect([...countsOf(people)].filter(([, count]) => count === 0)).toEqual([])
      }),
      { numRuns: 150, seed: 97 },
    )
  })
})
