import { expect, test } from 'vitest'
import { countPlaywright, countVitest, judge, sum } from './test-counts.ts'

test('a stage without a report has failed', () => {
  expect(judge(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('a stage that ran no test has failed, also when its tool says that all is well', () => {
  expect(judge({ passed: 0, failed: 0, skipped: 3 }, 0)).toEqual({ passed: 0, failed: 1, skipped: 3 })
})

test('a tool that exits with an error has failed, also when every test in its report passed', () => {
  expect(judge({ passed: 7, failed: 0, skipped: 0 }, 1)).toMatchObject({ passed: 7, failed: 1 })
})

test('failures in the report are not counted twice', () => {
  expect(judge({ passed: 7, failed: 2, skipped: 0 }, 1)).toMatchObject({ passed: 7, failed: 2 })
})

test('a test file that does not load counts as one failure', () => {
  const broken = { status: 'failed', assertionResults: [] }
  const red = { status: 'failed', assertionResults: [{ status: 'failed' }] }
  const report = { numPassedTests: 4, numFailedTests: 1, numPendingTests: 0, testResults: [broken, red] }
  expect(countVitest(report)).toEqual({ passed: 4, failed: 2, skipped: 0 })
})

test('a spec that does not load and a flaky test are failures', () => {
  const report = { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] }
  expect(countPlaywright(report)).toEqual({ passed: 3, failed: 3, skipped: 2 })
})

test.each([null, 'text', {}, { stats: 5 }, { testResults: 'x' }])('%j is no report', (value) => {
  expect(countVitest(value)).toBeUndefined()
  expect(countPlaywright(value)).toBeUndefined()
})

test('the closing line adds up the stages', () => {
  const one = { passed: 1, failed: 2, skipped: 3 }
  expect(sum([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 })
})
