import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runTool } from './run-tool.ts'

const root = resolve(import.meta.dirname, '..')

export interface CheckResult {
  readonly name: string
  readonly isGreen: boolean
  readonly output: string
}

interface Check {
  readonly name: string
  readonly tool: string
  readonly args: readonly string[]
  /** How many files or projects the tool looked at: a tool that looked at none has proved nothing and is red. */
  readonly countChecked: (output: string) => number
}

const checks: readonly Check[] = [
  { name: 'types', tool: 'typescript/bin/tsc', args: ['-b', '--pretty'], countChecked: countProjects },
  { name: 'lint', tool: 'oxlint/bin/oxlint', args: [], countChecked: countFiles },
  { name: 'format', tool: 'oxfmt/bin/oxfmt', args: ['--check', '.'], countChecked: countFiles },
  { name: 'dead code', tool: 'knip/bin/knip.js', args: ['--no-progress'], countChecked: () => 1 },
]

/** Runs every check, two at a time like the cores of a small machine, and answers in the order of the list. */
export async function runChecks(): Promise<readonly CheckResult[]> {
  const [types, lint, format, dead] = checks
  const results = new Map<Check, CheckResult>()
  const runAll = async (some: readonly (Check | undefined)[]) => {
    for (const check of some) if (check) results.set(check, await runCheck(check))
  }
  await Promise.all([runAll([types, format]), runAll([lint, dead])])
  return checks.flatMap((check) => results.get(check) ?? [])
}

async function runCheck({ name, tool, args, countChecked }: Check): Promise<CheckResult> {
  const { code, output } = await runTool(tool, args, { output: 'collect', limitMs: 240_000 })
  if (code !== 0) return { name, isGreen: false, output }
  if (countChecked(output) > 0) return { name, isGreen: true, output: '' }
  return { name, isGreen: false, output: `${output}\n${tool} passed without having looked at anything.` }
}

function countFiles(output: string): number {
  return Number(/ on (\d+) files/.exec(output)?.[1] ?? 0)
}

/** Every folder with a project must have left its build record. */
function countProjects(): number {
  const folders = readdirSync(root, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && existsSync(join(root, entry.name, 'tsconfig.json')),
  )
  const isBuilt = folders.every(({ name }) => existsSync(join(root, 'dist/types', `${name}.tsbuildinfo`)))
  return isBuilt ? folders.length : 0
}

export function printChecks(results: readonly CheckResult[]): void {
  for (const { name, isGreen, output } of results) if (!isGreen) console.log(`\n── ${name} ──\n${output.trim()}`)
  console.log('')
  for (const { name, isGreen } of results) console.log(`${isGreen ? 'green' : 'RED  '}  ${name}`)
}
