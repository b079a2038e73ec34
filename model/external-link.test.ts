import { expect, test } from 'vitest'
import { parseExternalLink } from './external-link.ts'

test.each([
  'https://example.org/',
  'https://example.org',
  'https://xn--caf-dma.example:8443/a/b?c=d&e=%20#top',
  'https://[2001:db8::1]/x',
  "https://nl.wikipedia.org/wiki/'s-Hertogenbosch",
  'mailto:ada@example.org',
  'mailto:ada@example.org?subject=Plein%20on%20Monday&body=Hello',
])('%s may be opened outside', (link) => {
  expect(parseExternalLink(link)).toBe(link)
})

test.each([
  'http://example.org/',
  'HTTPS://EXAMPLE.ORG/',
  'https://bank.example@evil.example/',
  'https:///etc/passwd',
  'https:evil.example',
  'https://example.org/a b',
  'https://example.org/"&calc',
  'https://example.org/\\\\share',
  'https://example.org/\nx',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'smb://server/share',
  'ms-msdt:/id',
  'mailto:',
  'mailto:ada@example.org?attach=/etc/passwd',
  'mailto:ada@example.org?subject=x&ATTACHMENT=/etc/passwd',
  `https://example.org/${'a'.repeat(2048)}`,
  '',
  null,
  7,
  { toString: () => 'https://example.org/' },
])('%s may not be opened outside', (link) => {
  expect(parseExternalLink(link)).toBeUndefined()
})
