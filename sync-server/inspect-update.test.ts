import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { advance, hasGap, inspectUpdate, overlaps, parseStateVector } from './inspect-update.ts'
import { MalformedUpdate } from './update-claims.ts'

type Edit = { readonly peer: number; readonly what: number; readonly at: number; readonly text: string }

const edits = fc.array(
  fc.record({
    peer: fc.nat(2),
    what: fc.nat(7),
    at: fc.nat(1000),
    text: fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
  }),
  { minLength: 1, maxLength: 40 },
)

function edit(doc: Y.Doc, { what, at, text }: Edit): void {
  const body = doc.getXmlFragment('body')
  const prose = doc.getText('prose')
  const list = doc.getArray<unknown>('list')
  if (what === 0) prose.insert(at % (prose.length + 1), text)
  else if (what === 1 && prose.length > 0) prose.delete(at % prose.length, 1)
  else if (what === 2) prose.insert(at % (prose.length + 1), text, { bold: true, link: { href: text } })
  else if (what === 3)
    doc.getMap('meta').set(at % 2 === 0 ? 'title' : 'icon', at % 3 === 0 ? { deep: [text, null, 1.5, 10n] } : text)
  else if (what === 4) body.insert(at % (body.length + 1), [new Y.XmlElement('p')])
  else if (what === 5 && body.length > 0) body.delete(at % body.length, 1)
  else if (what === 6) list.push([text, null, true, new Uint8Array([at % 256])])
  else prose.insertEmbed(at % (prose.length + 1), { image: text })
}

/** Three peers that edit and now and then hear of each other; answers every update that was made, in order. */
function session(steps: readonly Edit[]): readonly Uint8Array[] {
  const updates: Uint8Array[] = []
  const docs = [1001, 2002, 3003].map((clientID) => {
    const doc = new Y.Doc()
    doc.clientID = clientID
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'remote') updates.push(update)
    })
    return doc
  })
  for (const step of steps) {
    const doc = docs[step.peer]
    if (doc === undefined) continue
    if (step.at % 3 === 0) for (const other of docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), 'remote')
    edit(doc, step)
  }
  return updates
}

function encode(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  write(encoder)
  return encoding.toUint8Array(encoder)
}

function numbers(...values: readonly number[]): Uint8Array {
  return encode((encoder) => {
    for (const value of values) encoding.writeVarUint(encoder, value)
  })
}

