import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const lock = '{ "packages": { "": {}, "node_modules/thing": { "integrity": "sha512-a" } } }'
let checkout = ''

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'plein-checkout-'))
  mkdirSync(join(checkout, 'build'))
  mkdirSync(join(checkout, 'node_modules'))
  for (const file of ['run.mjs', 'end-with-parent.mjs']) {
    cpSync(join(import.meta.dirname, file), join(checkout, 'build', file))
  }
  writeFileSync(join(checkout, 'package-lock.json'), lock)
  writeFileSync(
    join(checkout, 'build/check.ts'),
    'console.log(process.argv.slice(2).join(), process.env["PATH"]); process.exitCode = 7 as number',
  )
})

afterEach(() => {
  rmSync(checkout, { recursive: true, force: true })
})

test('a second start calls no npm, passes arguments and hands the exit code on', () => {
  writeFileSync(join(checkout, 'node_modules/.plein-lock'), createHash('sha256').update(lock).digest('hex'))
  const { status, stdout, stderr } = run(['check', '--a', 'b'])
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^--a,b /)
  expect(status).toBe(7)
})

test('the command finds its own Node first on PATH, so that what it starts runs under the same one', () => {
  writeFileSync(join(checkout, 'node_modules/.plein-lock'), createHash('sha256').update(lock).digest('hex'))
  const path = run(['check']).stdout.trim()
  expect(path.split(delimiter)[0]).toBe(join(process.execPath, '..'))
})

test('packages that somebody installed by hand are recognised and stamped', () => {
  writeFileSync(join(checkout, 'node_modules/.package-lock.json'), lock)
  expect(run(['check']).status).toBe(7)
  expect(existsSync(join(checkout, 'node_modules/.plein-lock'))).toBe(true)
})

test('another lock file than the installed one is installed, and a failing npm ends in a sentence', () => {
  writeFileSync(join(checkout, 'node_modules/.package-lock.json'), lock.replace('sha512-a', 'sha512-old'))
  writeFileSync(join(checkout, 'npm-cli.cjs'), 'console.error("npm error no network"); process.exit(1)')
  const { status, stderr } = run(['check'], { npm_execpath: join(checkout, 'npm-cli.cjs') })
  expect(stderr).toMatch(
    /^Installing the packages .*\nnpm error no network\nThe packages could not be installed: .*\n$/,
  )
  expect(status).toBe(1)
  expect(existsSync(join(checkout, 'node_modules/.plein-lock'))).toBe(false)
})

test('an unknown command names the known ones', () => {
  const { status, stderr } = run(['strat'])
  expect(stderr).toMatch(/^Unknown command "strat"\. Choose one of: start, /)
  expect(status).toBe(1)
})

function run(args: readonly string[], env: Record<string, string> = {}) {
  return spawnSync(process.execPath, [join(checkout, 'build/run.mjs'), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...env },
  })
}
