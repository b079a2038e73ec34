import { parseActRef, type ActRef } from './act-ref.ts'
import { parseCommentText, type CommentText } from './comment-text.ts'
import { isId, type ActId, type PageId } from './ids.ts'
import { unreachable } from './result.ts'

/** A small fixed set: a reaction is a nod, not a gallery. Named here, drawn by the interface. */
export const reactionNames = ['yes', 'heart', 'party', 'laugh', 'thinking', 'seen'] as const
export type ReactionName = (typeof reactionNames)[number]

/** What a comment is about in the text of a page: two Yjs relative positions (base64), and the words as they stood then. */
export interface Anchor {
  readonly from: string
  readonly to: string
  readonly quote: string
}

export const quoteMaxLength = 500
const positionMaxLength = 300

interface ActBase {
  readonly id: ActId
  /** The person's own Lamport counter: above everything they had seen on that page. The highest wins, then the act's id. */
  readonly counter: number
  /** By the writer's clock. For display only: no order comes from it. */
  readonly atMs: number
  /** Every act is about one page of the space that its document belongs to. */
  readonly page: PageId
}

/** Opens a thread: on a selection, or on the page as a whole where `anchor` is null. */
export interface CommentAct extends ActBase {
  readonly kind: 'comment'
  readonly anchor: Anchor | null
  readonly text: CommentText
}

export interface ReplyAct extends ActBase {
  readonly kind: 'reply'
  readonly thread: ActRef
  readonly text: CommentText
}

/** Sets or takes back one's own reaction to a comment or reply. */
export interface ReactionAct extends ActBase {
  readonly kind: 'reaction'
  readonly target: ActRef
  readonly reaction: ReactionName
  readonly on: boolean
}

export interface ResolveAct extends ActBase {
  readonly kind: 'resolve' | 'reopen'
  readonly thread: ActRef
}

/** New words for one's own comment or reply. */
export interface EditAct extends ActBase {
  readonly kind: 'edit'
  readonly target: ActRef
  readonly text: CommentText
}

/**
 * Takes back one's own comment or reply; its words are deleted from the document besides. `thread` is null where it opened
 * one; its anchor is kept, so that the answers of others stay where they belong.
 */
export interface DeleteAct extends ActBase {
  readonly kind: 'delete'
  readonly target: ActRef
  readonly thread: ActRef | null
  readonly anchor: Anchor | null
}

/** Closed. A later kind (vote, RSVP, kudos) is a member here and a parser below; older apps keep and ignore it. */
export type Act = CommentAct | ReplyAct | ReactionAct | ResolveAct | EditAct | DeleteAct
export type ActKind = Act['kind']
/** What a writer says; id, counter and time are given when it is written. */
export type NewAct = Act extends infer Each ? (Each extends Act ? Omit<Each, 'id' | 'counter' | 'atMs'> : never) : never

/** Counters beyond it would leave no room to count on; one person cannot count that far by hand. */
export const maxCounter = 2 ** 40

type Fields = Readonly<Record<string, unknown>>

/** Why a value is no act of this app: a kind of a newer one is kept and ignored, anything else is a fault. */
export type ActFault = 'unknown-kind' | 'malformed'

/** Parses one stored value. Nothing but exactly the fields of its kind is taken: this is the closed schema of the server. */
export function parseAct(value: unknown): Act | ActFault {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'malformed'
  const fields = value as Fields
  const base = parseBase(fields)
  if (base === undefined) return 'malformed'
  const parse = Object.hasOwn(fields, 'kind') ? parsers.get(fields['kind']) : undefined
  if (parse === undefined) return 'unknown-kind'
  const act = parse(fields, base)
  if (act === undefined || Object.keys(fields).length !== Object.keys(act).length) return 'malformed'
  return act
}

type ParseKind = (fields: Fields, base: ActBase) => Act | undefined

