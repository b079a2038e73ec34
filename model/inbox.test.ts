import { describe, expect, it } from 'vitest'
import { refOf, type ActRef } from './act-ref.ts'
import type { SaidAct } from './acts.ts'
import type { TextRun } from './comment-text.ts'
import { mintId, type ActId, type DocumentId, type PageId, type PersonId } from './ids.ts'
import { actsFor } from './inbox.ts'

let minted = 0
const mint = <T extends string>(): T =>
  mintId((bytes) => {
    new DataView(bytes.buffer).setUint32(0, (minted += 1))
  }) as string as T

const [noor, sem] = [mint<PersonId>(), mint<PersonId>()]
const page = mint<PageId>()

function say(author: PersonId, counter: number, thread: ActRef | null, ...text: readonly TextRun[]): SaidAct {
  const base = { id: mint<ActId>(), page, atMs: 1, counter, text }
  const act =
    thread === null ? { ...base, kind: 'comment' as const, anchor: null } : { ...base, kind: 'reply' as const, thread }
  return { ref: refOf(mint<DocumentId>(), base.id), author, mark: null, act }
}

describe('what is for somebody', () => {
  it('is what others say that mentions them', () => {
    const mention = say(sem, 1, null, 'Weet jij dit, ', { person: noor, name: 'Noor' })
    const own = say(noor, 2, null, { person: noor, name: 'Noor' })
    expect(actsFor(noor, [mention, own, say(sem, 3, null, 'Iets anders')])).toEqual(new Set([mention.ref]))
  })

  it('is what others answer after they spoke in a thread, not what was said before', () => {
    const thread = say(sem, 1, null, 'Vraag')
    const before = say(sem, 2, thread.ref, 'Aanvulling')
    const own = say(noor, 3, thread.ref, 'Antwoord')
    const after = say(sem, 4, thread.ref, 'Dank')
    expect(actsFor(noor, [after, before, own, thread])).toEqual(new Set([after.ref]))
  })
})
