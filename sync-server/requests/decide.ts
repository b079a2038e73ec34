import type { Ask } from '../../model/request.ts'
import { unreachable } from '../../model/result.ts'
import { archiveAuthored } from './archive-authored.ts'
import { askRole, decideAsk, joinSpace, leaveSpace, setMember } from './decide-members.ts'
import { changeSpace, createSpace } from './decide-spaces.ts'
import type { DecideContext, Verdict } from './effects.ts'
import { movePage } from './move-page.ts'

/** Decides about one request by `may()` and what is now; writes nothing. */
export function decide(context: DecideContext, ask: Ask): Verdict | Promise<Verdict> {
  switch (ask.type) {
    case 'join-space':
      return joinSpace(context, ask)
    case 'leave-space':
      return leaveSpace(context, ask)
    case 'ask-role':
      return askRole(context, ask)
    case 'decide-ask':
      return decideAsk(context, ask)
    case 'set-member':
      return setMember(context, ask)
    case 'create-space':
      return createSpace(context, ask)
    case 'change-space':
      return changeSpace(context, ask)
    case 'move-page':
      return movePage(context, ask)
    case 'archive-authored':
      return archiveAuthored(context, ask)
    default:
      return unreachable(ask)
  }
}
