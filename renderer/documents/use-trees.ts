import { usePlein } from './use-plein.tsx'
import type { Trees } from './trees.ts'

/** What one does to several pages at once. */
export function useTrees(): Trees {
  return usePlein().trees
}
