/** The first wait after a broken line, and the longest. Milliseconds. */
export const firstWaitMs = 500
export const longestWaitMs = 30_000

/**
 * How long to wait before the next attempt: doubling, with the upper half at random, so that a whole office that lost its
 * server does not come back in one second.
 */
export function waitBefore(attempt: number, random: number): number {
  const full = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(attempt, 10))
  return Math.round(full / 2 + (full / 2) * random)
}
