import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { refOf, type ActRef } from './act-ref.ts'
import { parseAct, type NewAct } from './act.ts'
import { actsToMove, addToLedger, readActs, readActsUpdate, saidInLedger, writeAct } from './acts.ts'
import { mintId, type ActId, type DocumentId, type PageId, type PersonId } from './ids.ts'
import { seedOf } from './seeds.ts'

let minted = 0
const mint = <T extends string>(): T =>
  mintId((bytes) => {
    new DataView(bytes.buffer).setUint32(0, (minted += 1))
  }) as string as T
const fillRandom = (bytes: Uint8Array) => new DataView(bytes.buffer).setUint32(0, (minted += 1))

const page = mint<PageId>()
const document = mint<DocumentId>()
const somebody = mint<PersonId>()

function actsDocument(): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedOf('acts', null))
  return doc
}

const comment = (text: string): NewAct => ({ kind: 'comment', page, anchor: null, text: [text] })

function write(doc: Y.Doc, ...acts: readonly NewAct[]): readonly ActRef[] {
  return acts.map((act) => writeAct(doc, document, { act, nowMs: 5, counter: 0, fillRandom }).ref)
}

function updateOf(doc: Y.Doc, change: (doc: Y.Doc) => void): Uint8Array {
  const before = Y.encodeStateVector(doc)
  change(doc)
  return Y.encodeStateAsUpdate(doc, before)
}

