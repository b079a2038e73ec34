import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildApp } from '../../build/build-app.ts'
import { benchAcknowledge } from './acknowledge/acknowledge.ts'
import { benchEditor } from './editor/editor-bench.ts'
import { benchImport } from './import/import-bench.ts'
import { benchLaptop } from './laptop/laptop-bench.ts'
import { benchFiles } from './files/files-bench.ts'
import type { Bench, BenchResult, Measure } from './measure.ts'
import { benchReturn } from './return/return.ts'
import { benchSearch } from './search/search-bench.ts'
import { benchStart } from './start/start-bench.ts'
import { spreadOf, type Spread } from './statistics.ts'

/**
 * `npm run bench -- [--only NAME] [--runs N]`: ratios against the peers in one run, ours and theirs in turn. Exit code 1 on a
 * missed limit, a failed bench or a missing peer. A whole run writes `docs/bench.md`.
 */
const benches: Readonly<Record<string, Bench>> = {
  acknowledge: benchAcknowledge,
  laptop: benchLaptop,
  return: benchReturn,
  editor: benchEditor,
  files: benchFiles,
  import: benchImport,
  search: benchSearch,
  start: benchStart,
}

const root = join(import.meta.dirname, '../..')
const peersFolder = join(import.meta.dirname, 'peers')
const { values } = parseArgs({ options: { only: { type: 'string' }, runs: { type: 'string', default: '3' } } })

interface Row {
  readonly measure: Measure
  readonly ours: Spread
  readonly peer: Spread | null
  readonly ratio: number | null
  /** Null where nothing is judged. */
  readonly isMet: boolean | null
}

function bringPeers(): void {
  if (existsSync(join(peersFolder, 'node_modules/minisearch/package.json'))) return
  console.log('Installing the peers into tests/bench/peers (users never download them) …')
  execFileSync('npm', ['ci', '--no-fund', '--no-audit'], {
    cwd: peersFolder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
}

function peerVersions(): string {
  const names = [
    '@hocuspocus/server',
    '@hocuspocus/provider',
    '@tiptap/core',
    '@tiptap/y-tiptap',
    'y-dexie',
    'dexie',
    'yjs',
    'minisearch',
  ]
  return names.map((name) => `${name} ${versionOf(name)}`).join(', ')
}

function versionOf(name: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(peersFolder, 'node_modules', name, 'package.json'), 'utf8'))
  return String(Reflect.get(Object(manifest), 'version'))
}

function judge(measure: Measure): Row {
  const ours = spreadOf(measure.ours)
  const peer = measure.peer === undefined ? null : spreadOf(measure.peer.values)
  const ratio = peer === null ? null : ours.median / peer.median
  const isMet = measure.limit === null ? null : (ratio ?? ours.median) <= measure.limit
  return { measure, ours, peer, ratio, isMet }
}

const figure = (value: number) => (value < 10 ? value.toFixed(2) : value.toFixed(0))
const spread = ({ median, min, max }: Spread, unit: string) =>
  `${figure(median)} ${unit} (${figure(min)} to ${figure(max)})`

function tableRow({ measure, ours, peer, ratio, isMet }: Row): string {
  const verdict = isMet === null ? 'told only' : isMet ? 'met' : '**missed**'
  const cells = [
    measure.what,
    spread(ours, measure.unit),
    peer === null ? '' : `${spread(peer, measure.unit)}, ${measure.peer?.name ?? ''}`,
    ratio === null ? '' : ratio.toFixed(3),
    measure.limit === null ? '' : String(measure.limit),
    verdict,
  ]
  return `| ${cells.join(' | ')} |`
}

function report(rows: readonly Row[], notes: readonly string[], runs: number): string {
  return `# Bench

Made by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, ${runs} rounds of ours and the peer in turn, medians with the smallest and the
largest. Two cores, Debian 12, Node ${process.versions.node}, Debian's Chromium. Peers: ${peerVersions()}. Milliseconds depend on the machine and on
what else it does; ratios hold better.

| what | ours | peer | ratio | limit | |
|---|---|---|---|---|---|
${rows.map(tableRow).join('\n')}

${notes.map((note) => `- ${note}`).join('\n')}
`
}

async function runAll(runs: number): Promise<boolean> {
  const chosen = Object.entries(benches).filter(([name]) => values.only === undefined || values.only === name)
  if (chosen.length === 0) throw new Error(`There is no bench ${values.only ?? ''}: ${Object.keys(benches).join(', ')}`)
  const rows: Row[] = []
  const notes: string[] = []
  let isGood = true
  for (const [name, bench] of chosen) {
    const result = await tryBench(name, bench, runs)
    if (result === null) isGood = false
    rows.push(...(result?.measures ?? []).map(judge))
    notes.push(...(result?.notes ?? [`${name}: failed, no figures.`]))
  }
  const text = report(rows, notes, runs)
  console.log(`\n${text}`)
  if (values.only === undefined) writeFileSync(join(root, 'docs/bench.md'), text)
  return isGood && rows.every(({ isMet }) => isMet !== false)
}

async function tryBench(name: string, bench: Bench, runs: number): Promise<BenchResult | null> {
  try {
    return await bench({ runs, say: (line) => console.log(line) })
  } catch (error) {
    console.error(`${name} failed:`, error)
    return null
  }
}

bringPeers()
// What is measured is what is in this folder, not what was built last.
await buildApp(['renderer', 'sync-server'])
process.exitCode = (await runAll(Number(values.runs))) ? 0 : 1
