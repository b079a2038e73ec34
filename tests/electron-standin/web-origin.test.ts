import { expect, test } from 'vitest'
import { originOf, toAppAddress, toWebAddress } from './web-origin.ts'

const schemes = new Set(['app'])

test.each(['app://plein', 'app://plein/', 'app://plein/a/b.js?c#d'])('%s goes to the web and comes back', (address) => {
  const web = toWebAddress(address, schemes)
  expect(web).toMatch(/^http:\/\/plein\.app\.localhost/)
  expect(toAppAddress(web, schemes)).toBe(address)
})

test.each(['https://example.org/', 'other://plein/', 'http://127.0.0.1:4680/', 'about:blank', ''])(
  '%s stays as it is',
  (address) => {
    expect(toWebAddress(address, schemes)).toBe(address)
    expect(toAppAddress(address, schemes)).toBe(address)
  },
)

test.each([
  'http://plein.app.localhost.evil.example/',
  'http://plein.app.localhost:80/',
  'http://plein.other.localhost/',
  'https://plein.app.localhost/',
])('%s is not taken for the app', (address) => {
  expect(toAppAddress(address, schemes)).toBe(address)
})

test('an origin ends before the path', () => {
  expect(originOf('app://plein/a?b')).toBe('app://plein')
  expect(originOf('data:text/html,x')).toBe('null')
})
