import { parseId, type PageId, type PersonId, type RequestId, type SpaceId } from './ids.ts'
import { spaceRoles, type SpaceRole } from './permission.ts'
import { joinings } from './kinds.ts'
import type { Ask, AskType, NewSpace, SpaceChange } from './request.ts'

export const maxSpaceNameLength = 100
export const maxSpaceDescriptionLength = 1000
const maxIconLength = 64

/** Thrown inside this file alone. */
class NotAnAsk extends Error {
  override readonly name = 'NotAnAsk'
}

type Fields = Readonly<Record<string, unknown>>

/** Asks travel and are kept as JSON: a server that does not know one yet can still say so. */
export function encodeAsk(ask: Ask): string {
  return JSON.stringify(ask)
}

/** What was asked, from another's JSON: `unknown-kind` of a newer app, `bad-input` where a field is not what it must be. */
export function parseAsk(json: string): Ask | 'unknown-kind' | 'bad-input' {
  try {
    const fields: unknown = JSON.parse(json)
    if (typeof fields !== 'object' || fields === null) return 'bad-input'
    const type: unknown = Reflect.get(fields, 'type')
    return isAskType(type) ? parsers[type](fields as Fields) : 'unknown-kind'
  } catch (error) {
    if (error instanceof NotAnAsk || error instanceof SyntaxError) return 'bad-input'
    throw error
  }
}

type Parsers = { readonly [Type in AskType]: (fields: Fields) => Extract<Ask, { type: Type }> }

const parsers: Parsers = {
  'join-space': (fields) => ({ type: 'join-space', spaceId: id<SpaceId>(fields, 'spaceId') }),
  'leave-space': (fields) => ({ type: 'leave-space', spaceId: id<SpaceId>(fields, 'spaceId') }),
  'ask-role': (fields) => ({ type: 'ask-role', spaceId: id<SpaceId>(fields, 'spaceId'), role: role(fields['role']) }),
  'decide-ask': (fields) => ({
    type: 'decide-ask',
    requestId: id<RequestId>(fields, 'requestId'),
    isGranted: boolean(fields['isGranted']),
  }),
  'set-member': (fields) => ({
    type: 'set-member',
    spaceId: id<SpaceId>(fields, 'spaceId'),
    personId: id<PersonId>(fields, 'personId'),
    role: fields['role'] === null ? null : role(fields['role']),
  }),
  'create-space': (fields) => ({ type: 'create-space', ...newSpace(fields) }),
  'change-space': (fields) => ({
    type: 'change-space',
    spaceId: id<SpaceId>(fields, 'spaceId'),
    change: parseSpaceChange(fields['change']),
  }),
  'move-page': (fields) => ({
    type: 'move-page',
    pageId: id<PageId>(fields, 'pageId'),
    to: id<SpaceId>(fields, 'to'),
    parent: optionalId<PageId>(fields, 'parent'),
  }),
  'archive-authored': (fields) => ({
    type: 'archive-authored',
    pageId: id<PageId>(fields, 'pageId'),
    archived: boolean(fields['archived']),
  }),
}

function isAskType(type: unknown): type is AskType {
  return typeof type === 'string' && Object.hasOwn(parsers, type)
}

function newSpace(fields: Fields): NewSpace {
  return {
    spaceId: id<SpaceId>(fields, 'spaceId'),
    kind: oneOf(['team', 'community', 'project'], fields['kind']),
    name: line(fields['name']),
    description: text(fields['description'], maxSpaceDescriptionLength),
    icon: icon(fields['icon']),
    joining: oneOf(joinings, fields['joining']),
    parent: optionalId<SpaceId>(fields, 'parent'),
  }
}

function parseSpaceChange(value: unknown): SpaceChange {
  if (typeof value !== 'object' || value === null) throw new NotAnAsk()
  const fields = value as Fields
  return {
    ...(fields['name'] === undefined ? {} : { name: line(fields['name']) }),
    ...(fields['description'] === undefined
      ? {}
      : { description: text(fields['description'], maxSpaceDescriptionLength) }),
    ...(fields['icon'] === undefined ? {} : { icon: icon(fields['icon']) }),
    ...(fields['archived'] === undefined ? {} : { archived: boolean(fields['archived']) }),
    ...(fields['joining'] === undefined ? {} : { joining: oneOf(joinings, fields['joining']) }),
  }
}

function id<T extends RequestId | SpaceId | PageId | PersonId>(fields: Fields, name: string): T {
  const parsed = parseId<T>(fields[name])
  if (parsed === undefined) throw new NotAnAsk()
  return parsed
}

function optionalId<T extends SpaceId | PageId>(fields: Fields, name: string): T | null {
  return fields[name] === null ? null : id<T>(fields, name)
}

function boolean(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new NotAnAsk()
  return value
}

function role(value: unknown): SpaceRole {
  return oneOf(spaceRoles, value)
}

function oneOf<const T extends string>(words: readonly T[], value: unknown): T {
  const word = words.find((each) => each === value)
  if (word === undefined) throw new NotAnAsk()
  return word
}

function text(value: unknown, maxLength: number): string {
  if (typeof value !== 'string' || value.length > maxLength) throw new NotAnAsk()
  return value
}

// oxlint-disable-next-line no-control-regex -- control characters are exactly what is taken out
const controlCharacters = /[\u0000-\u001f\u007f\u2028\u2029]+/g

/** A name: one line with something on it. */
function line(value: unknown): string {
  const cleaned = text(value, maxSpaceNameLength).replace(controlCharacters, ' ').trim()
  if (cleaned === '') throw new NotAnAsk()
  return cleaned
}

function icon(value: unknown): string | null {
  return value === null ? null : text(value, maxIconLength)
}
