import { existsSync, readFileSync } from 'node:fs'

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/**
 * What a stage of `npm test` is worth. A tool that exits with an error counts as one failure even where its report shows
 * none, and a stage that ran nothing has failed: silence is not success.
 */
export function judge(reported: Counts | undefined, exitCode: number): Counts {
  if (!reported || reported.passed + reported.failed === 0)
    return { passed: 0, failed: 1, skipped: reported?.skipped ?? 0 }
  return exitCode !== 0 && reported.failed === 0 ? { ...reported, failed: 1 } : reported
}

export function sum(all: readonly Counts[]): Counts {
  return {
    passed: all.reduce((total, { passed }) => total + passed, 0),
    failed: all.reduce((total, { failed }) => total + failed, 0),
    skipped: all.reduce((total, { skipped }) => total + skipped, 0),
  }
}

/** Vitest's JSON: a file that could not be loaded has no test results, and counts as one failure. */
export function countVitest(report: unknown): Counts | undefined {
  if (!isRecord(report) || !Array.isArray(report['testResults'])) return undefined
  const files: unknown[] = report['testResults']
  const broken = files.filter(
    (file) =>
      isRecord(file) &&
      file['status'] === 'failed' &&
      Array.isArray(file['assertionResults']) &&
      !file['assertionResults'].some((test) => isRecord(test) && test['status'] === 'failed'),
  ).length
  return {
    passed: countOf(report, 'numPassedTests'),
    failed: countOf(report, 'numFailedTests') + broken,
    skipped: countOf(report, 'numPendingTests') + countOf(report, 'numTodoTests'),
  }
}

/** Playwright's JSON: errors outside any test (a spec that does not load) count as one failure each. */
export function countPlaywright(report: unknown): Counts | undefined {
  if (!isRecord(report) || !isRecord(report['stats'])) return undefined
  const stats = report['stats']
  const outside = Array.isArray(report['errors']) ? report['errors'].length : 0
  return {
    passed: countOf(stats, 'expected'),
    failed: countOf(stats, 'unexpected') + countOf(stats, 'flaky') + outside,
    skipped: countOf(stats, 'skipped'),
  }
}

/** Undefined when the tool wrote no report or half of one. */
export function readReport(path: string): unknown {
  if (!existsSync(path)) return undefined
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function countOf(record: Record<string, unknown>, name: string): number {
  const value = record[name]
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : 0
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
