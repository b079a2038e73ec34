import type { PersonId } from '../../../model/ids.ts'
import type { PageVersion } from '../../documents/history.ts'

/** Whose names stand at a version: whoever made it by hand, else whoever wrote since the version before. */
export function peopleOf({ madeBy, writers }: PageVersion): readonly PersonId[] {
  return madeBy === null ? writers : [madeBy]
}

/** Names as one says them: "Joris", "Joris and Noor", "Joris and 3 others". */
export function namesInWords(
  names: readonly string[],
  words: {
    readonly and: (first: string, last: string) => string
    readonly andMore: (first: string, count: number) => string
  },
): string {
  const [first = '', second] = names
  if (second === undefined) return first
  return names.length === 2 ? words.and(first, second) : words.andMore(first, names.length - 1)
}
