import { parseArgs } from 'node:util'
import { shrink } from './shrink.ts'
import { printSteps, stepsOf } from './steps.ts'
import { runSteps } from './run-steps.ts'

/** `npm run simulate -- --seeds 200 --first 1 --peers 6 --steps 3000`: any number of runs; exit code 1 with the shortest failing steps. */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    first: { type: 'string', default: '1' },
    peers: { type: 'string', default: '5' },
    steps: { type: 'string', default: '1000' },
  },
})
const first = Number(values.first)
const peers = Number(values.peers)
const count = Number(values.steps)

let failed = 0
for (let seed = first; seed < first + Number(values.seeds); seed += 1) {
  const steps = stepsOf(seed, { peers, count })
  const startedMs = performance.now()
  const problems = await runSteps({ seed, peers, steps })
  const tookMs = Math.round(performance.now() - startedMs)
  if (problems.length === 0) {
    console.log(`seed ${seed}: good (${tookMs} ms)`)
    continue
  }
  failed += 1
  console.log(`seed ${seed}: FAILED (${tookMs} ms)\n${problems.slice(0, 10).join('\n')}`)
  const shortest = await shrink(steps, async (some) => (await runSteps({ seed, peers, steps: some })).length > 0)
  console.log(`shortest steps (${shortest.length}):\n${printSteps(shortest)}`)
}
console.log(`${Number(values.seeds) - failed} seeds good, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
