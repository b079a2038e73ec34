import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findElectron } from './electron-binary.ts'
import { browserCommands, hasScreen, openElectron } from './open-app.ts'

const url = 'http://127.0.0.1:4680'
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plein-electron-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('a screen', () => {
  test('is there on Linux only with an X or a Wayland display', () => {
    expect(hasScreen('linux', {})).toBe(false)
    expect(hasScreen('linux', { DISPLAY: ':0' })).toBe(true)
    expect(hasScreen('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
    expect(hasScreen('linux', { DISPLAY: '', WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
  })

  test('is always there on Windows and macOS', () => {
    expect(hasScreen('win32', {})).toBe(true)
    expect(hasScreen('darwin', {})).toBe(true)
  })
})

test('the address is one argument of every browser command, never part of a shell line', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    for (const command of browserCommands(url, platform, false)) expect(command.at(-1)).toBe(url)
  }
})

describe('the Electron binary', () => {
  test('counts when the installer has finished: right version, path.txt written', () => {
    writePackage({ wanted: '45.4.1', present: 'v45.4.1', pathFile: 'electron' })
    expect(findElectron({}, folder)).toBe(join(folder, 'dist/electron'))
  })

  test('of another version does not count', () => {
    writePackage({ wanted: '45.4.1', present: '44.0.0', pathFile: 'electron' })
    expect(findElectron({}, folder)).toBeUndefined()
  })

  test('that is half unpacked does not count', () => {
    writePackage({ wanted: '45.4.1', present: '45.4.1' })
    expect(findElectron({}, folder)).toBeUndefined()
  })

  test('is looked for where ELECTRON_OVERRIDE_DIST_PATH points, and nowhere else then', () => {
    writePackage({ wanted: '45.4.1', present: '45.4.1', pathFile: 'electron' })
    expect(findElectron({ ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'elsewhere') }, folder)).toBeUndefined()
  })
})

describe.skipIf(process.platform === 'win32')('the desktop window', () => {
  test('is open once the shell says so, and is told the address of the server', async () => {
    const program = fakeShell(
      '[ "$3" = --server-url ] || [ "$2" = --server-url ] || exit 3; echo "Plein window is ready"; exec sleep 60',
    )
    const window = await openElectron(program, url, AbortSignal.timeout(10_000))
    expect(window).toBeDefined()
    window?.end()
    await window?.closed
  })

  test('is not there when the program ends without a word, as one with a missing library does', async () => {
    expect(await openElectron(fakeShell('exit 127'), url, AbortSignal.timeout(10_000))).toBeUndefined()
  })

  test('is not there when the program says nothing in time', async () => {
    const limit = new AbortController()
    const opening = openElectron(fakeShell('exec sleep 60'), url, limit.signal)
    limit.abort()
    expect(await opening).toBeUndefined()
  })
})

function fakeShell(body: string): string {
  const path = join(folder, 'shell')
  writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 })
  return path
}

function writePackage({ wanted, present, pathFile }: { wanted: string; present: string; pathFile?: string }): void {
  mkdirSync(join(folder, 'dist'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'electron', version: wanted }))
  writeFileSync(join(folder, 'dist/version'), present)
  writeFileSync(join(folder, 'dist/electron'), '')
  if (pathFile !== undefined) writeFileSync(join(folder, 'path.txt'), pathFile)
}
