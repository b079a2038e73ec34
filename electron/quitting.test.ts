import { expect, test } from 'vitest'
import { parseId, type PageId } from '../model/ids.ts'
import { openDeepLinkInbox } from './deep-link-inbox.ts'
import { openFlushHandshake } from './flush-handshake.ts'

function pageId(letter: string): PageId {
  const id = parseId<PageId>(letter.repeat(26))
  if (id === undefined) throw new Error(`${letter} makes no id`)
  return id
}

test('quitting waits for the answer with the right number', async () => {
  const handshake = openFlushHandshake(() => new Promise(() => {}))
  const sent: number[] = []
  const outcome = handshake.ask((number) => sent.push(number))
  handshake.answered((sent[0] ?? 0) + 1)
  handshake.answered(sent[0] ?? 0)
  expect(await outcome).toBe('flushed')
})

test('a window that never answers does not keep the app from quitting', async () => {
  const time = Promise.withResolvers<void>()
  const handshake = openFlushHandshake(() => time.promise)
  const outcome = handshake.ask(() => {})
  time.resolve()
  expect(await outcome).toBe('late')
})

test('links wait for a window, once each, and come in order', () => {
  const inbox = openDeepLinkInbox()
  inbox.receive(pageId('a'))
  inbox.receive(pageId('b'))
  inbox.receive(pageId('a'))
  const delivered: PageId[] = []
  inbox.listen((id) => delivered.push(id))
  expect(delivered).toEqual([pageId('b'), pageId('a')])
  inbox.receive(pageId('c'))
  expect(delivered).toHaveLength(3)
})

test('while the window loads anew links wait again', () => {
  const inbox = openDeepLinkInbox()
  const before: PageId[] = []
  inbox.listen((id) => before.push(id))
  inbox.pause()
  inbox.receive(pageId('a'))
  expect(before).toHaveLength(0)
  const after: PageId[] = []
  inbox.listen((id) => after.push(id))
  expect(after).toEqual([pageId('a')])
})

test('a flood of links is cut to the last eight', () => {
  const inbox = openDeepLinkInbox()
  for (const letter of 'abcdefghijk') inbox.receive(pageId(letter))
  const delivered: PageId[] = []
  inbox.listen((id) => delivered.push(id))
  expect(delivered).toEqual([...'defghijk'].map(pageId))
})