function parseBase(fields: Fields): ActBase | undefined {
  const { id, counter, atMs, page } = fields
  if (!isId(id) || !isId(page)) return undefined
  if (!isUint(counter, maxCounter) || !isUint(atMs, Number.MAX_SAFE_INTEGER)) return undefined
  return { id: id as ActId, counter, atMs, page: page as PageId }
}

const parsers: ReadonlyMap<unknown, ParseKind> = new Map<string, ParseKind>([
  ['comment', parseComment],
  ['reply', parseReply],
  ['reaction', parseReaction],
  ['resolve', parseResolve],
  ['reopen', parseResolve],
  ['edit', parseEdit],
  ['delete', parseDelete],
])

function parseComment(fields: Fields, base: ActBase): CommentAct | undefined {
  const anchor = parseAnchor(fields['anchor'])
  const text = parseCommentText(fields['text'])
  return anchor === undefined || text === undefined ? undefined : { ...base, kind: 'comment', anchor, text }
}

function parseReply(fields: Fields, base: ActBase): ReplyAct | undefined {
  const thread = parseActRef(fields['thread'])
  const text = parseCommentText(fields['text'])
  return thread === undefined || text === undefined ? undefined : { ...base, kind: 'reply', thread, text }
}

function parseReaction(fields: Fields, base: ActBase): ReactionAct | undefined {
  const target = parseActRef(fields['target'])
  const reaction = reactionNames.find((name) => name === fields['reaction'])
  const { on } = fields
  if (target === undefined || reaction === undefined || typeof on !== 'boolean') return undefined
  return { ...base, kind: 'reaction', target, reaction, on }
}

function parseResolve(fields: Fields, base: ActBase): ResolveAct | undefined {
  const thread = parseActRef(fields['thread'])
  return thread === undefined
    ? undefined
    : { ...base, kind: fields['kind'] === 'resolve' ? 'resolve' : 'reopen', thread }
}

function parseEdit(fields: Fields, base: ActBase): EditAct | undefined {
  const target = parseActRef(fields['target'])
  const text = parseCommentText(fields['text'])
  return target === undefined || text === undefined ? undefined : { ...base, kind: 'edit', target, text }
}

function parseDelete(fields: Fields, base: ActBase): DeleteAct | undefined {
  const target = parseActRef(fields['target'])
  const thread = fields['thread'] === null ? null : parseActRef(fields['thread'])
  const anchor = parseAnchor(fields['anchor'])
  if (target === undefined || thread === undefined || anchor === undefined) return undefined
  return { ...base, kind: 'delete', target, thread, anchor }
}

/** Undefined where it is malformed; null is an anchor to nothing. */
export function parseAnchor(value: unknown): Anchor | null | undefined {
  if (value === null) return null
  if (typeof value !== 'object' || value === undefined || Object.keys(value).length !== 3) return undefined
  const { from, to, quote } = value as Fields
  if (!isPosition(from) || !isPosition(to)) return undefined
  if (typeof quote !== 'string' || quote.length > quoteMaxLength) return undefined
  return { from, to, quote }
}

function isPosition(value: unknown): value is string {
  return typeof value === 'string' && value.length <= positionMaxLength && /^[A-Za-z0-9+/]+={0,2}$/.test(value)
}

function isUint(value: unknown, max: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= max
}

/** The same act, saying of others what `rename` calls them. */
export function withRefs(act: Act, rename: (ref: ActRef) => ActRef): Act {
  switch (act.kind) {
    case 'comment':
      return act
    case 'reply':
    case 'resolve':
    case 'reopen':
      return { ...act, thread: rename(act.thread) }
    case 'reaction':
    case 'edit':
      return { ...act, target: rename(act.target) }
    case 'delete':
      return { ...act, target: rename(act.target), thread: act.thread === null ? null : rename(act.thread) }
    default:
      return unreachable(act)
  }
}

/** The later of two acts that decide one thing. */
export function isLater(a: Pick<Act, 'counter' | 'id'>, b: Pick<Act, 'counter' | 'id'>): boolean {
  return a.counter > b.counter || (a.counter === b.counter && a.id > b.id)
}
