/**
 * Removes parts of a failing run for as long as it still fails: halves, quarters, …, single steps. Bounded in attempts,
 * for a run may take a second.
 * @returns the shortest failing run that was found
 */
export async function shrink<T>(
  steps: readonly T[],
  fails: (steps: readonly T[]) => Promise<boolean>,
  maxAttempts = 200,
): Promise<readonly T[]> {
  let shortest = steps
  let attempts = 0
  for (let size = Math.ceil(shortest.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < shortest.length && attempts < maxAttempts;) {
      const shorter = [...shortest.slice(0, at), ...shortest.slice(at + size)]
      attempts += 1
      if (await fails(shorter)) shortest = shorter
      else at += size
    }
  }
  return shortest
}
