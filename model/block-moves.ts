import * as Y from 'yjs'
import type { YElement } from './page-body.ts'

/** The list in a page's document that tells what was moved: a move is a copy and a deletion, and this says which letter went where. */
const movesName = 'moves'
/** More notes than anybody's time without a line brings; older ones go. */
const mostNotes = 100

/** The id of one letter or element, as Yjs gives it. */
export interface YId {
  readonly client: number
  readonly clock: number
}

/** Whether something counts as standing there: now, or before a transaction. */
export type IsAlive = (item: Y.Item) => boolean

/** `length` ids from `from` are copied to as many ids from `to`. */
interface Stretch {
  readonly from: YId
  readonly to: YId
  readonly length: number
}

/** What one move tells: which block went, what its mover knew of it, and where each of its letters is now. */
export interface MoveNote {
  readonly of: YId
  /** How far the mover knew the writing of everybody who had written in the block. */
  readonly seen: ReadonlyMap<number, number>
  readonly stretches: readonly Stretch[]
}

/** The notes of a page. Asked for early, so that Yjs makes a list of it before anything arrives. */
export function movesOf(doc: Y.Doc): Y.Array<unknown> {
  return doc.getArray<unknown>(movesName)
}

/**
 * Puts a child before another one. Only the child itself is written anew; what it passes stays what it is, with all that
 * others write in it. Call it inside `transact`.
 */
export function moveChild(parent: Y.XmlFragment, index: number, before: number): void {
  const original = typesIn(parent, isThere)[index]
  if (original === undefined || original instanceof Y.XmlText || parent.doc === null) return
  const copy = copyOf(original, isThere)
  parent.insert(before, [copy])
  const moves = movesOf(parent.doc)
  moves.push([noteOf(original, copy, parent.doc)])
  if (moves.length > mostNotes) moves.delete(0, moves.length - mostNotes)
  parent.delete(before <= index ? index + 1 : index, 1)
}

const isThere: IsAlive = (item) => !item.deleted

/** An element with what in it counts as alive, to be put in another place. */
export function copyOf(element: Y.XmlElement, isAlive: IsAlive): Y.XmlElement {
  const copy: YElement = new Y.XmlElement(element.nodeName)
  for (const [name, item] of element._map) {
    const value: unknown = item.content.getContent().at(-1)
    if (isAlive(item)) copy.setAttribute(name, value as string)
  }
  const children = typesIn(element, isAlive).map((type) =>
    type instanceof Y.XmlText ? copyOfText(type, isAlive) : copyOf(type, isAlive),
  )
  copy.insert(0, children)
  return copy as Y.XmlElement
}

/** A text with the letters in it that count as alive, and their marks. */
export function copyOfText(text: Y.XmlText, isAlive: IsAlive): Y.XmlText {
  const copy = new Y.XmlText()
  copy.applyDelta(runsOf(text, isAlive).map(({ words, attributes }) => ({ insert: words, attributes })))
  return copy
}

function typesIn(element: Y.XmlFragment, isAlive: IsAlive): (Y.XmlElement | Y.XmlText)[] {
  const types: (Y.XmlElement | Y.XmlText)[] = []
  for (let item = element._start; item !== null; item = item.right) {
    const type = isAlive(item) ? typeIn(item) : null
    if (type !== null) types.push(type)
  }
  return types
}

/** The element or text that an item holds. */
export function typeIn({ content }: Y.Item): Y.XmlElement | Y.XmlText | null {
  if (!(content instanceof Y.ContentType)) return null
  const type: unknown = content.type
  return type instanceof Y.XmlElement || type instanceof Y.XmlText ? type : null
}

/** Letters of one item, with the marks that they stand under. */
export interface Run {
  readonly item: Y.Item
  readonly words: string
  readonly attributes: Readonly<Record<string, unknown>>
}

/** The letters of a text that count as alive. */
export function runsOf(text: Y.XmlText, isAlive: IsAlive): readonly Run[] {
  const runs: Run[] = []
  const marks = new Map<string, unknown>()
  for (let item = text._start; item !== null; item = item.right) {
    if (!isAlive(item)) continue
    const { content } = item
    if (content instanceof Y.ContentString) {
      runs.push({ item, words: content.str, attributes: Object.fromEntries(marks) })
    } else if (content instanceof Y.ContentFormat) {
      if (content.value === null) marks.delete(content.key)
      else marks.set(content.key, content.value)
    }
  }
  return runs
}

