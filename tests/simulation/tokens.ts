import * as Y from 'yjs'
import type { DocumentId } from '../../model/ids.ts'

/** What happened to one typed word. `maybe`: a laptop was killed before its disk had it, or the server refused it. */
export interface Token {
  readonly text: string
  readonly peer: number
  readonly documentId: DocumentId
  inserted: 'sure' | 'maybe'
  erased: 'no' | 'sure' | 'maybe'
}

const pattern = /«\d+»/g

/** Every word typed in a run has its own number, so that what is missing or doubled shows itself. */
export class Tokens {
  readonly byText = new Map<string, Token>()
  #count = 0

  mint(peer: number, documentId: DocumentId): Token {
    const text = `«${(this.#count += 1)}»`
    const token: Token = { text, peer, documentId, inserted: 'sure', erased: 'no' }
    this.byText.set(text, token)
    return token
  }

  static in(text: string): readonly string[] {
    return text.match(pattern) ?? []
  }

  /** The words that an update brings. */
  static inUpdate(update: Uint8Array): readonly string[] {
    const found: string[] = []
    if (update.length === 0) return found
    for (const struct of Y.decodeUpdate(update).structs) {
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentString)
        found.push(...Tokens.in(struct.content.str))
    }
    return found
  }
}

/** The paragraphs of a page. */
export function textsOf(doc: Y.Doc): readonly Y.XmlText[] {
  const texts: Y.XmlText[] = []
  for (const child of doc.getXmlFragment('body').toArray()) {
    if (!(child instanceof Y.XmlElement)) continue
    for (const inner of child.toArray()) if (inner instanceof Y.XmlText) texts.push(inner)
  }
  return texts
}

export function wordsOf(doc: Y.Doc): string {
  return textsOf(doc)
    .map((text) => text.toString())
    .join('\n')
}
