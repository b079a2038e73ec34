import { describe, expect, it } from 'vitest'
import { checkFields } from './use-account-form.ts'
import { looksLikeInvitation } from './use-invitation.ts'

describe('checkFields', () => {
  it('asks for every field that the form has, and for no other', () => {
    expect(checkFields({ name: ' ', email: 'noor', password: 'short' }, true)).toEqual({
      name: 'needName',
      email: 'needEmail',
      password: 'needPassword',
    })
    expect(checkFields({ name: 'Noor' }, true)).toEqual({})
  })

  it('does not judge the length of a password that exists already', () => {
    expect(checkFields({ password: 'x' }, false)).toEqual({})
    expect(checkFields({ password: '' }, false)).toEqual({ password: 'needAnyPassword' })
  })
})

describe('looksLikeInvitation', () => {
  it('knows a whole invitation from half a one', () => {
    const code = 'a'.repeat(26)
    expect(looksLikeInvitation(` https://plein.example/#/join/${code} `)).toBe(true)
    expect(looksLikeInvitation('https://plein.example/#/join/half-of-it')).toBe(false)
    expect(looksLikeInvitation(`plein.example/#/join/${code}`)).toBe(false)
    expect(looksLikeInvitation('https://plein.example/')).toBe(false)
    expect(looksLikeInvitation(`javascript:alert(1)#/join/${code}`)).toBe(false)
  })
})