/** As plain numbers: small, and read by nobody but this file. */
function noteOf(original: Y.XmlElement, copy: Y.XmlElement, doc: Y.Doc): Record<string, number[]> {
  const stretches: Stretch[] = []
  pair(original, copy, stretches)
  const clients = new Set<number>()
  addClients(original, clients)
  const [root] = stretches
  if (root === undefined) throw new Error('A block that moves stands in a document')
  return {
    of: [root.from.client, root.from.clock],
    seen: [...clients].flatMap((client) => [client, Y.getState(doc.store, client)]),
    copies: stretches.flatMap(({ from, to, length }) => [from.client, from.clock, to.client, to.clock, length]),
  }
}

function pair(original: Y.XmlElement | Y.XmlText, copy: Y.XmlElement | Y.XmlText, stretches: Stretch[]): void {
  if (original._item === null || copy._item === null) return
  addStretch(stretches, { from: original._item.id, to: copy._item.id, length: 1 })
  if (original instanceof Y.XmlText || copy instanceof Y.XmlText) {
    if (original instanceof Y.XmlText && copy instanceof Y.XmlText) pairLetters(original, copy, stretches)
    return
  }
  const copies = typesIn(copy, isThere)
  for (const [index, child] of typesIn(original, isThere).entries()) {
    const twin = copies[index]
    if (twin !== undefined) pair(child, twin, stretches)
  }
}

function pairLetters(original: Y.XmlText, copy: Y.XmlText, stretches: Stretch[]): void {
  const twins = idsOf(copy)
  for (const [index, from] of idsOf(original).entries()) {
    const to = twins[index]
    if (to !== undefined) addStretch(stretches, { from, to, length: 1 })
  }
}

function idsOf(text: Y.XmlText): readonly YId[] {
  return runsOf(text, isThere).flatMap(({ item: { id, length } }) =>
    Array.from({ length }, (_, index) => ({ client: id.client, clock: id.clock + index })),
  )
}

function addStretch(stretches: Stretch[], next: Stretch): void {
  const last = stretches.at(-1)
  const goesOn =
    last !== undefined &&
    isSameId(next.from, after(last.from, last.length)) &&
    isSameId(next.to, after(last.to, last.length))
  if (goesOn) stretches[stretches.length - 1] = { ...last, length: last.length + next.length }
  else stretches.push(next)
}

function after({ client, clock }: YId, count: number): YId {
  return { client, clock: clock + count }
}

/** Whether two ids are one. */
export function isSameId(a: YId, b: YId): boolean {
  return a.client === b.client && a.clock === b.clock
}

/** Of everybody who wrote in it, what is deleted included. */
function addClients(type: Y.XmlElement | Y.XmlText, clients: Set<number>): void {
  for (const { id } of type._map.values()) clients.add(id.client)
  for (let item = type._start; item !== null; item = item.right) {
    clients.add(item.id.client)
    const child = typeIn(item)
    if (child !== null) addClients(child, clients)
  }
}

/** A note as it is stored; null where it is none. Others wrote it: nothing of it is taken for granted. */
export function readMove(value: unknown): MoveNote | null {
  if (typeof value !== 'object' || value === null) return null
  const of = numbersAt(value, 'of')
  const seen = numbersAt(value, 'seen')
  const copies = numbersAt(value, 'copies')
  const [client, clock] = of
  if (client === undefined || clock === undefined || copies.length === 0) return null
  return {
    of: { client, clock },
    seen: new Map(inGroups(seen, 2).map(([who = 0, until = 0]) => [who, until])),
    stretches: inGroups(copies, 5).map(([fromClient = 0, from = 0, toClient = 0, to = 0, length = 0]) => ({
      from: { client: fromClient, clock: from },
      to: { client: toClient, clock: to },
      length,
    })),
  }
}

function numbersAt(value: object, key: string): readonly number[] {
  const numbers: unknown = Reflect.get(value, key)
  if (!Array.isArray(numbers)) return []
  return numbers.every((each: unknown): each is number => Number.isSafeInteger(each) && Number(each) >= 0)
    ? numbers
    : []
}

function inGroups(numbers: readonly number[], size: number): readonly (readonly number[])[] {
  return Array.from({ length: Math.floor(numbers.length / size) }, (_, index) =>
    numbers.slice(index * size, (index + 1) * size),
  )
}