function millisecondsOf(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

describe('inspectUpdate', () => {
  it('CH2 reads the same clocks as Y.parseUpdateMeta from every update that Yjs writes, merged ones included', () => {
    fc.assert(
      fc.property(edits, (steps) => {
        const updates = session(steps)
        for (const update of [...updates, ...(updates.length > 0 ? [Y.mergeUpdates([...updates])] : [])]) {
          const { clients } = inspectUpdate(update)
          const { from, to } = Y.parseUpdateMeta(update)
          expect(new Map([...clients].map(([client, ranges]) => [client, ranges[0]?.start]))).toEqual(from)
          expect(new Map([...clients].map(([client, ranges]) => [client, ranges.at(-1)?.end]))).toEqual(to)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('CH3 finds a gap exactly where Yjs keeps structs waiting', () => {
    fc.assert(
      fc.property(edits, fc.array(fc.nat(5), { maxLength: 40 }), (steps, drops) => {
        const doc = new Y.Doc({ gc: false })
        const stateVector = new Map<number, number>()
        for (const [i, update] of session(steps).entries()) {
          if (drops[i] === 0) continue
          const claims = inspectUpdate(update)
          const isGap = hasGap(claims, stateVector)
          const trial = new Y.Doc({ gc: false })
          Y.applyUpdate(trial, Y.encodeStateAsUpdate(doc))
          Y.applyUpdate(trial, update)
          expect(isGap).toBe(trial.store.pendingStructs !== null)
          if (isGap) continue
          Y.applyUpdate(doc, update)
          advance(stateVector, claims)
          expect(stateVector).toEqual(parseStateVector(Y.encodeStateVector(doc)))
        }
      }),
      { numRuns: 200 },
    )
  })

  it('CH2 throws nothing but MalformedUpdate on changed bytes, and what passes neither stalls nor throws in Yjs', () => {
    fc.assert(
      fc.property(
        edits,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 }),
        (steps, changes) => {
          const bytes = new Uint8Array(Y.mergeUpdates([...session(steps), new Uint8Array([0, 0])]))
          for (const [at, value] of changes) bytes[at % bytes.length] = value
          try {
            inspectUpdate(bytes)
          } catch (error) {
            expect(error).toBeInstanceOf(MalformedUpdate)
            return
          }
          Y.mergeUpdates([bytes, new Uint8Array([0, 0])])
          Y.diffUpdate(bytes, new Uint8Array([0]))
        },
      ),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['32 million structs of one client', numbers(1, 32_000_000, 7, 0)],
    ['32 million clients', numbers(32_000_000, 1, 7, 0)],
    ['a first clock of 2^50', new Uint8Array([...numbers(1, 1, 7, 2 ** 50), 0, ...numbers(1, 0)])],
    ['collected structs up to 2^50', new Uint8Array([...numbers(1, 1, 7, 0), 0, ...numbers(2 ** 50, 0)])],
    ['32 million deletions', numbers(0, 1, 7, 32_000_000)],
    ['a text of 2^40 bytes', new Uint8Array([...numbers(1, 1, 7, 0), 4, ...numbers(1, 1, 65, 2 ** 40)])],
    [
      'values nested beyond every stack',
      new Uint8Array([
        ...numbers(1, 1, 7, 0),
        8,
        1,
        1,
        65,
        1,
        ...new Array<number>(400_000).fill(117).flatMap((type) => [type, 1]),
      ]),
    ],
    ['clients in rising order, of which a merge would lose one', new Uint8Array([2, 1, 7, 0, 0, 1, 1, 9, 0, 0, 1, 0])],
    ['a client twice', new Uint8Array([2, 1, 7, 0, 0, 1, 1, 7, 1, 0, 1, 0])],
    ['a text that is no UTF-8', new Uint8Array([1, 1, 7, 0, 4, 1, 1, 65, 1, 0xff, 0])],
    ['an embed that is no JSON', new Uint8Array([1, 1, 7, 0, 5, 1, 1, 65, 1, 0x7b, 0])],
    ['a byte too many', new Uint8Array([0, 0, 0])],
    ['nothing', new Uint8Array()],
  ])('CH2 refuses %s at once', (_name, update) => {
    const elapsedMs = millisecondsOf(() => {
      expect(() => inspectUpdate(update)).toThrow(MalformedUpdate)
    })
    expect(elapsedMs).toBeLessThan(100)
  })

  it('CH3 tolerates deletions of what has not come: Yjs keeps them waiting', () => {
    const claims = inspectUpdate(numbers(0, 1, 7, 1, 100, 5))
    expect(hasGap(claims, new Map())).toBe(false)
    expect(claims.deletions).toEqual(new Map([[7, [{ start: 100, end: 105 }]]]))
  })

  it('names an update that repeats what is known', () => {
    const [first, second] = session([
      { peer: 0, what: 0, at: 1, text: 'ab' },
      { peer: 0, what: 0, at: 2, text: 'cd' },
    ])
    const stateVector = new Map<number, number>()
    if (first === undefined || second === undefined) throw new Error('two updates expected')
    advance(stateVector, inspectUpdate(first))
    expect(overlaps(inspectUpdate(second), stateVector)).toBe(false)
    expect(overlaps(inspectUpdate(Y.mergeUpdates([first, second])), stateVector)).toBe(true)
  })
})

describe('parseStateVector', () => {
  it('CH2 refuses a claimed count that the bytes cannot hold', () => {
    expect(() => parseStateVector(numbers(32_000_000, 1, 1))).toThrow(MalformedUpdate)
    expect(() => parseStateVector(new Uint8Array([1, 5]))).toThrow(MalformedUpdate)
    expect(() => parseStateVector(new Uint8Array([0, 0]))).toThrow(MalformedUpdate)
  })
})
