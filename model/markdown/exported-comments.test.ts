import { expect, test } from 'vitest'
import { refOf, type ActRef } from '../act-ref.ts'
import type { Act } from '../act.ts'
import type { SaidAct } from '../acts.ts'
import { plainText } from '../comment-text.ts'
import { mintId, mustParseId, type ActId, type DocumentId, type PageId, type PersonId } from '../ids.ts'
import { foldThreads } from '../threads.ts'
import { commentsToLedger, countComments, readComments, writeComments } from './exported-comments.ts'

const idOf = <T extends DocumentId | PersonId | ActId>(name: string) => mustParseId<T>(name.padEnd(26, 'a'))
const [noor, sem, ik] = [idOf<PersonId>('noor'), idOf<PersonId>('sem'), idOf<PersonId>('ik')]
const [noorsActs, semsActs, myActs] = [idOf<DocumentId>('dn'), idOf<DocumentId>('ds'), idOf<DocumentId>('di')]
const [oldPage, newPage] = [idOf<PageId>('oud'), idOf<PageId>('nieuw')]

let counter = 0
function say(author: PersonId, kind: Act['kind'], act: object): SaidAct {
  counter += 1
  const id = idOf<ActId>(`x${'abcdefgh'[counter % 8] ?? ''}${'bcdefg'[Math.floor(counter / 8)] ?? ''}`)
  const whole = { ...act, kind, id, counter, atMs: counter, page: oldPage } as unknown as Act
  return { ref: refOf(author === noor ? noorsActs : semsActs, id), author, mark: null, act: whole }
}

/** Noor asks, Sem answers and is answered, something is taken back, and the thread is resolved. */
function conversation(): SaidAct[] {
  const opening = say(noor, 'comment', { anchor: null, text: ['Wie heeft de sleutel?'] })
  const answer = say(sem, 'reply', { thread: opening.ref, text: ['Ik, ', { person: noor, name: 'Noor' }] })
  const thanks = say(noor, 'reaction', { target: answer.ref, reaction: 'heart', on: true })
  const better = say(sem, 'edit', { target: answer.ref, text: ['Ik niet'] })
  const done = say(noor, 'resolve', { thread: opening.ref })
  const gone = say(sem, 'delete', { target: refTo('xz'), thread: opening.ref, anchor: null })
  return [opening, answer, thanks, better, done, gone]
}

function refTo(name: string): ActRef {
  return refOf(semsActs, idOf<ActId>(name))
}

const names = new Map([
  [noor, 'Noor'],
  [sem, 'Sem'],
])
let minted = 0
const target = (isKnown: (author: PersonId) => boolean) => ({
  pageOf: (id: string) => (id === oldPage ? newPage : undefined),
  document: myActs,
  isKnown,
  importer: ik,
  mintActId: () => mintId<ActId>((bytes) => bytes.fill((minted += 1))),
})

/** Out to a file and in again. */
function again(said: readonly SaidAct[], isKnown: (author: PersonId) => boolean) {
  const written = writeComments(said, (id) => names.get(id) ?? null)
  const read = readComments(JSON.parse(JSON.stringify(written)))
  if (read === null) throw new Error('Nothing was read')
  return { read, acts: commentsToLedger(read, target(isKnown)) }
}

test('a conversation comes back as the same threads about the new page, marked as imported', () => {
  const said = conversation()
  const { read, acts } = again(said, () => true)
  expect(countComments(read)).toBe(2)
  const shape = (all: readonly SaidAct[]) =>
    foldThreads(all).map(({ author, opening, replies, resolved }) => ({
      author,
      opening: opening?.text,
      replies: replies.map((reply) => [reply.author, plainText(reply.text), reply.reactions]),
      by: resolved?.by,
    }))
  expect(shape(acts)).toEqual(shape(said))
  expect(
    acts.every(({ mark, act, ref }) => mark === 'imported' && act.page === newPage && ref.startsWith(myActs)),
  ).toBe(true)
})

test('whom the importer may not speak for is named in front, and the importer says it', () => {
  const [thread] = foldThreads(again(conversation(), () => false).acts)
  expect([thread?.author, plainText(thread?.opening?.text ?? [])]).toEqual([ik, 'Noor: Wie heeft de sleutel?'])
  expect(thread?.replies.map(({ author, text }) => [author, plainText(text)])).toEqual([[ik, 'Sem: Ik niet']])
})

test('what was said about pages that did not come in stays out, and what is no act is left out', () => {
  const [opening] = conversation()
  if (opening === undefined) throw new Error('Nobody spoke')
  const elsewhere = { ...opening, act: { ...opening.act, page: idOf<PageId>('anders') } }
  expect(again([elsewhere], () => true).acts).toEqual([])
  expect(
    readComments({ people: {}, acts: [opening, { ref: 'x' }, null, { ...opening, act: { kind: 'shout' } }] })?.acts,
  ).toHaveLength(1)
  expect(readComments('nothing')).toBeNull()
})
