import { describe, expect, it } from 'vitest'
import { mintId, type PageId, type PersonId, type RequestId, type SpaceId } from './ids.ts'
import { encodeAsk, parseAsk } from './parse-ask.ts'
import type { Ask } from './request.ts'

let next = 0
const mint = <T extends string>(): T => mintId((bytes) => bytes.fill((next += 1))) as string as T
const spaceId = mint<SpaceId>()

const asks: readonly Ask[] = [
  { type: 'join-space', spaceId },
  { type: 'leave-space', spaceId },
  { type: 'ask-role', spaceId, role: 'editor' },
  { type: 'decide-ask', requestId: mint<RequestId>(), isGranted: false },
  { type: 'set-member', spaceId, personId: mint<PersonId>(), role: null },
  {
    type: 'create-space',
    spaceId,
    kind: 'project',
    name: 'Nieuwe kade',
    description: '',
    icon: null,
    joining: 'ask',
    parent: mint<SpaceId>(),
  },
  { type: 'change-space', spaceId, change: { description: 'Wat hier staat', archived: true } },
  { type: 'move-page', pageId: mint<PageId>(), to: spaceId, parent: null },
  { type: 'archive-authored', pageId: mint<PageId>(), archived: true },
]

describe('asks', () => {
  it.each(asks)('RQ1 gives $type back as it was', (ask) => {
    expect(parseAsk(encodeAsk(ask))).toEqual(ask)
  })

  it('RQ1 says of what a newer app asks that it is unknown', () => {
    expect(parseAsk('{"type":"dance"}')).toBe('unknown-kind')
    expect(parseAsk('{"type":"constructor"}')).toBe('unknown-kind')
  })

  it.each([
    'nothing',
    '7',
    '{"type":"join-space"}',
    `{"type":"ask-role","spaceId":"${spaceId}","role":"king"}`,
    `{"type":"change-space","spaceId":"${spaceId}","change":{"name":"  "}}`,
    `{"type":"change-space","spaceId":"${spaceId}","change":{"name":"${'n'.repeat(101)}"}}`,
  ])('RQ1 takes no field that is not what it must be: %s', (text) => {
    expect(parseAsk(text)).toBe('bad-input')
  })

  it('writes the name of a space on one line', () => {
    const ask = parseAsk(`{"type":"change-space","spaceId":"${spaceId}","change":{"name":" Groen\\n& blauw "}}`)
    expect(ask).toMatchObject({ change: { name: 'Groen & blauw' } })
  })
})
