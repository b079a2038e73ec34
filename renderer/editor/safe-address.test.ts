import { expect, test } from 'vitest'
import { hrefFromTyped, safeHref, safeImageSource } from './safe-address.ts'

const id = 'abcdefghijklmnopqrstuvwxyz'

test.each([
  'https://plein.example/a?b#c',
  'http://intranet/x',
  'mailto:noor@plein.example',
  '#/page/x',
  `plein:page/${id}`,
  `plein:file/${'0'.repeat(64)}`,
  `plein://page/${id}`,
])('%s may be clicked', (address) => {
  expect(safeHref(address)).toBe(address)
})

test.each([
  'javascript:alert(1)',
  ' JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  '\u0001javascript:alert(1)',
  'java\u2028script:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:https://plein.example/x',
  'plein://page/../x',
  `plein:page/${id}?open=https://evil.example`,
  'plein:file/../x',
  'notes/other.md',
  '//evil.example',
  '',
  null,
  7,
  `https://plein.example/${'a'.repeat(3000)}`,
])('%j may not be clicked', (address) => {
  expect(safeHref(address)).toBeNull()
})

test('an image loads from the web or from small data of a picture, and from nothing else', () => {
  expect(safeImageSource('https://plein.example/a.png')).toBe('https://plein.example/a.png')
  expect(safeImageSource('data:image/png;base64,AAAA')).toBe('data:image/png;base64,AAAA')
  expect(safeImageSource('data:image/svg+xml;base64,AAAA')).toBeNull()
  expect(safeImageSource('data:text/html;base64,AAAA')).toBeNull()
  expect(safeImageSource('javascript:alert(1)')).toBeNull()
  expect(safeImageSource(`mailto:noor@plein.example`)).toBeNull()
})

test('what somebody types as an address becomes one, and a bad one stays none', () => {
  expect(hrefFromTyped(' plein.example/gids ')).toBe('https://plein.example/gids')
  expect(hrefFromTyped('www.plein.example')).toBe('https://www.plein.example')
  expect(hrefFromTyped('noor@plein.example')).toBe('mailto:noor@plein.example')
  expect(hrefFromTyped('http://plein.example')).toBe('http://plein.example')
  expect(hrefFromTyped('javascript:alert(1)')).toBeNull()
  expect(hrefFromTyped('zomaar iets')).toBeNull()
})