/** Where what was moved stands now, by all notes of a page. */
export class MovedPlaces {
  readonly #doc: Y.Doc
  readonly #notes: readonly MoveNote[]

  constructor(doc: Y.Doc) {
    this.#doc = doc
    this.#notes = movesOf(doc)
      .toArray()
      .flatMap((value) => readMove(value) ?? [])
  }

  /** What stands in its place, after any number of moves; null where it never moved, or what it became is gone. */
  standsAt(id: YId): YId | null {
    const waiting = [...copiesOf(id, this.#notes)]
    // Each move makes new ids, so there are no circles; a forged one ends here.
    for (let step = 0; step < mostNotes * 4; step++) {
      const next = waiting.shift()
      if (next === undefined) return null
      const item = itemAt(this.#doc, next)
      if (item !== null && !item.deleted) return next
      waiting.push(...copiesOf(next, this.#notes))
    }
    return null
  }

  /** What it is a copy of, and what that is a copy of, and so on. */
  sourcesOf(id: YId): readonly YId[] {
    const sources: YId[] = []
    for (let of: YId | null = this.#sourceOf(id); of !== null && sources.length < mostNotes; of = this.#sourceOf(of))
      sources.push(of)
    return sources
  }

  #sourceOf(id: YId): YId | null {
    for (const { stretches } of this.#notes) {
      const stretch = stretches.find(({ to, length }) => isWithin(id, to, length))
      if (stretch !== undefined) return after(stretch.from, id.clock - stretch.to.clock)
    }
    return null
  }
}

function copiesOf(id: YId, notes: readonly MoveNote[]): readonly YId[] {
  return notes.flatMap((note) => copyIn(note, id) ?? [])
}

/** Where a note says that a letter or an element went; null where its mover did not see it stand in the block. */
export function copyIn({ stretches }: MoveNote, id: YId): YId | null {
  const stretch = stretches.find(({ from, length }) => isWithin(id, from, length))
  return stretch === undefined ? null : after(stretch.to, id.clock - stretch.from.clock)
}

function isWithin({ client, clock }: YId, from: YId, length: number): boolean {
  return client === from.client && clock >= from.clock && clock < from.clock + length
}

/** Null where it is not here, or was let go after it was deleted. */
export function itemAt(doc: Y.Doc, { client, clock }: YId): Y.Item | null {
  if (Y.getState(doc.store, client) <= clock) return null
  const item: unknown = Y.getItem(doc.store, Y.createID(client, clock))
  return item instanceof Y.Item ? item : null
}

/** A position beside something that was moved, beside what stands in its place; any other as it is. */
export function followMoves(doc: Y.Doc, position: Y.RelativePosition): Y.RelativePosition {
  const id = position.item ?? position.type
  if (id === null || movesOf(doc).length === 0 || Y.getState(doc.store, id.client) <= id.clock) return position
  const item = itemAt(doc, id)
  if (item !== null && (!item.deleted || item.redone !== null)) return position
  const places = new MovedPlaces(doc)
  const there = places.standsAt(id)
  if (there !== null) return position.item === null ? within(there, position) : beside(there, position)
  return item === null ? position : besideNext(item, id.clock, { places, position })
}

/** Beside something that was written after the move: it stood before what comes next, or at the end. */
function besideNext(
  item: Y.Item,
  clock: number,
  { places, position }: { readonly places: MovedPlaces; readonly position: Y.RelativePosition },
): Y.RelativePosition {
  const next = nextMoved(item, clock, places)
  if (next !== null) return beside(next, position)
  const parent = item.parent instanceof Y.AbstractType ? item.parent._item : null
  const type = parent === null ? null : places.standsAt(parent.id)
  return type === null ? position : within(type, position)
}

function nextMoved(item: Y.Item, from: number, places: MovedPlaces): YId | null {
  for (let next: Y.Item | null = item; next !== null; next = next.right) {
    const { client, clock } = next.id
    for (let at = next === item ? from : clock; at < clock + next.length; at++) {
      const there = places.standsAt({ client, clock: at })
      if (there !== null) return there
    }
  }
  return null
}

function beside({ client, clock }: YId, { assoc }: Y.RelativePosition): Y.RelativePosition {
  return new Y.RelativePosition(null, null, Y.createID(client, clock), assoc)
}

function within({ client, clock }: YId, { assoc }: Y.RelativePosition): Y.RelativePosition {
  return new Y.RelativePosition(Y.createID(client, clock), null, null, assoc)
}
