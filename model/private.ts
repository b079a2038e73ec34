import { encodeUtf8 } from 'lib0/string'
import type * as Y from 'yjs'
import { parseActRef, type ActRef } from './act-ref.ts'
import { checksum } from './checksum.ts'
import { encodeId, isId, type DocumentId, type PageId, type SpaceId } from './ids.ts'
import { origins } from './origins.ts'

/** What one person keeps for themselves of one page. */
export interface PageMark {
  readonly isFavourite: boolean
  readonly isFollowed: boolean
  /** Places of reading: the highest was read last. A count over one's devices, never a time; 0 where it was not read. */
  readonly readPlace: number
  /** The server's time of the last change that was seen here (`PageSummary.changedAtMs`); 0 where it was not read. */
  readonly seenMs: number
}

/** All marks of a person. The same object until something changes. */
export interface PrivateMarks {
  /** In the order in which they were made favourites. */
  readonly favourites: readonly PageId[]
  /** Read last first; at most `mostRead`. */
  readonly recent: readonly PageId[]
  /** Pages, and spaces as a whole. */
  readonly followed: ReadonlySet<PageId | SpaceId>
  /** What others said to this person and they have read; of what is older than the last `mostHeard`, nothing is kept. */
  readonly heard: ReadonlySet<ActRef>
  mark(id: PageId): PageMark
}

export interface PrivateDocument {
  snapshot(): PrivateMarks
  subscribe(onChange: () => void): () => void
  setFavourite(ids: readonly PageId[], isFavourite: boolean): void
  setFollowed(id: PageId | SpaceId, isFollowed: boolean): void
  noteRead(id: PageId, seenMs: number): void
  setHeard(refs: readonly ActRef[], isHeard: boolean): void
}

/** Read marks of older pages are taken away: the document stays small, however many years somebody reads. */
export const mostRead = 300
/** Several times what an inbox shows. */
const mostHeard = 1000

/**
 * The id of a person's private document, made from that of their personal space, so that two devices that are offline make
 * one document and not two. Nobody else knows the id of a personal space.
 */
export function privateIdOf(personalSpace: SpaceId): DocumentId {
  const bytes = new Uint8Array(16)
  const view = new DataView(bytes.buffer)
  for (const lane of [0, 1, 2, 3]) {
    view.setUint32(lane * 4, checksum(encodeUtf8(`private ${personalSpace}`), lane + 1) % 4294967296)
  }
  return encodeId(bytes) as DocumentId
}

/**
 * Opens the Yjs layout of a `private` document: maps `favourite` (page id -> place), `follow` (page id -> true) and `read`
 * (page id -> {place, seen}), `heard` (act ref -> place). The server stores its bytes and reads none of them.
 */
export function openPrivate(doc: Y.Doc): PrivateDocument {
  const favourite = doc.getMap<unknown>('favourite')
  const follow = doc.getMap<unknown>('follow')
  const read = doc.getMap<unknown>('read')
  const heard = doc.getMap<unknown>('heard')
  const maps = [favourite, follow, read, heard]
  let cached: PrivateMarks | null = null
  const forget = () => {
    cached = null
  }
  for (const map of maps) map.observe(forget)
  const write = (change: () => void) => {
    doc.transact(change, origins.user)
  }
  return {
    snapshot: () => (cached ??= readMarks({ favourite, follow, read, heard })),
    subscribe(onChange) {
      for (const map of maps) map.observe(onChange)
      return () => {
        for (const map of maps) map.unobserve(onChange)
      }
    },
    setFavourite(ids, isFavourite) {
      write(() => {
        for (const id of ids) setPlaced(favourite, id, isFavourite)
      })
    },
    setFollowed(id, isFollowed) {
      write(() => {
        if (isFollowed) follow.set(id, true)
        else follow.delete(id)
      })
    },
    noteRead(id, seenMs) {
      const known = readMark(read.get(id))
      const isLast = known.place > 0 && known.place === highest(read, (value) => readMark(value).place)
      if (isLast && known.seen >= seenMs) return
      write(() => {
        const place = isLast ? known.place : 1 + highest(read, (value) => readMark(value).place)
        read.set(id, { place, seen: Math.max(known.seen, seenMs) })
        for (const old of placed(read, (value) => readMark(value).place).slice(0, -mostRead)) read.delete(old)
      })
    },
    setHeard(refs, isHeard) {
      write(() => {
        for (const ref of refs) setPlaced(heard, ref, isHeard)
        for (const [old] of sortedByPlace(heard, count).slice(0, -mostHeard)) heard.delete(old)
      })
    },
  }
}

