import { SeededRandom } from './seeded-random.ts'

/**
 * One step of a run, as plain data: which peer, what, and three numbers that choose among what exists at that moment.
 * A step whose object does not exist does nothing, so that any part of a run is a run.
 */
export interface Step {
  readonly peer: number
  readonly verb: Verb
  readonly a: number
  readonly b: number
  readonly c: number
}

export type Verb = (typeof weights)[number][0]

const weights = [
  ['type', 38],
  ['erase', 8],
  ['rename', 4],
  ['create-page', 3],
  ['move-page', 5],
  ['move-across', 3],
  ['archive-page', 1],
  ['restore-page', 1],
  ['open-page', 8],
  ['close-page', 5],
  ['type-in-second-window', 6],
  ['cut-line', 4],
  ['mend-line', 5],
  ['slow-line', 2],
  ['repeat-frames', 2],
  ['restart-laptop', 2],
  ['restart-server', 1],
  ['compact-server', 2],
  ['pause', 3],
  ['back-up-server', 1],
  ['restore-server', 1],
] as const

const total = weights.reduce((sum, [, weight]) => sum + weight, 0)

/** The steps of a seed. */
export function stepsOf(seed: number, options: { readonly peers: number; readonly count: number }): readonly Step[] {
  const random = new SeededRandom(seed)
  return Array.from({ length: options.count }, () => ({
    peer: random.below(options.peers),
    verb: pickVerb(random),
    a: random.below(1_000_000),
    b: random.below(1_000_000),
    c: random.below(1_000_000),
  }))
}

function pickVerb(random: SeededRandom): Verb {
  let at = random.below(total)
  for (const [verb, weight] of weights) {
    at -= weight
    if (at < 0) return verb
  }
  return 'pause'
}

/** A run on paper, short enough to paste into a test. */
export function printSteps(steps: readonly Step[]): string {
  return steps
    .map(({ peer, verb, a, b, c }) => `{ peer: ${peer}, verb: '${verb}', a: ${a}, b: ${b}, c: ${c} },`)
    .join('\n')
}
