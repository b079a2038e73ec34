import { compoundParts } from './compound-parts.ts'
import { stemsOf } from './stems.ts'
import { foldedWords } from './words.ts'

/** What the index stores of a text: its words, and what else they are found by. Tokens with a space between them. */
export interface IndexWords {
  readonly words: string
  /** Stems and parts of compounds, each once: how often they occur says little. */
  readonly others: string
}

/** Words repeat: their stems and parts are worked out once. Emptied before it grows past this. */
const mostRemembered = 50_000

const remembered = new Map<string, readonly string[]>()

export function indexWords(text: string): IndexWords {
  const words = foldedWords(text)
  const others = new Set<string>()
  for (const word of words) for (const other of otherTokens(word)) others.add(other)
  return { words: words.join(' '), others: [...others].join(' ') }
}

/** Stems and compound parts of a folded word that are not found by its beginning already. */
function otherTokens(word: string): readonly string[] {
  const known = remembered.get(word)
  if (known !== undefined) return known
  const parts = compoundParts(word)
  const stems = [word, ...parts].flatMap((each) => stemsOf(each))
  // A stem is looked for as a whole word by who types another form: `brug` must be there for `bruggen`.
  const tokens = [...new Set([...parts, ...stems])]
  if (remembered.size >= mostRemembered) remembered.clear()
  remembered.set(word, tokens)
  return tokens
}
