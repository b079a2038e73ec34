// Proves that each folder's TypeScript project keeps out what does not belong there: the DOM and Node in model/, Node in
// renderer/, the DOM in sync-server/, and files of folders that a project does not refer to.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const folders = ['model', 'renderer', 'electron', 'sync-server']

const refused: readonly (readonly [file: string, code: string])[] = [
  ['model/dom.ts', 'export const title = document.title'],
  ['model/node.ts', 'export const args = process.argv'],
  ['model/random.ts', 'export const id = crypto.randomUUID()'],
  ['model/upward.ts', "export { served } from '../sync-server/served.ts'"],
  ['renderer/node.ts', 'export const args = process.argv'],
  ['renderer/server.ts', "export { served } from '../sync-server/served.ts'"],
  ['sync-server/dom.ts', 'export const title = document.title'],
  ['sync-server/screen.ts', "export { drawn } from '../renderer/drawn.ts'"],
  ['electron/screen.ts', "export { drawn } from '../renderer/drawn.ts'"],
  ['sync-server/enum.ts', 'export enum Kind { wiki }'],
  ['sync-server/unchecked.ts', 'export const first = (all: readonly string[]): string => all[0]'],
]

const allowed: readonly (readonly [file: string, code: string])[] = [
  ['model/pure.ts', 'export const pure = 1'],
  ['sync-server/served.ts', "export { pure as served } from '../model/pure.ts'"],
  ['renderer/drawn.ts', "export { pure as drawn } from '../model/pure.ts'"],
  ['renderer/screen.ts', 'export const title = document.title'],
  ['electron/shell.ts', "export { pure as shell } from '../model/pure.ts'\nexport const args = process.argv"],
]

let folder = ''
let output = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plein-projects-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir')
  cpSync(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'))
  for (const name of folders) write(`${name}/tsconfig.json`)
  write('renderer/tsconfig.service-worker.json')
  write('renderer/service-worker.ts', 'export {}')
  write('renderer/platform/app-files.ts', 'export {}')
  for (const [file, code] of [...refused, ...allowed]) write(file, `${code}\n`)
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  output = folders
    .map((name) => spawnSync(process.execPath, [tsc, '-b', name], { cwd: folder, encoding: 'utf8' }).stdout)
    .join('')
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

test.each(refused)('the compiler refuses in %s: %s', (file) => {
  expect(filesInError()).toContain(file)
})

test.each(allowed)('the compiler takes %s', (file) => {
  expect(filesInError()).not.toContain(file)
})

function filesInError(): readonly string[] {
  return output.split('\n').flatMap((line) => /^(\S+?)\(\d+,\d+\): error/.exec(line)?.[1] ?? [])
}

/** Without code, the file of the checkout is taken as it is. */
function write(file: string, code?: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  if (code === undefined) cpSync(join(root, file), join(folder, file))
  else writeFileSync(join(folder, file), code)
}
