import * as Y from 'yjs'
import {
  copyIn,
  copyOf,
  copyOfText,
  itemAt,
  MovedPlaces,
  movesOf,
  readMove,
  runsOf,
  typeIn,
  type MoveNote,
  type Run,
  type YId,
} from './block-moves.ts'
import { bodyName } from './page.ts'

/** Letters, and the copy of the letter that they come after: null at the start. */
interface Carried {
  readonly behind: YId | null
  readonly words: string
  readonly attributes: Readonly<Record<string, unknown>>
}

interface TextDifference {
  readonly carried: Carried[]
  readonly erased: YId[]
  /** The copy of the letter that was met last. */
  behind: YId | null
}

/**
 * Another moved a block while this document wrote in it, unseen by the mover: those letters went down with the original.
 * Whoever wrote them, and nobody else, writes them again where the block is now, so nothing is lost and nothing doubles: a client
 * id has one document. Call it from an observer, while Yjs still knows what was deleted. Returns what was changed.
 */
export function carryOwnWriting(doc: Y.Doc, transaction: Y.Transaction, origin: unknown): readonly Y.Item[] {
  const notes = notesThatCame(doc, transaction)
  if (notes.length === 0) return []
  const changed: Y.Item[] = []
  const done = new Set<number>()
  doc.transact(() => {
    for (const note of notes) {
      const root = itemAt(doc, note.of)
      if (root === null || !Y.isDeleted(transaction.deleteSet, root.id)) continue
      changed.push(...new Carrier(doc, transaction, { note, done }).carry(root))
    }
  }, origin)
  return changed
}

function notesThatCame(doc: Y.Doc, { changed, beforeState }: Y.Transaction): readonly MoveNote[] {
  const moves = movesOf(doc)
  const notes: MoveNote[] = []
  if (![...changed.keys()].some((type: unknown) => type === moves)) return notes
  for (let item = moves._start; item !== null; item = item.right) {
    const { client, clock } = item.id
    if (item.deleted || client === doc.clientID || clock < (beforeState.get(client) ?? 0)) continue
    notes.push(...item.content.getContent().flatMap((value: unknown) => readMove(value) ?? []))
  }
  return notes
}

class Carrier {
  readonly #doc: Y.Doc
  readonly #transaction: Y.Transaction
  readonly #note: MoveNote
  readonly #places: MovedPlaces
  readonly #changed: Y.Item[] = []
  /** The clocks that are carried: where two moved what holds them, it is done once. */
  readonly #done: Set<number>
  /** Words whose block is gone from where it was moved to. */
  #stray = ''

  constructor(doc: Y.Doc, transaction: Y.Transaction, { note, done }: { note: MoveNote; done: Set<number> }) {
    this.#done = done
    this.#doc = doc
    this.#transaction = transaction
    this.#note = note
    this.#places = new MovedPlaces(doc)
  }

  carry(root: Y.Item): readonly Y.Item[] {
    this.#visit(root)
    if (this.#stray !== '') this.#putAside(root)
    return this.#changed
  }

  #visit(item: Y.Item): void {
    const type = typeIn(item)
    const place = this.#placeOf(item)
    if (type instanceof Y.XmlText) this.#text(type, place instanceof Y.XmlText ? place : null)
    else if (type !== null) this.#element(type, place instanceof Y.XmlElement ? place : null)
  }

  #placeOf({ id }: Y.Item): Y.XmlElement | Y.XmlText | null {
    const there = this.#places.standsAt(id)
    const item = there === null ? null : itemAt(this.#doc, there)
    return item === null ? null : typeIn(item)
  }

