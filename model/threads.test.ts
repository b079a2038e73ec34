import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refOf } from './act-ref.ts'
import type { Act } from './act.ts'
import type { SaidAct } from './acts.ts'
import { mintId, type ActId, type DocumentId, type PageId, type PersonId } from './ids.ts'
import { countThreads, foldThreads } from './threads.ts'

let minted = 0
const mint = <T extends string>(): T =>
  mintId((bytes) => {
    new DataView(bytes.buffer).setUint32(0, (minted += 1))
  }) as string as T

const page = mint<PageId>()
const person = () => ({ id: mint<PersonId>(), document: mint<DocumentId>() })
const [noor, sem, joris] = [person(), person(), person()]

type Said = Act extends infer Each ? (Each extends Act ? Omit<Each, 'id' | 'page' | 'atMs' | 'counter'> : never) : never

function say(by: typeof noor, counter: number, act: Said): SaidAct {
  const id = mint<ActId>()
  return { ref: refOf(by.document, id), author: by.id, mark: null, act: { ...act, id, page, atMs: counter, counter } }
}

const comment = say(noor, 1, { kind: 'comment', anchor: null, text: ['Klopt dit?'] })
const reply = say(sem, 2, { kind: 'reply', thread: comment.ref, text: ['Ja'] })

const fold = (...said: readonly SaidAct[]) => foldThreads(said)

describe('threads', () => {
  it('stand in the order of their counters, with their replies', () => {
    const later = say(sem, 3, { kind: 'comment', anchor: null, text: ['Nog iets'] })
    const threads = fold(later, reply, comment)
    expect(threads.map(({ opening }) => opening?.text)).toEqual([['Klopt dit?'], ['Nog iets']])
    expect(threads[0]?.replies.map(({ text }) => text)).toEqual([['Ja']])
  })

  it('show the edit with the highest counter, and no edit by somebody else', () => {
    const threads = fold(
      comment,
      say(noor, 5, { kind: 'edit', target: comment.ref, text: ['Nieuw'] }),
      say(noor, 4, { kind: 'edit', target: comment.ref, text: ['Oud'] }),
      say(sem, 9, { kind: 'edit', target: comment.ref, text: ['Vals'] }),
    )
    expect(threads[0]?.opening).toMatchObject({ text: ['Nieuw'], editedAtMs: 5 })
  })

  it('are gone when they are taken back unanswered', () => {
    const taken = say(noor, 3, { kind: 'delete', target: comment.ref, thread: null, anchor: null })
    expect(fold(comment, taken)).toEqual([])
    expect(fold(taken)).toEqual([])
  })

  it('keep the answers of others when their opening is taken back', () => {
    const taken = say(noor, 3, { kind: 'delete', target: comment.ref, thread: null, anchor: null })
    expect(fold(taken, reply)).toMatchObject([{ opening: null, author: noor.id, replies: [{ text: ['Ja'] }] }])
  })

  it('AC4 are not taken back by anybody else', () => {
    const forged = say(sem, 3, { kind: 'delete', target: comment.ref, thread: null, anchor: null })
    expect(fold(comment, forged)).toHaveLength(1)
    expect(fold(forged)).toEqual([])
  })

  it('are resolved until somebody reopens them', () => {
    const resolve = say(joris, 3, { kind: 'resolve', thread: comment.ref })
    expect(fold(comment, resolve)[0]?.resolved?.by).toBe(joris.id)
    expect(fold(comment, resolve, say(noor, 4, { kind: 'reopen', thread: comment.ref }))[0]?.resolved).toBeNull()
    expect(fold(comment, resolve, say(noor, 2, { kind: 'reopen', thread: comment.ref }))[0]?.resolved?.by).toBe(
      joris.id,
    )
  })

  it('count each person once for a reaction, by their last word', () => {
    const react = (by: typeof noor, counter: number, on: boolean) =>
      say(by, counter, { kind: 'reaction', target: reply.ref, reaction: 'heart', on })
    const threads = fold(comment, reply, react(noor, 3, true), react(sem, 4, true), react(noor, 6, false))
    expect(threads[0]?.replies[0]?.reactions).toEqual([{ reaction: 'heart', people: [sem.id] }])
  })

  it('prefer the own document of the author to what came along in a ledger', () => {
    expect(fold({ ...comment, mark: 'moved' }, comment)[0]?.opening?.mark).toBeNull()
  })

  it('count as open until they are resolved', () => {
    const acts = [comment, reply, say(sem, 3, { kind: 'comment', anchor: null, text: ['Nog iets'] })]
    const resolved = [...acts, say(noor, 4, { kind: 'resolve', thread: comment.ref })]
    expect(countThreads(acts, fold(...acts))).toEqual({ openThreads: 2, remarks: 3, highestCounter: 3 })
    expect(countThreads(resolved, fold(...resolved))).toEqual({ openThreads: 1, remarks: 3, highestCounter: 4 })
  })

  it('AC5 fold to the same whatever the order and however often acts come', () => {
    const acts = [
      comment,
      reply,
      say(noor, 3, { kind: 'edit', target: comment.ref, text: ['a'] }),
      say(noor, 3, { kind: 'edit', target: comment.ref, text: ['b'] }),
      say(noor, 4, { kind: 'resolve', thread: comment.ref }),
      say(joris, 4, { kind: 'reopen', thread: comment.ref }),
      say(sem, 5, { kind: 'reaction', target: comment.ref, reaction: 'yes', on: true }),
      say(sem, 5, { kind: 'reaction', target: comment.ref, reaction: 'yes', on: false }),
    ]
    const expected = fold(...acts)
    fc.assert(
      fc.property(fc.shuffledSubarray(acts, { minLength: acts.length }), fc.subarray(acts), (shuffled, again) => {
        expect(fold(...shuffled, ...again)).toEqual(expected)
      }),
    )
  })
})
