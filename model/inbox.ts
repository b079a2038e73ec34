import type { ActRef } from './act-ref.ts'
import type { SaidAct } from './acts.ts'
import { mentionedIn, type CommentText } from './comment-text.ts'
import type { PersonId } from './ids.ts'

/**
 * Which remarks about one page are for somebody: what others say that mentions them, and what others answer in a thread where
 * they spoke before.
 */
export function actsFor(person: PersonId, said: readonly SaidAct[]): ReadonlySet<ActRef> {
  const spokeAt = firstWords(person, said)
  const found = new Set<ActRef>()
  for (const { ref, author, act } of said) {
    if (author === person) continue
    const text = textOf(act)
    // Somebody who is named only in a later version of what was said hears of what was said.
    if (text !== null && mentionedIn(text).includes(person)) found.add(act.kind === 'edit' ? act.target : ref)
    if (act.kind === 'reply' && act.counter > (spokeAt.get(act.thread) ?? Infinity)) found.add(ref)
  }
  return found
}

/** By thread, the counter of what they said first in it. */
function firstWords(person: PersonId, said: readonly SaidAct[]): ReadonlyMap<ActRef, number> {
  const spokeAt = new Map<ActRef, number>()
  for (const { ref, author, act } of said) {
    if (author !== person) continue
    const thread = act.kind === 'comment' ? ref : act.kind === 'reply' ? act.thread : null
    if (thread !== null) spokeAt.set(thread, Math.min(act.counter, spokeAt.get(thread) ?? Infinity))
  }
  return spokeAt
}

function textOf(act: SaidAct['act']): CommentText | null {
  return act.kind === 'comment' || act.kind === 'reply' || act.kind === 'edit' ? act.text : null
}
