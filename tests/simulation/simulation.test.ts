import { describe, expect, it } from 'vitest'
import type { Faults } from '../../sync-server/sync-options.ts'
import { shrink } from './shrink.ts'
import { printSteps, stepsOf, type Step } from './steps.ts'
import { runSteps } from './run-steps.ts'

const peers = 5
const count = 1000
const seeds = Array.from({ length: 20 }, (_, i) => i + 1)

describe('simulation of five laptops', () => {
  it.each(seeds)(
    'SY1 seed %i: replicas are equal, nothing is missing, doubled, circular or seen before its commit',
    async (seed) => {
      const steps = stepsOf(seed, { peers, count })
      const problems = await runSteps({ seed, peers, steps })
      expect(problems, await explain(seed, steps, problems)).toEqual([])
    },
    120_000,
  )

  const faults: readonly (keyof Faults)[] = [
    'skip-commit',
    'broadcast-before-commit',
    'drop-row-from-feed',
    'double-feed-number',
    'move-tree-alone',
  ]
  it.each(faults)(
    'SY2 turns red when the fault %s is switched on',
    async (fault) => {
      const problems: string[] = []
      for (const seed of seeds.slice(0, 5)) {
        if (problems.length > 0) break
        const steps = stepsOf(seed, { peers, count: 300 })
        problems.push(...(await runSteps({ seed, peers, steps, faults: { [fault]: true } })))
      }
      expect(problems).not.toEqual([])
    },
    120_000,
  )
})

async function explain(seed: number, steps: readonly Step[], problems: readonly string[]): Promise<string> {
  if (problems.length === 0) return ''
  const shortest = await shrink(steps, async (some) => (await runSteps({ seed, peers, steps: some })).length > 0, 60)
  return `seed ${seed} fails; shortest steps found:\n${printSteps(shortest)}\n${problems.join('\n')}`
}
