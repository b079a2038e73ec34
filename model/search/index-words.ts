import { compoundParts } from './compound-parts.ts'
import { stemsOf } from './stems.ts'

/** Something else that a word is found by. */
export interface WordForm {
  readonly form: string
  /** A form of the whole word (`boom` of `bomen`), or of a part of it (`boom` of `kastanjebomen`). */
  readonly isPart: boolean
}

/** Stems, compound parts and stems of those, of a folded word. They depend on the word alone, so an index keeps them once per word. */
export function formsOf(word: string): readonly WordForm[] {
  const stems = stemsOf(word)
  const parts = compoundParts(word)
  const others = new Set([...parts, ...parts.flatMap((part) => stemsOf(part))])
  for (const stem of stems) others.delete(stem)
  return [...stems.map((form) => ({ form, isPart: false })), ...[...others].map((form) => ({ form, isPart: true }))]
}
