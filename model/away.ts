import * as Y from 'yjs'
import type { AwayItem, AwayWords } from './away-review.ts'
import { itemAt, MovedPlaces } from './block-moves.ts'
import { idsIn, type BroughtIds } from './id-ranges.ts'
import type { PersonId } from './ids.ts'
import { readElement, type YElement } from './page-body.ts'
import type { PageNode } from './page-content.ts'
import { bodyName } from './page.ts'

/** A page at a return, as updates. */
export interface AwayBytes {
  /** All of it on this laptop when the line came back, own waiting words included. */
  readonly before: readonly Uint8Array[]
  /** All of it when what others did had come. */
  readonly after: readonly Uint8Array[]
  /** What I wrote while nothing could be sent. */
  readonly own: readonly Uint8Array[]
  /** What I wrote since the line came back: nobody else's doing. */
  readonly since: readonly Uint8Array[]
}

/** Who wrote a letter, and who deleted one; null where nobody knows. */
export interface AuthorsOf {
  inserted(client: number, clock: number): PersonId | null
  deleted(client: number, clock: number): PersonId | null
}

export interface FoundReview {
  /** Blocks that I changed. */
  readonly mine: number
  readonly items: readonly AwayItem[]
}

interface Letter {
  readonly text: string
  readonly client: number
  readonly clock: number
  readonly wasThere: boolean
  readonly isThere: boolean
  readonly by: AwayWords['by']
  /** Deleted by me, before or since. */
  readonly isDroppedByMe: boolean
}

interface Block {
  readonly item: Y.Item
  readonly letters: readonly Letter[]
}

/**
 * What others did around my own edits, block by block. Every letter that I typed and that others made disappear is in one
 * item that is `lost`, every letter of theirs that stood in what I deleted in one that is `unseen`, and no letter that can be seen is. Deleted text is read from `before`: afterwards it is collected.
 */
export function findReview(bytes: AwayBytes, authorsOf: AuthorsOf): FoundReview {
  const doc = new Y.Doc({ gc: false })
  try {
    for (const update of bytes.before) Y.applyUpdate(doc, update)
    const reader = new AwayReader(doc, bytes, authorsOf)
    for (const update of bytes.after) Y.applyUpdate(doc, update)
    return reader.read()
  } finally {
    doc.destroy()
  }
}

class AwayReader {
  readonly #doc: Y.Doc
  readonly #fragment: Y.XmlFragment
  #moved: MovedPlaces
  readonly #before: Y.Snapshot
  readonly #own: BroughtIds
  readonly #since: BroughtIds
  readonly #authorsOf: AuthorsOf
  /** What each block with words of mine said when the line came back. */
  readonly #contents = new Map<Y.XmlFragment, PageNode>()

  constructor(doc: Y.Doc, { own, since }: AwayBytes, authorsOf: AuthorsOf) {
    this.#doc = doc
    this.#fragment = doc.getXmlFragment(bodyName)
    this.#moved = new MovedPlaces(doc)
    this.#before = Y.snapshot(doc)
    this.#own = idsIn(own)
    this.#since = idsIn(since)
    this.#authorsOf = authorsOf
    for (const { item, letters } of this.#blocks()) {
      const type = elementIn(item)
      if (type !== null && letters.some(({ by, wasThere }) => by === 'me' && wasThere))
        this.#contents.set(type, readElement(type, 0))
    }
  }

