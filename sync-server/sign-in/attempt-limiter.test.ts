import { expect, it } from 'vitest'
import { addressKey, AttemptLimiter } from './attempt-limiter.ts'

function limiter() {
  let nowMs = 0
  const policy = { free: 3, firstDelayMs: 1000, maxDelayMs: 4000, forgetAfterMs: 60_000 }
  return { attempts: new AttemptLimiter(policy, () => nowMs), pass: (ms: number) => (nowMs += ms) }
}

it('the first attempts are free, then the wait doubles up to its limit', () => {
  const { attempts, pass } = limiter()
  expect([attempts.take('a'), attempts.take('a'), attempts.take('a')]).toEqual([0, 0, 0])
  const waits: number[] = []
  for (let n = 0; n < 4; n += 1) {
    waits.push(attempts.take('a'))
    pass(waits.at(-1) ?? 0)
    expect(attempts.take('a')).toBe(0)
  }
  expect(waits).toEqual([1000, 2000, 4000, 4000])
})

it('an attempt that is made too early neither counts nor lengthens the wait', () => {
  const { attempts, pass } = limiter()
  for (let n = 0; n < 3; n += 1) attempts.take('a')
  expect(attempts.take('a')).toBe(1000)
  pass(400)
  expect(attempts.take('a')).toBe(600)
})

it('one key does not make another wait', () => {
  const { attempts } = limiter()
  for (let n = 0; n < 9; n += 1) attempts.take('a')
  expect(attempts.take('b')).toBe(0)
})

it('attempts at the same moment count before any has an outcome', () => {
  const { attempts } = limiter()
  const waits = Array.from({ length: 10 }, () => attempts.take('a'))
  expect(waits.filter((wait) => wait === 0)).toHaveLength(3)
})

it('a success gives back its own attempt and no other', () => {
  const { attempts } = limiter()
  attempts.take('a')
  attempts.take('a')
  for (let n = 0; n < 50; n += 1) {
    expect(attempts.take('a')).toBe(0)
    attempts.refund('a')
  }
  attempts.take('a')
  expect(attempts.take('a')).toBe(1000)
})

it('a key that is forgiven or left alone begins anew', () => {
  const { attempts, pass } = limiter()
  for (let n = 0; n < 3; n += 1) attempts.take('a')
  attempts.forgive('a')
  expect(attempts.take('a')).toBe(0)
  for (let n = 0; n < 3; n += 1) attempts.take('b')
  pass(60_000)
  expect([attempts.take('b'), attempts.take('b')]).toEqual([0, 0])
})

it('invented keys do not take memory without end', () => {
  const { attempts } = limiter()
  for (let n = 0; n < 3; n += 1) attempts.take('victim')
  for (let n = 0; n < 30_000; n += 1) attempts.take(`invented ${n}`)
  expect(attempts.take('victim')).toBe(0)
})

it('an IPv6 network is one address, and a mapped IPv4 address is itself', () => {
  expect(addressKey('2001:db8:1:2:aaaa::1')).toBe(addressKey('2001:db8:1:2:bbbb::2'))
  expect(addressKey('2001:db8:1:2::1')).not.toBe(addressKey('2001:db8:1:3::1'))
  expect(addressKey('2001:db8::1')).toBe(addressKey('2001:db8:0:0:1::'))
  expect(addressKey('::ffff:192.0.2.1')).toBe('192.0.2.1')
})
