import { may } from '../../model/permission.ts'
import { isSharedPage } from '../../model/kinds.ts'
import { openPage } from '../../model/page.ts'
import type { Ask } from '../../model/request.ts'
import { mayOnDocument, spaceThing } from '../access.ts'
import type { DecideContext, Verdict } from './effects.ts'

/** An editor archives what somebody else wrote: the one word that the server writes into an authored page. */
export async function archiveAuthored(
  { core, asker, drafts }: DecideContext,
  { pageId, archived }: Extract<Ask, { type: 'archive-authored' }>,
): Promise<Verdict> {
  const record = (await core.states.get(pageId))?.record
  const space = record && core.spaces.get(record.spaceId)?.record
  if (record === undefined || space === undefined || !mayOnDocument(asker, 'read', record, space)) return 'unknown-page'
  if (record.kind !== 'page' || record.pageKind === null || isSharedPage(record.pageKind)) return 'bad-input'
  const thing = spaceThing(space, asker.roleIn(space.spaceId))
  if (!may(asker, 'archive-authored', thing) && !mayOnDocument(asker, 'write', record, space)) return 'forbidden'
  const outcome = await drafts.change(pageId, (doc) => openPage(doc).setArchived(archived))
  return outcome === 'damaged' ? 'damaged' : {}
}
