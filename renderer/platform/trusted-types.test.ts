import { expect, test } from 'vitest'
import { makeRules } from './trusted-types.ts'

const rules = makeRules((html) => `sanitised(${html})`, 'app://plein')

test('text without an opening bracket passes unchanged', () => {
  expect(rules.createHTML(':root { --x: 1 } a > b { color: red }')).toBe(':root { --x: 1 } a > b { color: red }')
})

test('markup goes through the sanitiser', () => {
  expect(rules.createHTML('<img src=x onerror=alert(1)>')).toBe('sanitised(<img src=x onerror=alert(1)>)')
})

test('no text becomes a script', () => {
  expect(rules.createScript('alert(1)')).toBeNull()
})

test('a script of another origin is refused', () => {
  expect(rules.createScriptURL('https://evil.example/service-worker.js')).toBeNull()
})
