import { describe, expect, it } from 'vitest'
import { apiPaths, invitationLink, isProblem, parseInvitationLink } from './api.ts'

const code = 'abcdefghijklmnopqrstuvwxy2'

describe('invitation links', () => {
  it('are read back as they were made', () => {
    const link = invitationLink('https://plein.example:8443', code)
    expect(parseInvitationLink(`  ${link}\n`)).toEqual({ serverUrl: 'https://plein.example:8443', code })
  })

  it('are found where a mail program wrote capitals', () => {
    expect(parseInvitationLink(`HTTP://127.0.0.1:4680/#/join/${code.toUpperCase()}`)).toEqual({
      serverUrl: 'http://127.0.0.1:4680',
      code,
    })
  })

  it.each([
    '',
    code,
    `javascript:alert(1)#/join/${code}`,
    `https://good.example@evil.example/#/join/${code}`,
    `https://plein.example/#/join/${code}x`,
    `https://plein.example/#/join/../${code}`,
    `file:///etc/passwd#/join/${code}`,
  ])('are not taken from %j', (text) => {
    expect(parseInvitationLink(text)).toBeUndefined()
  })
})

describe('problems', () => {
  it('are known by a reason of the closed list alone', () => {
    expect(isProblem({ reason: 'wrong-password' })).toBe(true)
    expect(isProblem({ reason: 'made-up' })).toBe(false)
    expect(isProblem('<html>502 Bad Gateway</html>')).toBe(false)
    expect(isProblem(null)).toBe(false)
  })
})

it('an address escapes what stands in it', () => {
  expect(apiPaths.page('../people')).toBe('/api/pages/..%2Fpeople')
})
