// `npm test`: sets up a browser, then runs the checks, all Vitest tests (unit, contract, simulation) and the end-to-end
// tests, and closes with one line `N passed, N failed`. `npm test -- --only unit model/space` runs a part.
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildApp } from './build-app.ts'
import { printChecks, runChecks } from './checks.ts'
import { setUpChromium, type ChromiumSetUp } from './chromium.ts'
import { runTool } from './run-tool.ts'
import { countPlaywright, countVitest, judge, readReport, sum, type Counts } from './test-counts.ts'

const reports = resolve(import.meta.dirname, `../dist/test-reports/${process.pid}`)

/**
 * Everything together aims at fifteen minutes on two cores (measured with other work beside it: checks 0.5, unit 2, end to end 12). The limits
 * end a stage that hangs and leave room for a machine several times slower.
 */
const unitLimitMs = 20 * 60_000
const e2eLimitMs = 45 * 60_000

const stages = { check: runCheckStage, unit: runUnitStage, e2e: runE2eStage }
type Stage = keyof typeof stages

const order: readonly Stage[] = ['check', 'unit', 'e2e']
const wanted = parseArguments(process.argv.slice(2))
if ('problem' in wanted) {
  console.error(wanted.problem)
  process.exit(1)
}

mkdirSync(reports, { recursive: true })
const chromium: ChromiumSetUp = wanted.stages.some((stage) => stage !== 'check')
  ? await setUpChromium((line) => console.log(line))
  : { problem: 'The checks need no Chromium.' }
const counts: Counts[] = []
for (const stage of wanted.stages) counts.push(await runStage(stage, wanted.filters))
rmSync(reports, { recursive: true, force: true })
const total = sum(counts)
if (total.skipped > 0) console.log(`${total.skipped} skipped`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1

function parseArguments(
  args: readonly string[],
): { stages: readonly Stage[]; filters: string[] } | { problem: string } {
  const at = args.findIndex((argument) => argument === '--only' || argument.startsWith('--only='))
  if (at < 0) {
    if (args.length > 0) return { problem: 'To run a part, name it: npm test -- --only check|unit|e2e [filter ...]' }
    return { stages: order, filters: [] }
  }
  const inline = args[at]?.split('=')[1]
  const name = inline ?? args[at + 1]
  const stage = order.find((each) => each === name)
  if (!stage) return { problem: `--only takes ${order.join(', ')}, not "${name ?? ''}".` }
  const filters = args.filter((_, index) => index !== at && (inline !== undefined || index !== at + 1))
  return { stages: [stage], filters }
}

async function runStage(stage: Stage, filters: readonly string[]): Promise<Counts> {
  console.log(`\n═══ ${stage} ═══`)
  const began = performance.now()
  let result: Counts
  try {
    result = await stages[stage](filters)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    result = { passed: 0, failed: 1, skipped: 0 }
  }
  console.log(`${stage}: ${result.passed} of ${result.passed + result.failed} in ${seconds(began)} s`)
  return result
}

async function runCheckStage(): Promise<Counts> {
  const results = await runChecks()
  printChecks(results)
  const passed = results.filter(({ isGreen }) => isGreen).length
  return judge({ passed, failed: results.length - passed, skipped: 0 }, 0)
}

async function runUnitStage(filters: readonly string[]): Promise<Counts> {
  const report = join(reports, 'unit.json')
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
  const { code } = await runTool('vitest/vitest.mjs', ['run', ...reporters, ...filters], {
    output: 'pass',
    limitMs: unitLimitMs,
    env: browserEnv(),
  })
  return judge(countVitest(readReport(report)), code)
}

async function runE2eStage(filters: readonly string[]): Promise<Counts> {
  if ('problem' in chromium) throw new Error(chromium.problem)
  await buildApp(['renderer', 'electron', 'sync-server'])
  const report = join(reports, 'e2e.json')
  // `list` names each test with its time and tells at the very end why some failed: of a long run often only the end is kept.
  const { code } = await runTool('@playwright/test/cli.js', ['test', '--reporter=list,json', ...filters], {
    output: 'pass',
    limitMs: e2eLimitMs,
    env: { ...browserEnv(), PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  })
  return judge(countPlaywright(readReport(report)), code)
}

function browserEnv(): NodeJS.ProcessEnv {
  return 'path' in chromium ? { PLEIN_CHROMIUM: chromium.path } : {}
}

function seconds(began: number): string {
  return ((performance.now() - began) / 1000).toFixed(1)
}
