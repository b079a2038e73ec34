import { compoundParts } from './compound-parts.ts'
import { stemsOf } from './stems.ts'

/** Something else that a word is found by. */
export interface WordForm {
  readonly form: string
  /** A form of the whole word (`boom` of `bomen`), or of a part of it (`boom` of `kastanjebomen`). */
  readonly isPart: boolean
}

/** Working the forms of a word out takes longer than finding the word; so many words, some megabytes, are remembered. */
const mostRemembered = 20_000
const remembered = new Map<string, readonly WordForm[]>()

/** Stems, compound parts and stems of those, of a folded word. They depend on the word alone, so an index keeps them once per word. */
export function formsOf(word: string): readonly WordForm[] {
  let forms = remembered.get(word)
  if (forms !== undefined) return forms
  if (remembered.size >= mostRemembered) remembered.clear()
  forms = findForms(word)
  remembered.set(word, forms)
  return forms
}

function findForms(word: string): readonly WordForm[] {
  const stems = stemsOf(word)
  const parts = compoundParts(word)
  const others = new Set([...parts, ...parts.flatMap((part) => stemsOf(part))])
  for (const stem of stems) others.delete(stem)
  return [...stems.map((form) => ({ form, isPart: false })), ...[...others].map((form) => ({ form, isPart: true }))]
}
