import { encodeUtf8 } from 'lib0/string'
import * as Y from 'yjs'
import { parseActRef, refOf, type ActRef } from './act-ref.ts'
import { checksum } from './checksum.ts'
import { encodeId, isId, type ActId, type PageId, type PersonId } from './ids.ts'
import { readBody, type YElement } from './page-body.ts'
import { bodyName } from './page.ts'
import { plainText } from './search-text.ts'

/** Deeper than any page that a person writes. */
const maxDepth = 200
const textMaxLength = 300
/** Mentions that were taken away and are remembered of a page, so that putting one back is no news. */
const mostGone = 20

/** A place in a page where somebody is named. */
export interface PageMention {
  /** The Yjs item, as `client:clock`: it stays while text around it changes, and is another one when it is moved. */
  readonly item: string
  /** What its block says. */
  readonly text: string
}

/** What a laptop knows of one mention of its person. */
export interface MentionNotice {
  /** Names it among what the person has read, though no act has this reference. The same on all devices that saw it arrive. */
  readonly ref: ActRef
  /** Null where the mention was taken away. */
  readonly item: string | null
  readonly text: string
  /** Null where nobody knows. */
  readonly author: PersonId | null
  /** The server's time of the change that brought it. */
  readonly atMs: number
}

/** Where a page names somebody, in the order of the text. */
export function mentionsOf(doc: Y.Doc, person: PersonId): readonly PageMention[] {
  const found: PageMention[] = []
  addMentions(doc.getXmlFragment(bodyName), person, found, 0)
  return found
}

function addMentions(parent: Y.XmlFragment, person: PersonId, found: PageMention[], depth: number): void {
  if (depth > maxDepth) return
  for (const child of parent.toArray()) {
    if (!(child instanceof Y.XmlElement)) continue
    const element: YElement = child
    if (element.nodeName === 'mention' && element.getAttribute('person') === person) {
      const { client, clock } = element._item?.id ?? { client: 0, clock: 0 }
      const text = plainText(readBody(parent)).slice(0, textMaxLength)
      found.push({ item: `${client}:${clock}`, text })
    }
    addMentions(element, person, found, depth + 1)
  }
}

/** What the mentions of a page make of what was known, and which of them are new. */
export interface ComparedMentions {
  readonly notices: readonly MentionNotice[]
  readonly fresh: readonly PageMention[]
}

/**
 * An edit around a mention is no news, nor is moving it, splitting its line, or putting back what was taken away: a mention that
 * appears takes the place of one that disappeared in the same look, or of one that said the same before.
 */
export function compareMentions(known: readonly MentionNotice[], found: readonly PageMention[]): ComparedMentions {
  const byItem = new Map(found.map((mention) => [mention.item, mention]))
  const kept = known.filter(({ item }) => item !== null && byItem.has(item))
  const free = new Set(known.filter((notice) => !kept.includes(notice)))
  const keptItems = new Set(kept.map(({ item }) => item))
  const notices = kept.map((notice) => ({ ...notice, text: byItem.get(notice.item ?? '')?.text ?? notice.text }))
  let fresh = found.filter(({ item }) => !keptItems.has(item))
  const takes: ((notice: MentionNotice, mention: PageMention) => boolean)[] = [
    (notice, mention) => notice.text === mention.text,
    (notice) => notice.item !== null,
  ]
  for (const mayTake of takes) {
    fresh = fresh.filter((mention) => {
      const taken = [...free].find((notice) => mayTake(notice, mention))
      if (taken === undefined) return true
      free.delete(taken)
      notices.push({ ...taken, ...mention })
      return false
    })
  }
  const gone = [...free].map((notice) => ({ ...notice, item: null })).slice(-mostGone)
  return { notices: [...gone, ...notices], fresh }
}

export function noticeOf(
  page: PageId,
  mention: PageMention,
  { author, atMs }: Pick<MentionNotice, 'author' | 'atMs'>,
): MentionNotice {
  const bytes = new Uint8Array(16)
  const view = new DataView(bytes.buffer)
  for (const lane of [0, 1, 2, 3]) {
    view.setUint32(lane * 4, checksum(encodeUtf8(`mention ${page} ${mention.item}`), lane + 1) % 4294967296)
  }
  return { ref: refOf(page, encodeId(bytes) as ActId), ...mention, author, atMs }
}

/** Parses a stored notice; nothing where it is none. */
export function parseNotice(value: unknown): readonly MentionNotice[] {
  if (typeof value !== 'object' || value === null) return []
  const { ref, item, text, author, atMs } = value as Readonly<Record<string, unknown>>
  const parsed = parseActRef(ref)
  if (parsed === undefined || (item !== null && typeof item !== 'string')) return []
  if (typeof text !== 'string' || typeof atMs !== 'number') return []
  return [{ ref: parsed, item, text, author: isId(author) ? (author as PersonId) : null, atMs }]
}