  #element(element: Y.XmlElement, place: Y.XmlElement | null): void {
    for (const [name, item] of element._map) {
      const value: unknown = item.content.getContent().at(-1)
      if (place !== null && this.#isUnseen(item)) place.setAttribute(name, value as string)
    }
    let behind: YId | null = null
    for (let item = element._start; item !== null; item = item.right) {
      if (copyIn(this.#note, item.id) !== null) {
        if (this.#wasThere(item)) this.#visit(item)
        else this.#empty(this.#placeOf(item))
        behind = this.#placeOf(item)?._item?.id ?? behind
      } else if (this.#isUnseen(item)) behind = this.#addElement(item, place, behind)
      else if (this.#isOfOthers(item)) this.#stray += this.#ownWordsIn(item)
    }
  }

  /** An element that this document put into the block. */
  #addElement(item: Y.Item, place: Y.XmlElement | null, behind: YId | null): YId | null {
    const type = typeIn(item)
    if (type === null) return behind
    this.#done.add(item.id.clock)
    if (place === null) {
      this.#stray += wordsIn(type, this.#wasThere)
      return behind
    }
    const copy = type instanceof Y.XmlText ? copyOfText(type, this.#wasThere) : copyOf(type, this.#wasThere)
    place.insert(indexBehind(place, behind) ?? place.length, [copy])
    this.#touched(place)
    return copy._item?.id ?? behind
  }

  #text(text: Y.XmlText, place: Y.XmlText | null): void {
    const { carried, erased } = this.#differenceIn(text)
    if (place === null) {
      this.#stray += carried.map(({ words }) => words).join('')
      return
    }
    let [last, written]: [YId | null | undefined, number] = [undefined, 0]
    for (const { behind, words, attributes } of carried) {
      if (last !== behind) [last, written] = [behind, 0]
      place.insert((indexBehind(place, behind) ?? place.length) + written, words, attributes)
      written += words.length
    }
    for (const id of erased) {
      const index = indexBehind(place, id)
      if (index !== null && itemAt(this.#doc, id)?.deleted === false) place.delete(index - 1, 1)
    }
    if (carried.length + erased.length > 0) this.#touched(place)
  }

  /** What this document wrote in a text without the mover's seeing it, and the copies of what it no longer held. */
  #differenceIn(text: Y.XmlText): TextDifference {
    const runs = new Map(runsOf(text, this.#wasThere).map((run) => [run.item, run]))
    const difference: TextDifference = { carried: [], erased: [], behind: null }
    for (let item = text._start; item !== null; item = item.right) {
      for (let offset = 0; offset < item.length; offset++) {
        const id = { client: item.id.client, clock: item.id.clock + offset }
        if (copyIn(this.#note, id) !== null) this.#known(this.#places.standsAt(id), this.#wasThere(item), difference)
        else this.#unknown(id, { run: runs.get(item), offset }, difference)
      }
    }
    return difference
  }

  #known(there: YId | null, wasThere: boolean, difference: TextDifference): void {
    if (there === null) return
    if (wasThere) difference.behind = there
    else difference.erased.push(there)
  }

  #unknown(
    id: YId,
    { run, offset }: { readonly run: Run | undefined; readonly offset: number },
    { carried, behind }: TextDifference,
  ): void {
    if (run === undefined || !this.#isUnseenId(id)) return
    this.#done.add(id.clock)
    addLetter(carried, { behind, words: run.words[offset] ?? '', attributes: run.attributes })
  }

  /** What this document had removed: only copies of letters that it knew go, for others may have more there. */
  #empty(type: Y.XmlElement | Y.XmlText | null): void {
    if (type instanceof Y.XmlText) {
      for (const { item } of runsOf(type, (each) => !each.deleted)) this.#erase(type, item)
    } else if (type !== null) {
      for (let item = type._start; item !== null; item = item.right) if (!item.deleted) this.#empty(typeIn(item))
    }
  }

  #erase(text: Y.XmlText, { id: { client, clock }, length }: Y.Item): void {
    for (let at = clock + length - 1; at >= clock; at--) {
      const index = indexBehind(text, { client, clock: at })
      if (index !== null && this.#isCopyOfKnown({ client, clock: at })) text.delete(index - 1, 1)
    }
    this.#touched(text)
  }

  #isCopyOfKnown(id: YId): boolean {
    const isKnown = ({ client, clock }: YId) => clock < (this.#transaction.beforeState.get(client) ?? 0)
    return this.#places.sourcesOf(id).some(isKnown)
  }

  /** The block was moved, and then deleted or taken back: the words stand by themselves, where it stood. */
  #putAside(root: Y.Item): void {
    let top = root
    while (top.parent instanceof Y.AbstractType && top.parent._item !== null) top = top.parent._item
    const body = this.#doc.getXmlFragment(bodyName)
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(this.#stray)])
    body.insert(indexBehind(body, top.id) ?? body.length, [paragraph])
  }

  readonly #wasThere = (item: Y.Item): boolean => !item.deleted || Y.isDeleted(this.#transaction.deleteSet, item.id)

  #isUnseen(item: Y.Item): boolean {
    return this.#wasThere(item) && this.#isUnseenId(item.id)
  }

  /** Put into the block by somebody else, unseen by the mover: they carry it, and may not know what this document wrote in it. */
  #isOfOthers(item: Y.Item): boolean {
    const { client, clock } = item.id
    return this.#wasThere(item) && client !== this.#doc.clientID && clock >= (this.#note.seen.get(client) ?? 0)
  }

  #ownWordsIn(item: Y.Item): string {
    const type = typeIn(item)
    return type === null ? '' : wordsIn(type, (each) => this.#wasThere(each) && this.#isOwnOrShell(each))
  }

  #isOwnOrShell({ id, content }: Y.Item): boolean {
    return content instanceof Y.ContentType || id.client === this.#doc.clientID
  }

  #isUnseenId({ client, clock }: YId): boolean {
    return client === this.#doc.clientID && clock >= (this.#note.seen.get(client) ?? 0) && !this.#done.has(clock)
  }

  #touched(type: Y.XmlElement | Y.XmlText): void {
    if (type._item !== null) this.#changed.push(type._item)
  }
}

function addLetter(carried: Carried[], next: Carried): void {
  const last = carried.at(-1)
  if (last?.behind === next.behind && last.attributes === next.attributes)
    carried[carried.length - 1] = { ...last, words: last.words + next.words }
  else carried.push(next)
}

/** The place in a type right behind something that stands or stood in it, at its start for null; null where it never stood there. */
function indexBehind(type: Y.XmlFragment | Y.XmlText, id: YId | null): number | null {
  let index = 0
  if (id === null) return index
  for (let item = type._start; item !== null; item = item.right) {
    const isIt = item.id.client === id.client && id.clock >= item.id.clock && id.clock < item.id.clock + item.length
    if (!item.deleted && item.countable) index += isIt ? id.clock - item.id.clock + 1 : item.length
    if (isIt) return index
  }
  return null
}

function wordsIn(type: Y.XmlElement | Y.XmlText, isAlive: (item: Y.Item) => boolean): string {
  if (type instanceof Y.XmlText) {
    return runsOf(type, isAlive)
      .map(({ words }) => words)
      .join('')
  }
  let words = ''
  for (let item = type._start; item !== null; item = item.right) {
    const child = typeIn(item)
    if (child !== null && isAlive(item)) words += wordsIn(child, isAlive)
  }
  return words
}
