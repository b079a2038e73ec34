// Proves that the linter turns red at every wall and limit, on files that break exactly one of them. A wrong glob or a
// list that another override replaced would otherwise make the linter pass for ever without a word.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const imports = 'eslint(no-restricted-imports)'

type Case = readonly [file: string, code: string]

const forbiddenImports: readonly Case[] = [
  ...imported('model/a.ts', [
    '../renderer/x.ts',
    '../electron/x.ts',
    '../sync-server/x.ts',
    '../build/x.ts',
    '../tests/x.ts',
  ]),
  ...imported('model/deep/b.ts', [
    '../../sync-server/x.ts',
    'node:fs',
    'node:fs/promises',
    'react',
    'dexie',
    'ws',
    '@mantine/core',
    'remark-parse',
  ]),
  ...imported('model/markdown/c.ts', ['../../renderer/x.ts', 'react', 'node:fs']),
  ...imported('model/zip/c.ts', ['../../renderer/x.ts', 'react', 'node:fs', 'yjs']),
  ...imported('model/word-difference.ts', ['../renderer/x.ts', 'react', 'node:fs', 'yjs']),
  ...imported('renderer/d.ts', [
    '../electron/x.ts',
    '../sync-server/x.ts',
    '../build/x.ts',
    '../tests/x.ts',
    'node:fs',
    'electron',
    'fastify',
    'ws',
  ]),
  ...imported('renderer/features/polls/E.tsx', [
    'yjs',
    'dexie',
    '@tiptap/react',
    'lib0/encoding',
    'y-websocket',
    'node:path',
    'electron',
  ]),
  ...imported('renderer/features/polls/f.ts', [
    '../spaces/x.ts',
    '../../storage/x.ts',
    '../../sync/x.ts',
    '../../editor/binding.ts',
    '../../search/index-worker.ts',
    '../../../sync-server/x.ts',
  ]),
  ...imported('renderer/features/polls/parts/g.ts', [
    '../../spaces/x.ts',
    '../../../storage/x.ts',
    '../../../editor/parts/PageEditor.tsx',
  ]),
  ...imported('renderer/ui/H.tsx', ['../features/polls/x.ts', 'yjs', 'dexie', '../../electron/x.ts']),
  ...imported('renderer/platform/i.ts', ['../features/polls/x.ts', 'yjs', 'electron']),
  ...imported('renderer/documents/j.ts', ['dexie', '@tiptap/core', '../features/polls/x.ts', 'fastify']),
  ...imported('renderer/documents/J.tsx', ['yjs', 'dexie']),
  ...imported('renderer/sync/k.ts', [
    'dexie',
    'react',
    '@mantine/core',
    '../features/polls/x.ts',
    '../../sync-server/x.ts',
  ]),
  ...imported('renderer/storage/l.ts', ['react', '@tiptap/core', '../features/polls/x.ts', 'node:fs']),
  ...imported('renderer/editor/m.ts', ['dexie', '../features/polls/x.ts', 'node:fs']),
  ...imported('renderer/search/index-worker.ts', ['dexie', 'react', 'node:fs']),
  ...imported('electron/n.ts', ['../renderer/x.ts', '../sync-server/x.ts', '../build/x.ts', 'react', 'fastify']),
  ...imported('sync-server/o.ts', [
    '../renderer/x.ts',
    '../electron/x.ts',
    '../tests/x.ts',
    'react',
    'dexie',
    'electron',
    '@tiptap/core',
  ]),
  ...imported('sync-server/deep/p.ts', ['../../renderer/x.ts', '../../build/x.ts']),
]