  read(): FoundReview {
    this.#moved = new MovedPlaces(this.#doc)
    const blocks = this.#blocks()
    const said = new Set(blocks.flatMap((block) => (this.#wasThere(block.item) ? [] : [textNow(block)])))
    const items = blocks.flatMap((block) => this.#itemOf(block, said) ?? [])
    return { mine: blocks.filter((block) => this.#isMine(block)).length, items }
  }

  /** @param said what stands in blocks that were made meanwhile: there, words that seem lost can still be seen */
  #itemOf(block: Block, said: ReadonlySet<string>): AwayItem | null {
    const { letters, item } = block
    const lost = new Set(letters.filter((letter) => isLost(letter)))
    if (lost.size > 0 && !said.has(textBefore(block)) && !this.#standsElsewhere(block, lost))
      return this.#lostItem(block, lost)
    const unseen = new Set(letters.filter((letter) => this.#isUnseen(letter)))
    if (unseen.size > 0 && this.#isDroppedByMe(item) && !this.#standsElsewhere(block, unseen))
      return this.#unseenItem(block, unseen)
    const theirs = letters.filter((letter) => isTheirs(letter))
    if (theirs.length === 0) return null
    const kind = this.#isMine(block) && !item.deleted ? 'both' : 'theirs'
    return this.#found(block, kind, { authors: this.#authorsIn(theirs), words: wordsOf(letters, changeOf), node: null })
  }

  #lostItem(block: Block, lost: ReadonlySet<Letter>): AwayItem {
    const gone = block.letters.filter((letter) => isTheirs(letter))
    const deleter = this.#deleterOf(block.item)
    const authors = deleter === null ? this.#authorsIn(gone) : [deleter]
    const words = wordsOf(block.letters, (letter) => {
      if (lost.has(letter)) return 'added'
      return letter.wasThere ? changeOf(letter) : null
    })
    const type = elementIn(block.item)
    return this.#found(block, 'lost', { authors, words, node: (type && this.#contents.get(type)) ?? null })
  }

  /** What the block became where it was moved; null where it was not. */
  #copyOf({ id }: Y.Item): Y.Item | null {
    const place = this.#moved.standsAt(id)
    return place === null ? null : itemAt(this.#doc, place)
  }

  /** Whether whoever wrote them has taken them to where the block is now. */
  #standsElsewhere({ item, letters }: Block, wanted: ReadonlySet<Letter>): boolean {
    const copy = this.#copyOf(item)
    const element = copy === null ? null : elementIn(copy)
    if (element === null) return false
    const text = (this.#lettersIn(element) ?? []).map((letter) => (letter.isThere ? letter.text : '')).join('')
    return runsIn(letters, wanted).every((run) => text.includes(run))
  }

  /** Whoever comes back last brings both together: the deletion was mine, and they cannot know of it yet. */
  #unseenItem(block: Block, unseen: ReadonlySet<Letter>): AwayItem {
    const authors = new Set([...unseen].flatMap(({ client, clock }) => this.#authorsOf.inserted(client, clock) ?? []))
    // Of what I moved the rest is where I moved it.
    const isMoved = this.#copyOf(block.item) !== null
    const words = wordsOf(block.letters, (letter) => {
      if (unseen.has(letter)) return 'added'
      if (letter.by !== 'before' || !letter.isDroppedByMe) return null
      return isMoved ? 'same' : 'removed'
    })
    const text = isMoved ? textOf(unseen).trim() : textOf(words)
    return this.#found(block, 'unseen', {
      authors: [...authors],
      words,
      node: { type: 'paragraph', content: [{ type: 'text', text }] },
    })
  }

  /** Came from others, and is gone with what it stood in: nobody took it away by itself. */
  #isUnseen({ by, isThere, client, clock }: Letter): boolean {
    return by === 'them' && !isThere && this.#authorsOf.deleted(client, clock) === null
  }

  /** The block itself, or what it stood in; words that I deleted one by one leave those of others where they are. */
  #isDroppedByMe(block: Y.Item): boolean {
    for (let item: Y.Item | null = block; item !== null; item = parentItem(item)) {
      const { client, clock } = item.id
      if (item.deleted && (this.#own.deleted.has(client, clock) || this.#since.deleted.has(client, clock))) return true
    }
    return false
  }

  #found(
    { item }: Block,
    kind: AwayItem['kind'],
    { authors, words, node }: { authors: readonly PersonId[]; words: readonly AwayWords[]; node: PageNode | null },
  ): AwayItem {
    const { client, clock } = item.id
    const block = node === null ? null : asTopBlock(node)
    return { id: `${client}-${clock}`, kind, authors, words, place: this.#placeOf(item), block }
  }

  /** The block of the body that it stands or stood in; of what was moved, the one where it is now. */
  #placeOf(item: Y.Item): Uint8Array {
    let top = this.#copyOf(item) ?? item
    for (let parent = parentItem(top); parent !== null; parent = parentItem(top)) top = parent
    const { client, clock } = top.id
    return Y.encodeRelativePosition(Y.createRelativePositionFromJSON({ item: { client, clock }, assoc: 0 }))
  }

  /** Whoever deleted the block, or what it stood in. */
  #deleterOf(block: Y.Item): PersonId | null {
    for (let item: Y.Item | null = block; item !== null; item = parentItem(item)) {
      if (!item.deleted) continue
      const author = this.#authorsOf.deleted(item.id.client, item.id.clock)
      if (author !== null) return author
    }
    return null
  }

  #authorsIn(letters: readonly Letter[]): readonly PersonId[] {
    const authors = new Set<PersonId>()
    for (const { client, clock, wasThere } of letters) {
      const author = wasThere ? this.#authorsOf.deleted(client, clock) : this.#authorsOf.inserted(client, clock)
      if (author !== null) authors.add(author)
    }
    return [...authors]
  }

  #isMine({ letters }: Block): boolean {
    return letters.some(({ by, wasThere, client, clock }) =>
      by === 'me' ? wasThere : this.#own.deleted.has(client, clock),
    )
  }

  #wasThere({ id }: Y.Item): boolean {
    return (this.#before.sv.get(id.client) ?? 0) > id.clock && !Y.isDeleted(this.#before.ds, id)
  }

  /** Every element that holds text, deleted ones too, in the order of the page. */
  #blocks(): readonly Block[] {
    const blocks: Block[] = []
    const visit = (parent: Y.XmlFragment) => {
      for (let item = parent._start; item !== null; item = item.right) {
        const element = elementIn(item)
        if (element === null) continue
        const letters = this.#lettersIn(element)
        if (letters !== null) blocks.push({ item, letters })
        visit(element)
      }
    }
    visit(this.#fragment)
    return blocks
  }

  /** Null where there is no text directly below. */
  #lettersIn(element: Y.XmlFragment): readonly Letter[] | null {
    let letters: Letter[] | null = null
    for (let child = element._start; child !== null; child = child.right) {
      if (!(child.content instanceof Y.ContentType) || !(child.content.type instanceof Y.XmlText)) continue
      letters ??= []
      for (let item = child.content.type._start; item !== null; item = item.right) {
        if (item.content instanceof Y.ContentString) letters.push(...this.#lettersOf(item, item.content.str))
      }
    }
    return letters
  }

  #lettersOf({ id, deleted }: Y.Item, text: string): readonly Letter[] {
    const { client } = id
    const known = this.#before.sv.get(client) ?? 0
    return wholeLetters(text).map(({ letter, index }) =>
      this.#letter(letter, { client, clock: id.clock + index, known, deleted }),
    )
  }

  #letter(
    text: string,
    { client, clock, known, deleted }: { client: number; clock: number; known: number; deleted: boolean },
  ): Letter {
    const isOwn = this.#own.inserted.has(client, clock) || this.#since.inserted.has(client, clock)
    return {
      text,
      client,
      clock,
      wasThere: clock < known && !Y.isDeleted(this.#before.ds, Y.createID(client, clock)),
      isThere: !deleted,
      by: isOwn ? 'me' : clock < known ? 'before' : 'them',
      isDroppedByMe: this.#since.deleted.has(client, clock) || this.#own.deleted.has(client, clock),
    }
  }
}

/** Whole characters: half of a surrogate pair is no text. */
function wholeLetters(text: string): readonly { readonly letter: string; readonly index: number }[] {
  let index = 0
  return [...text].map((letter) => {
    const at = index
    index += letter.length
    return { letter, index: at }
  })
}

/** I typed it, it stood there when the line came back, and others made it disappear. */
function isLost({ by, wasThere, isThere, isDroppedByMe }: Letter): boolean {
  return by === 'me' && wasThere && !isThere && !isDroppedByMe
}

/** Came from others, or was taken away by them. */
function isTheirs({ by, wasThere, isThere, isDroppedByMe }: Letter): boolean {
  if (by === 'them') return isThere
  return by === 'before' && wasThere && !isThere && !isDroppedByMe
}

function changeOf(letter: Letter): AwayWords['change'] | null {
  if (letter.isThere) return letter.by === 'before' ? 'same' : 'added'
  return letter.wasThere && !letter.isDroppedByMe ? 'removed' : null
}

function wordsOf(
  letters: readonly Letter[],
  changeOfLetter: (letter: Letter) => AwayWords['change'] | null,
): readonly AwayWords[] {
  const words: { text: string; by: AwayWords['by']; change: AwayWords['change'] }[] = []
  for (const letter of letters) {
    const change = changeOfLetter(letter)
    if (change === null) continue
    const last = words.at(-1)
    if (last?.by === letter.by && last.change === change) last.text += letter.text
    else words.push({ text: letter.text, by: letter.by, change })
  }
  return words
}

/** The stretches of wanted letters, as they follow one another among those that are not. */
function runsIn(letters: readonly Letter[], wanted: ReadonlySet<Letter>): readonly string[] {
  return letters
    .map((letter) => (wanted.has(letter) ? letter.text : '\0'))
    .join('')
    .split('\0')
    .filter((run) => run !== '')
}

function textOf(parts: Iterable<{ readonly text: string }>): string {
  return [...parts].map(({ text }) => text).join('')
}

function textBefore({ letters }: Block): string {
  return letters.map(({ text, wasThere }) => (wasThere ? text : '')).join('')
}

function textNow({ letters, item }: Block): string {
  return item.deleted ? '' : letters.map(({ text, isThere }) => (isThere ? text : '')).join('')
}

function elementIn({ content }: Y.Item): YElement | null {
  return content instanceof Y.ContentType && content.type instanceof Y.XmlElement ? (content.type as YElement) : null
}

function parentItem(item: Y.Item): Y.Item | null {
  const { parent } = item
  return parent instanceof Y.AbstractType ? parent._item : null
}

/** What may stand in the body by itself keeps its kind; the text of anything else becomes a paragraph. */
function asTopBlock(node: PageNode): PageNode {
  if (['paragraph', 'heading', 'codeBlock'].includes(node.type)) return node
  return { type: 'paragraph', ...(node.content === undefined ? {} : { content: node.content }) }
}
