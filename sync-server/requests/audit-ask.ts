import type { PersonId } from '../../model/ids.ts'
import type { Ask } from '../../model/request.ts'
import { unreachable } from '../../model/result.ts'
import type { AuditEntry } from '../store/directory.ts'

/** What the audit log says of an accepted request: ids and roles, never a name. */
export function auditOfAsk(actorId: PersonId, ask: Ask, atMs: number): AuditEntry {
  return { atMs, actorId, ...wordsOf(actorId, ask) }
}

function wordsOf(actorId: PersonId, ask: Ask): Pick<AuditEntry, 'verb' | 'subjectId' | 'detail'> {
  switch (ask.type) {
    case 'join-space':
      return { verb: 'member-set', subjectId: actorId, detail: `${ask.spaceId} joined` }
    case 'leave-space':
      return { verb: 'member-removed', subjectId: actorId, detail: ask.spaceId }
    case 'ask-role':
      return { verb: 'member-set', subjectId: actorId, detail: `${ask.spaceId} ${ask.role}` }
    case 'decide-ask':
      return { verb: 'ask-decided', subjectId: ask.requestId, detail: ask.isGranted ? 'granted' : 'declined' }
    case 'set-member':
      return ask.role === null
        ? { verb: 'member-removed', subjectId: ask.personId, detail: ask.spaceId }
        : { verb: 'member-set', subjectId: ask.personId, detail: `${ask.spaceId} ${ask.role}` }
    case 'create-space':
      return { verb: 'space-created', subjectId: actorId, detail: `${ask.spaceId} ${ask.kind}` }
    case 'change-space':
      return { verb: 'space-changed', subjectId: ask.spaceId, detail: Object.keys(ask.change).join(' ') }
    case 'move-page':
      return { verb: 'page-moved', subjectId: ask.pageId, detail: ask.to }
    case 'archive-authored':
      return { verb: 'page-archived', subjectId: ask.pageId, detail: ask.archived ? 'archived' : 'restored' }
    default:
      return unreachable(ask)
  }
}
