import { readStored, writeStored } from './use-stored.ts'

/** `auto`: compact in a low window, such as a laptop of 1366 by 768. */
export const densities = ['auto', 'compact', 'roomy'] as const
export type Density = (typeof densities)[number]

const key = 'plein.density'

export function readDensity(): Density {
  const stored = readStored(key)
  return densities.find((density) => density === stored) ?? 'auto'
}

/** Draws everything in this density, now and at the next start. */
export function applyDensity(density: Density): void {
  writeStored(key, density)
  document.documentElement.dataset['density'] = density
}