export const noMarks: PrivateMarks = joinMarks([])

/**
 * Several private documents of one person read as one: somebody who joined an organisation brought another along. Favourites
 * stand one document after the other; of a page that was read in both, the later sight counts.
 */
export function joinMarks(all: readonly PrivateMarks[]): PrivateMarks {
  const [first, ...others] = all
  if (first !== undefined && others.length === 0) return first
  const favourites = [...new Set(all.flatMap((marks) => marks.favourites))]
  const mark = (id: PageId): PageMark => ({
    isFavourite: all.some((marks) => marks.mark(id).isFavourite),
    isFollowed: all.some((marks) => marks.mark(id).isFollowed),
    readPlace: Math.max(0, ...all.map((marks) => marks.mark(id).readPlace)),
    seenMs: Math.max(0, ...all.map((marks) => marks.mark(id).seenMs)),
  })
  const recent = [...new Set(all.flatMap((marks) => marks.recent))]
    .map((id) => ({ id, place: mark(id).readPlace }))
    .sort((a, b) => b.place - a.place)
  return {
    favourites,
    recent: recent.map(({ id }) => id),
    followed: new Set(all.flatMap((marks) => [...marks.followed])),
    heard: new Set(all.flatMap((marks) => [...marks.heard])),
    mark,
  }
}

function setPlaced(map: Y.Map<unknown>, id: string, isIn: boolean): void {
  if (!isIn) map.delete(id)
  else if (!map.has(id)) map.set(id, 1 + highest(map, count))
}

interface PrivateMaps {
  readonly favourite: Y.Map<unknown>
  readonly follow: Y.Map<unknown>
  readonly read: Y.Map<unknown>
  readonly heard: Y.Map<unknown>
}

function readMarks({ favourite, follow, read, heard }: PrivateMaps): PrivateMarks {
  const favourites = placed(favourite, count)
  const followed = new Set(placed(follow, () => 1))
  const inFavourites = new Set(favourites)
  const marks = new Map([...read].map(([id, value]) => [id, readMark(value)]))
  return {
    favourites,
    followed,
    heard: new Set([...heard.keys()].map(parseActRef).filter((ref) => ref !== undefined)),
    recent: placed(read, (value) => readMark(value).place)
      .toReversed()
      .slice(0, mostRead),
    mark(id) {
      const { place, seen } = marks.get(id) ?? { place: 0, seen: 0 }
      return { isFavourite: inFavourites.has(id), isFollowed: followed.has(id), readPlace: place, seenMs: seen }
    },
  }
}

function readMark(value: unknown): { readonly place: number; readonly seen: number } {
  if (typeof value !== 'object' || value === null) return { place: 0, seen: 0 }
  return { place: count(Reflect.get(value, 'place')), seen: count(Reflect.get(value, 'seen')) }
}

/** A whole number from 0 up, whatever is stored. */
function count(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0
}

function highest(map: Y.Map<unknown>, placeOf: (value: unknown) => number): number {
  let most = 0
  for (const value of map.values()) most = Math.max(most, placeOf(value))
  return most
}

/** The ids of a map that have a place, lowest first; equal places (given on two devices at once) by id. */
function placed(map: Y.Map<unknown>, placeOf: (value: unknown) => number): readonly PageId[] {
  return sortedByPlace(map, placeOf).flatMap(([id, place]) => (isId(id) && place > 0 ? [id as PageId] : []))
}

function sortedByPlace(
  map: Y.Map<unknown>,
  placeOf: (value: unknown) => number,
): readonly (readonly [key: string, place: number])[] {
  const entries = [...map].map(([key, value]) => [key, placeOf(value)] as const)
  return entries.sort(([a, one], [b, other]) => one - other || (a < b ? -1 : 1))
}
