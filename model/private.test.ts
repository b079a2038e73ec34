import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { isId, mintId, type PageId, type SpaceId } from './ids.ts'
import { mostRead, openPrivate, privateIdOf } from './private.ts'

const idOf = <T extends PageId | SpaceId>(n: number) =>
  mintId<T>((bytes) => new DataView(bytes.buffer).setUint32(0, n + 1))
const [a, b, c] = [idOf<PageId>(0), idOf<PageId>(1), idOf<PageId>(2)]

function meet(one: Y.Doc, other: Y.Doc): void {
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
}

describe('a private document', () => {
  it('TR2 has an id that every device of the person makes the same, and that is no other person’s', () => {
    const id = privateIdOf(idOf<SpaceId>(7))
    expect(isId(id)).toBe(true)
    expect(privateIdOf(idOf<SpaceId>(7))).toBe(id)
    expect(privateIdOf(idOf<SpaceId>(8))).not.toBe(id)
  })

  it('keeps favourites in the order in which they were made, each once', () => {
    const marks = openPrivate(new Y.Doc())
    marks.setFavourite([b, a], true)
    marks.setFavourite([c, b], true)
    expect(marks.snapshot().favourites).toEqual([b, a, c])
    marks.setFavourite([a], false)
    expect(marks.snapshot().favourites).toEqual([b, c])
    expect(marks.snapshot().mark(a).isFavourite).toBe(false)
  })

  it('joins what two devices marked apart', () => {
    const docs = [new Y.Doc(), new Y.Doc()] as const
    const [one, other] = [openPrivate(docs[0]), openPrivate(docs[1])]
    one.setFavourite([a], true)
    one.noteRead(a, 10)
    other.setFavourite([b], true)
    other.noteRead(b, 20)
    other.setFollowed(c, true)
    meet(...docs)
    expect(one.snapshot().favourites.toSorted()).toEqual([a, b].toSorted())
    expect(one.snapshot().recent.toSorted()).toEqual([a, b].toSorted())
    expect(one.snapshot()).toMatchObject({ ...other.snapshot(), mark: expect.any(Function) })
    expect(one.snapshot().followed).toEqual(new Set([c]))
  })

  it('says which page was read last, and never forgets a newer sight of it', () => {
    const marks = openPrivate(new Y.Doc())
    marks.noteRead(a, 10)
    marks.noteRead(b, 10)
    marks.noteRead(a, 5)
    expect(marks.snapshot().recent).toEqual([a, b])
    expect(marks.snapshot().mark(a).seenMs).toBe(10)
  })

  it('writes nothing when the page that was read last is read again unchanged', () => {
    const doc = new Y.Doc()
    const marks = openPrivate(doc)
    marks.noteRead(a, 10)
    const before = Y.encodeStateVector(doc)
    marks.noteRead(a, 10)
    expect(Y.encodeStateVector(doc)).toEqual(before)
  })

  it('lets the oldest read marks go', () => {
    const marks = openPrivate(new Y.Doc())
    for (let n = 0; n < mostRead + 5; n += 1) marks.noteRead(idOf<PageId>(n), n + 1)
    expect(marks.snapshot().recent).toHaveLength(mostRead)
    expect(marks.snapshot().mark(a).readPlace).toBe(0)
  })

  it('reads nonsense as nothing', () => {
    const doc = new Y.Doc()
    doc.getMap('favourite').set('nobody', 1)
    doc.getMap('favourite').set(a, -4)
    doc.getMap('read').set(b, { place: 'first', seen: Infinity })
    expect(openPrivate(doc).snapshot()).toMatchObject({ favourites: [], recent: [] })
  })

  it('gives the same object until something changes', () => {
    const marks = openPrivate(new Y.Doc())
    const before = marks.snapshot()
    expect(marks.snapshot()).toBe(before)
    marks.setFollowed(a, true)
    expect(marks.snapshot()).not.toBe(before)
  })
})
