import type { ImportProblem } from '../../../model/markdown/import-survey.ts'

/** Problems by reason, in the order in which reasons appear first. */
export function problemGroups(
  problems: readonly ImportProblem[],
): readonly (readonly [ImportProblem['reason'], readonly ImportProblem[]])[] {
  const groups = new Map<ImportProblem['reason'], ImportProblem[]>()
  for (const problem of problems) {
    const group = groups.get(problem.reason)
    if (group === undefined) groups.set(problem.reason, [problem])
    else group.push(problem)
  }
  return [...groups]
}