const allowedImports: readonly Case[] = [
  ...imported('model/ok.ts', [
    'yjs',
    'lib0/encoding',
    'y-protocols/awareness',
    '@tiptap/pm/model',
    './x.ts',
    './kinds/x.ts',
  ]),
  ...imported('model/deep/ok.ts', ['../x.ts', '../../model/x.ts']),
  ...imported('model/markdown/ok.ts', ['unified', 'remark-parse', 'mdast', '../x.ts', 'yjs']),
  ...imported('renderer/features/polls/ok.ts', [
    '../../ui/X.tsx',
    '../../documents/x.ts',
    '../../platform/x.ts',
    '../../i18n/x.ts',
    '../../search/use-search.ts',
    '../../editor/PageEditor.tsx',
    '../../../model/x.ts',
    './x.ts',
    'react',
  ]),
  ...imported('renderer/features/polls/parts/ok.ts', [
    '../x.ts',
    './x.ts',
    '../../../ui/X.tsx',
    '../../../../model/x.ts',
  ]),
  ...imported('renderer/documents/ok.ts', ['yjs', 'react', '../sync/x.ts', '../storage/x.ts']),
  ...imported('renderer/sync/ok.ts', ['yjs', 'y-websocket', 'lib0/encoding']),
  ...imported('renderer/storage/ok.ts', ['dexie', 'yjs', '../../model/x.ts']),
  ...imported('renderer/editor/ok.ts', ['yjs', '@tiptap/core', 'y-prosemirror', 'react']),
  ...imported('renderer/search/ok-worker.ts', ['yjs']),
  ...imported('electron/ok.ts', ['electron', 'node:path', 'node:fs/promises', '../model/x.ts', './x.ts']),
  ...imported('sync-server/ok.ts', ['fastify', 'ws', 'yjs', 'node:sqlite', '../model/x.ts', './store/x.ts']),
]

/** Code that breaks one rule; the rule's name is what the linter must say. */
const broken: readonly (readonly [rule: string, file: string, code: string])[] = [
  ['eslint(no-restricted-globals)', 'model/clock.ts', 'export const now = () => new Date()'],
  ['eslint(no-restricted-globals)', 'model/host.ts', 'export const id = () => crypto.randomUUID()'],
  ['eslint(no-restricted-globals)', 'model/net.ts', 'export const get = async () => fetch("/x")'],
  ['eslint(no-restricted-globals)', 'model/env.ts', 'export const env = () => process.argv'],
  ['eslint(no-restricted-properties)', 'model/chance.ts', 'export const roll = () => Math.random()'],
  ['import(no-cycle)', 'sync-server/egg.ts', "import { hen } from './hen.ts'\nexport const egg = (): number => hen()"],
  ['import(no-cycle)', 'sync-server/hen.ts', "import { egg } from './egg.ts'\nexport const hen = (): number => egg()"],
  ['oxc(no-barrel-file)', 'sync-server/barrel.ts', "export * from './long-file.ts'"],
  [
    'eslint(max-lines)',
    'sync-server/long-file.ts',
    'export const a = 1\n'.replace('a', 'first') + '// line\n'.repeat(400),
  ],
  [
    'eslint(max-lines-per-function)',
    'sync-server/long-function.ts',
    `export function f(g: () => void) {\n${'  g()\n'.repeat(61)}}`,
  ],
  [
    'eslint(max-lines-per-function)',
    'renderer/LongComponent.tsx',
    `export function F(g: () => void) {\n${'  g()\n'.repeat(101)}}`,
  ],
  [
    'eslint(max-params)',
    'sync-server/params.ts',
    'export const f = (a: 1, b: 1, c: 1, d: 1, e: 1) => a + b + c + d + e',
  ],
  [
    'eslint(complexity)',
    'sync-server/complex.ts',
    `export function f(a: number) {\n${'  if (a > 1) a--\n'.repeat(15)}  return a\n}`,
  ],
  ['eslint(no-empty)', 'sync-server/swallow.ts', 'export function f(g: () => void) { try { g() } catch {} }'],
  ['eslint(no-console)', 'renderer/talk.ts', 'console.log("x")'],
  ['typescript(no-explicit-any)', 'sync-server/any.ts', 'export const f = (a: any) => { void a }'],
  ['typescript(no-non-null-assertion)', 'sync-server/bang.ts', 'export const f = (a?: string) => a!.length'],
  ['typescript(no-floating-promises)', 'sync-server/floating.ts', 'export function f(g: () => Promise<void>) { g() }'],
  [
    'typescript(no-misused-promises)',
    'sync-server/misused.ts',
    'export function f(g: () => Promise<boolean>) { if (g()) throw new Error("x") }',
  ],
  [
    'typescript(switch-exhaustiveness-check)',
    'sync-server/switch.ts',
    "export function f(k: 'a' | 'b') { switch (k) { case 'a': return 1 }\n return 2 }",
  ],
  ['unicorn(filename-case)', 'sync-server/camelCase.ts', 'export const a = 1'],
  [
    'react-hooks(rules-of-hooks)',
    'renderer/Hooks.tsx',
    "import { useState } from 'react'\nexport function F(p: { a: boolean }) { if (p.a) useState(1)\n return null }",
  ],
  [
    'react-hooks(exhaustive-deps)',
    'renderer/Deps.tsx',
    "import { useEffect } from 'react'\nexport function F(p: { a: () => void }) { useEffect(() => { p.a() }, [])\n return null }",
  ],
  [
    'vitest(no-focused-tests)',
    'model/focus.test.ts',
    "import { expect, test } from 'vitest'\ntest.only('a', () => { expect(1).toBe(1) })",
  ],
  [
    'vitest(no-disabled-tests)',
    'model/skip.test.ts',
    "import { expect, test } from 'vitest'\ntest.skip('a', () => { expect(1).toBe(1) })",
  ],
  ['vitest(expect-expect)', 'model/empty.test.ts', "import { test } from 'vitest'\ntest('a', () => {})"],
]