describe('acts documents', () => {
  it('AC1 reads an update without its document as exactly the acts that it brings', () => {
    const doc = actsDocument()
    write(doc, comment('eerst'))
    const read = readActsUpdate(updateOf(doc, () => write(doc, comment('dan'))))
    expect(read.ok && read.value.map((act) => act.kind === 'comment' && act.text)).toEqual([['dan']])
  })

  it('AC1 reads what two devices of one person wrote at the same time', () => {
    const [one, other] = [actsDocument(), actsDocument()]
    write(one, comment('hier'))
    write(other, comment('daar'))
    Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
    const whole = Y.diffUpdate(Y.encodeStateAsUpdate(one), Y.encodeStateVector(actsDocument()))
    expect(readActs(one)).toHaveLength(2)
    expect(readActsUpdate(whole)).toMatchObject({ ok: true })
  })

  it.each([
    ['another root', (doc: Y.Doc) => doc.getArray('other').push([1])],
    ['a value of the seed', (doc: Y.Doc) => doc.getMap('meta').set('kind', 'page')],
    ['the seed deleted', (doc: Y.Doc) => doc.getMap('meta').delete('kind')],
    ['a list', (doc: Y.Doc) => doc.getArray('acts').push([validAct()])],
    ['a shared type', (doc: Y.Doc) => doc.getMap('acts').set(fixedId, new Y.Text('x'))],
    ['text', (doc: Y.Doc) => doc.getText('acts').insert(0, 'x')],
    ['a value that is no act', (doc: Y.Doc) => doc.getMap('acts').set(fixedId, { kind: 'comment' })],
    ['an act of an unknown kind', (doc: Y.Doc) => doc.getMap('acts').set(fixedId, { ...validAct(), kind: 'wave' })],
    ['a field outside the schema', (doc: Y.Doc) => doc.getMap('acts').set(fixedId, { ...validAct(), extra: 1 })],
    ['an act under another key', (doc: Y.Doc) => doc.getMap('acts').set('x', validAct())],
    [
      'an act that is overwritten',
      (doc: Y.Doc) => {
        doc.getMap('acts').set(fixedId, validAct())
        doc.getMap('acts').set(fixedId, { ...validAct(), counter: 2 })
      },
    ],
  ])('AC1 takes %s for malformed', (_name, change) => {
    const doc = actsDocument()
    expect(readActsUpdate(updateOf(doc, change))).toEqual({ ok: false, error: 'malformed' })
  })

  it('AC1 never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(['boolean']).toContain(typeof readActsUpdate(bytes).ok)
      }),
    )
  })

  it('AC1 never throws nor takes anything but acts, whatever is flipped in a good update', () => {
    const doc = actsDocument()
    const good = updateOf(doc, () => write(doc, comment('goed'), comment('zo')))
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (place, byte) => {
        const read = readActsUpdate(good.with(place, byte))
        if (read.ok) for (const act of read.value) expect(typeof parseAct(act)).toBe('object')
      }),
    )
  })

  it('AC1 takes no value for an act that its parser would not give back as it is', () => {
    fc.assert(
      fc.property(fc.anything(), fc.dictionary(fc.string(), fc.anything()), (value, more) => {
        expect(typeof parseAct(value)).toBe('string')
        const act = parseAct({ ...validAct(), ...more })
        if (typeof act === 'object') expect(act).toEqual({ ...validAct(), ...more })
      }),
    )
  })

  it('leaves values of a newer app alone and reads the others', () => {
    const doc = actsDocument()
    doc.getMap('acts').set(fixedId, { ...validAct(), kind: 'wave' })
    doc.getMap('acts').set('x', 7)
    write(doc, comment('wel'))
    expect(readActs(doc)).toHaveLength(1)
    expect(doc.getMap('acts').size).toBe(3)
  })

  it('counts past what was seen', () => {
    const doc = actsDocument()
    writeAct(doc, document, { act: comment('a'), nowMs: 1, counter: 41, fillRandom })
    writeAct(doc, document, { act: comment('b'), nowMs: 1, counter: 7, fillRandom })
    expect(readActs(doc).map(({ counter }) => counter)).toEqual([42, 43])
  })

  it('AC1 writes acts that lean on no other, so that one can be refused alone', () => {
    const doc = actsDocument()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    write(doc, comment('geweigerd'), comment('genomen'))
    const other = actsDocument()
    Y.applyUpdate(other, updates[1] ?? new Uint8Array())
    expect(readActs(other)).toMatchObject([{ text: ['genomen'] }])
  })

  it('deletes the words that are taken back, and those that an edit replaces', () => {
    const doc = actsDocument()
    const [target] = write(doc, comment('geheim'))
    if (target === undefined) throw new Error('Nothing was written')
    write(doc, { kind: 'edit', page, target, text: ['tweede'] })
    write(doc, { kind: 'edit', page, target, text: ['derde'] })
    write(doc, { kind: 'delete', page, target, thread: null, anchor: null })
    expect(readActs(doc).map(({ kind }) => kind)).toEqual(['delete'])
    expect(String.fromCharCode(...Y.encodeStateAsUpdate(doc))).not.toMatch(/geheim|tweede|derde/)
  })
})

describe('the ledger', () => {
  it('AC6 takes the acts about moved pages along, with author and reference, once', () => {
    const doc = actsDocument()
    const [ref] = write(doc, comment('mee'))
    write(doc, { ...comment('niet mee'), page: mint<PageId>() })
    const moved = actsToMove(new Set([page]), [{ doc, document, owner: somebody }], null)
    const ledger = new Y.Doc()
    addToLedger(ledger, moved)
    addToLedger(ledger, moved)
    expect(saidInLedger(ledger)).toMatchObject([{ ref, author: somebody, mark: 'moved', act: { text: ['mee'] } }])
  })

  it('AC6 takes along what had come along before', () => {
    const doc = actsDocument()
    write(doc, comment('mee'))
    const first = new Y.Doc()
    addToLedger(first, actsToMove(new Set([page]), [{ doc, document, owner: somebody }], null))
    expect(actsToMove(new Set([page]), [], first)).toHaveLength(1)
  })
})

const fixedId = mint<ActId>()

function validAct() {
  return { id: fixedId, counter: 1, atMs: 1, page, kind: 'reopen', thread: refOf(document, fixedId) }
}
