import { checkEnd } from './check-end.ts'
import { World, type RunOptions } from './world.ts'

/**
 * Runs steps over the shipped codec, server core, sync engine and documents layer; only clock, line and disk are
 * passed in. Answers what was wrong, nothing for a good run.
 */
export async function runSteps(options: RunOptions): Promise<readonly string[]> {
  const world = new World(options)
  try {
    await world.begin()
    for (const step of options.steps) {
      await world.do(step)
      if (world.problems.length > 0) return world.problems
    }
    await world.comeToRest()
    if (world.problems.length > 0) return world.problems
    return await checkEnd(world)
  } catch (error) {
    return [...world.problems, `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`]
  }
}
