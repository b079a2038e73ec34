import { verify } from '@node-rs/argon2'
import { expect, it, vi } from 'vitest'
import { Passwords, PasswordsBusy, weaknessOf } from './passwords.ts'

vi.mock('@node-rs/argon2', async (importOriginal) => {
  const original = await importOriginal<typeof import('@node-rs/argon2')>()
  return { ...original, verify: vi.fn<typeof original.verify>(original.verify) }
})

it('a password is hashed with argon2id and recognised again', async () => {
  const passwords = new Passwords()
  const stored = await passwords.hash('drie blauwe fietsen')
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await passwords.matches('drie blauwe fietsen', stored)).toBe(true)
  expect(await passwords.matches('drie blauwe fietsem', stored)).toBe(false)
})

it('the same letters typed on another keyboard are the same password', async () => {
  const passwords = new Passwords()
  const stored = await passwords.hash('caf\u00e9 op de hoek')
  expect(await passwords.matches('cafe\u0301 op de hoek', stored)).toBe(true)
})

it('nobody signs in with the decoy’s password', async () => {
  expect(await new Passwords().matches('nobody has this password', undefined)).toBe(false)
})

it('an unknown e-mail costs the work of a known one: one check of a hash with the same parameters', async () => {
  const passwords = new Passwords()
  await passwords.prepare()
  const stored = await passwords.hash('drie blauwe fietsen')
  vi.mocked(verify).mockClear()
  await passwords.matches('wrong', stored)
  await passwords.matches('wrong', undefined)
  const digests = vi.mocked(verify).mock.calls.map(([digest]) => String(digest))
  expect(digests).toHaveLength(2)
  for (const digest of digests) expect(digest).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(digests[1]).not.toBe(stored)
})

it('more people at once than memory should hold are told to come back', async () => {
  const passwords = new Passwords(3)
  const results = await Promise.allSettled(Array.from({ length: 9 }, () => passwords.hash('drie blauwe fietsen')))
  const refused = results.filter((result) => result.status === 'rejected')
  expect(refused).toHaveLength(4)
  expect(refused.every(({ reason }) => reason instanceof PasswordsBusy)).toBe(true)
})

it.each([
  ['kort', 'too-short'],
  ['123456789', 'too-short'],
  ['1234567890', 'too-common'],
  ['Welkom2026!', 'too-common'],
  ['wachtwoord123', 'too-common'],
  ['PasswordPassword1', 'too-common'],
  ['aaaaaaaaaaaaaa', 'too-common'],
  ['sofie@example.org', 'is-your-email'],
  ['a'.repeat(101) + 'bcd'.repeat(40), 'too-long'],
  ['drie blauwe fietsen', undefined],
  ['zomeravond aan de kade', undefined],
] as const)('the password %j is %s', (password, weakness) => {
  expect(weaknessOf(password, 'sofie@example.org')).toBe(weakness)
})
