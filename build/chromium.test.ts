import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { chromiumFlags, findChromium, isRoot, setUpChromium } from './chromium.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plein-chromium-'))
  vi.stubEnv('PATH', folder)
  vi.stubEnv('PLEIN_CHROMIUM', undefined)
  vi.stubEnv('PLAYWRIGHT_BROWSERS_PATH', folder)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

test('PLEIN_CHROMIUM wins over a browser on PATH', () => {
  program('chromium')
  const named = program('my-chromium')
  expect(findChromium({ PATH: folder, PLEIN_CHROMIUM: named })).toBe(named)
})

test('tests take the headless shell where there is one; who wants to see windows gets a browser that has them', () => {
  const [shell, browser] = [program('chromium-headless-shell'), program('chromium')]
  expect(findChromium({ PATH: folder })).toBe(shell)
  expect(findChromium({ PATH: folder }, { withWindows: true })).toBe(browser)
})

test('a name on PATH that is a folder or cannot be executed is no browser', () => {
  mkdirSync(join(folder, 'chromium'))
  writeFileSync(join(folder, 'google-chrome'), '', { mode: 0o644 })
  expect(findChromium({ PATH: folder })).toBeUndefined()
})

test('a PLEIN_CHROMIUM that does not exist is said, and nothing else is tried', async () => {
  program('chromium')
  vi.stubEnv('PLEIN_CHROMIUM', join(folder, 'absent'))
  const said: string[] = []
  expect(await setUpChromium((line) => said.push(line))).toHaveProperty('problem', expect.stringContaining('absent'))
  expect(said).toEqual([])
})

test('the sandbox is switched off only as root, where Chromium has none', () => {
  expect(chromiumFlags().includes('--no-sandbox')).toBe(isRoot())
})

describe.runIf(process.platform === 'linux' && isRoot())('as root', () => {
  test("a missing browser comes from the system's packages, lists first, after one line", async () => {
    program(
      'apt-get',
      `echo "$*" >> '${folder}/asked'; [ "$1" = update ] || { echo > '${folder}/chromium'; /bin/chmod 755 '${folder}/chromium'; }`,
    )
    const said: string[] = []
    expect(await setUpChromium((line) => said.push(line))).toEqual({ path: join(folder, 'chromium') })
    expect(said).toHaveLength(1)
  })
})

function program(name: string, body = 'exit 0'): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 })
  return path
}
