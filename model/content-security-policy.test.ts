import { expect, test } from 'vitest'
import { contentSecurityPolicy, securityHeaders } from './content-security-policy.ts'

test.each(['desktop', 'browser'] as const)(
  'the %s policy never allows eval, inline script, plug-ins or frames',
  (edition) => {
    const policy = contentSecurityPolicy(edition)
    expect(policy).not.toContain("'unsafe-eval'")
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
    expect(policy).toContain("object-src 'none'")
    expect(policy).toContain("frame-src 'none'")
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types default dompurify")
  },
)

test('the browser edition connects to its own origin only', () => {
  expect(contentSecurityPolicy('browser')).toContain("connect-src 'self';")
})

test('the desktop reaches servers with TLS anywhere and without it on this computer only', () => {
  const [, sources = ''] = /connect-src ([^;]*)/.exec(contentSecurityPolicy('desktop')) ?? []
  const plain = sources.split(' ').filter((source) => /^(?:http|ws):/.test(source))
  expect(plain).not.toHaveLength(0)
  for (const source of plain) expect(source).toMatch(/^(?:http|ws):\/\/(?:127\.0\.0\.1|localhost):\*$/)
})

test('every header value is one line', () => {
  for (const value of Object.values(securityHeaders('desktop'))) expect(value).not.toMatch(/[\r\n]/)
})
