import { expect, test } from 'vitest'
import type { RequestName } from './ipc.ts'
import {
  isLoopbackOrigin,
  IpcRejected,
  longestSecret,
  mustParseAnswer,
  mustParseArgs,
  parseNotice,
  requestNames,
} from './ipc.ts'

const id = 'abcdefghijklmnopqrstuvwxy2'

const goodArgs: { readonly [Name in RequestName]: readonly unknown[] } = {
  'app-info': [],
  'open-external': ['https://example.org/'],
  'get-secret': [id],
  'set-secret': [id, 'token'],
  'delete-secret': [id],
  'server-address': [],
  'want-deep-links': [],
  flushed: [3],
}

const hostileValues = [
  undefined,
  null,
  '',
  '../x',
  7,
  -1,
  Number.NaN,
  {},
  [],
  [id],
  { length: 26 },
  'file:///etc/passwd',
  'javascript:1',
  'a'.repeat(longestSecret + 1),
]

test.each(requestNames)('%s passes its own arguments through unchanged', (name) => {
  expect(mustParseArgs(name, goodArgs[name])).toEqual(goodArgs[name])
})

test.each(requestNames)('%s refuses an argument too many', (name) => {
  expect(() => mustParseArgs(name, [...goodArgs[name], 1])).toThrow(IpcRejected)
})

test.each(requestNames.filter((name) => goodArgs[name].length > 0))(
  '%s refuses every hostile value in every place',
  (name) => {
    const places = goodArgs[name].map((_, place) => place)
    for (const place of places) {
      for (const value of hostileValues) {
        const args = goodArgs[name].with(place, value)
        if (name === 'flushed' && value === 7) continue
        if (
          name === 'set-secret' &&
          place === 1 &&
          typeof value === 'string' &&
          value !== '' &&
          value.length <= longestSecret
        )
          continue
        expect(() => mustParseArgs(name, args), `${place}: ${JSON.stringify(value)?.slice(0, 40)}`).toThrow(IpcRejected)
      }
    }
  },
)

test('a refusal never repeats the value', () => {
  expect(() => mustParseArgs('get-secret', ['my password'])).toThrow(/^IPC rejected: bad-arguments \(get-secret\)$/)
})

test('the embedded server is on this computer or nowhere', () => {
  const ready = { state: 'ready', url: 'http://127.0.0.1:4680' }
  expect(mustParseAnswer('server-address', ready)).toEqual(ready)
  expect(() => mustParseAnswer('server-address', { ...ready, url: 'http://evil.example:80' })).toThrow(IpcRejected)
  expect(mustParseAnswer('server-address', { state: 'failed', reason: 'stopped' })).toEqual({
    state: 'failed',
    reason: 'stopped',
  })
  expect(() => mustParseAnswer('server-address', { state: 'failed', reason: 'bored' })).toThrow(IpcRejected)
})

test('a deep link is an id or nothing', () => {
  expect(parseNotice('deep-link', id)).toBe(id)
  expect(parseNotice('deep-link', `${id}/..`)).toBeUndefined()
  expect(parseNotice('deep-link', { toString: () => id })).toBeUndefined()
})

test.each([
  'http://127.0.0.1:4680/',
  'https://127.0.0.1:4680',
  'http://127.0.0.1',
  'http://0.0.0.0:1',
  'http://127.0.0.1:1@evil.example',
  'http://127.0.0.1.evil.example:1',
  1,
])('%s is not the origin of a server on this computer', (value) => {
  expect(isLoopbackOrigin(value)).toBe(false)
})
