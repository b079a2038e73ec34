import type { SpaceSummary } from './plein.ts'

const kinds: readonly SpaceSummary['kind'][] = ['organisation', 'team', 'project', 'community', 'personal']

/** The order of spaces on every screen and every device: by kind, then by name. */
export function inReadingOrder(spaces: readonly SpaceSummary[]): readonly SpaceSummary[] {
  return spaces.toSorted(
    (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1),
  )
}