interface Finding {
  readonly rule: string
  readonly file: string
}

let folder = ''
let findings: readonly Finding[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plein-walls-'))
  cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir')
  const options = { strict: true, jsx: 'react-jsx', module: 'esnext', moduleResolution: 'bundler', noEmit: true }
  write('tsconfig.json', JSON.stringify({ compilerOptions: { ...options, allowImportingTsExtensions: true } }))
  for (const [file, code] of [...forbiddenImports, ...allowedImports]) write(file, `${code}\nexport {}\n`)
  for (const [, file, code] of broken) write(file, `${code}\n`)
  findings = lint()
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('the linter', () => {
  test.each(forbiddenImports)('refuses in %s: %s', (file) => {
    expect(rulesAt(file)).toContain(imports)
  })

  test.each(allowedImports)('allows in %s: %s', (file) => {
    expect(rulesAt(file)).not.toContain(imports)
  })

  test.each(broken)('says %s in %s', (rule, file) => {
    expect(rulesAt(file)).toContain(rule)
  })
})

/** One file per import, so that each is judged by itself: `model/a.ts` becomes `model/a-0.ts`, `model/a-1.ts`, … */
function imported(file: string, names: readonly string[]): Case[] {
  const dot = file.endsWith('-worker.ts') ? file.lastIndexOf('-worker.ts') : file.lastIndexOf('.')
  return names.map((name, index) => [`${file.slice(0, dot)}-${index}${file.slice(dot)}`, `import '${name}'`])
}

function write(file: string, code: string): void {
  const path = join(folder, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, code)
}

function lint(): readonly Finding[] {
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint')
  const run = spawnSync(process.execPath, [oxlint, '-f', 'json'], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 })
  const report: { diagnostics: { code: string; filename: string }[] } = JSON.parse(run.stdout)
  return report.diagnostics.map(({ code, filename }) => ({ rule: code, file: filename.replaceAll('\\', '/') }))
}

function rulesAt(file: string): readonly string[] {
  return findings.filter((finding) => finding.file === file).map(({ rule }) => rule)
}
