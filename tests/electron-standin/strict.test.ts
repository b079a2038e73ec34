import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { strict } from './strict.ts'

class Counter extends EventEmitter {
  #count = 0
  add(): number {
    return ++this.#count
  }
}

test('what a double has works, private fields and chained calls included', () => {
  const double = strict('counter', new Counter())
  expect(double.add()).toBe(1)
  expect(double.on('x', () => {}).add()).toBe(2)
  expect(double.on('y', () => {})).toBe(double)
})

test('what a double has not throws, where a plain object would answer undefined', () => {
  const double: object = strict('counter', new Counter())
  expect(() => Reflect.get(double, 'subtract')).toThrow('stand-in has no electron.counter.subtract')
})

test('a double can be awaited and printed', async () => {
  const double = strict('counter', new Counter())
  expect(await Promise.resolve(double)).toBe(double)
  expect(JSON.stringify({ double })).toContain('double')
})
