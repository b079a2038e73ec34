import * as Y from 'yjs'
import { parseAct } from '../../model/act.ts'
import { readActsUpdate } from '../../model/acts.ts'
import { plainText } from '../../model/comment-text.ts'
import type { DocumentId } from '../../model/ids.ts'
import type { SetAsideRecord } from '../storage/laptop-storage.ts'
import { keepSame } from './live.ts'
import type { OpenOrganisation } from './organisation.ts'
import type { ConnectionSnapshot, ReceiptSnapshot, SetAside } from './plein.ts'

const nothing: ConnectionSnapshot = {
  state: 'none',
  reason: null,
  offlineSinceMs: null,
  nextAttemptAtMs: null,
  waitingChanges: 0,
  waitingPages: [],
  setAside: [],
  storageFull: false,
}

/** What the frame says of the line and of what waits. */
export function connectionOf(
  organisation: OpenOrganisation | null,
  setAside: readonly SetAside[],
  previous: ConnectionSnapshot | undefined,
): ConnectionSnapshot {
  if (organisation === null) return nothing
  const status = organisation.status.snapshot() ?? { ...nothing, state: 'connecting' as const }
  const pages = organisation.hasServer ? organisation.lists.waitingPages() : []
  const isSame = previous !== undefined && JSON.stringify(previous.waitingPages) === JSON.stringify(pages)
  return keepSame(previous, {
    state: organisation.hasServer ? status.state : 'none',
    reason: status.reason,
    offlineSinceMs: status.offlineSinceMs,
    nextAttemptAtMs: status.nextAttemptAtMs,
    waitingChanges: pages.reduce((sum, page) => sum + page.changes, 0),
    waitingPages: isSame ? previous.waitingPages : pages,
    setAside,
    storageFull: status.storageFull || organisation.storageTrouble.snapshot()?.reason === 'full',
  })
}

/** The receipt of one page, from what was committed here and what the server acknowledged; never from a socket's state. */
export function receiptOf(
  organisation: OpenOrganisation | null,
  id: DocumentId,
  previous: ReceiptSnapshot | undefined,
): ReceiptSnapshot {
  if (organisation === null) {
    return {
      onThisLaptop: true,
      waitingChanges: 0,
      lastAcknowledgedAtMs: null,
      lastSavedAtMs: null,
      server: 'none',
      withColleagues: null,
    }
  }
  const record = organisation.lists.record(id)
  const times = organisation.times(id)
  const onThisLaptop = organisation.batch.isCommitted(id)
  const waitingChanges = organisation.hasServer ? (record?.waiting ?? 0) : 0
  const server = serverOf({
    hasServer: organisation.hasServer,
    waiting: waitingChanges > 0 || !onThisLaptop || record?.compare === true,
    isRefused: isRefused(organisation, id),
  })
  return keepSame(previous, {
    onThisLaptop,
    waitingChanges,
    lastAcknowledgedAtMs: times.acknowledgedAtMs,
    lastSavedAtMs: times.savedAtMs,
    server,
    withColleagues: server === 'acknowledged' ? (organisation.colleagues.get(id) ?? null) : null,
  })
}

function serverOf(state: {
  readonly hasServer: boolean
  readonly waiting: boolean
  readonly isRefused: boolean
}): ReceiptSnapshot['server'] {
  if (!state.hasServer) return 'none'
  if (state.isRefused) return 'refused'
  return state.waiting ? 'waiting' : 'acknowledged'
}

function isRefused(organisation: OpenOrganisation, id: DocumentId): boolean {
  return organisation.refused.has(id)
}

/** What was set aside, with the titles that lists know now. */
export async function readSetAsideList(organisation: OpenOrganisation): Promise<readonly SetAside[]> {
  const records = await organisation.storage.setAsideRecords()
  organisation.refused.clear()
  return records.map((record) => {
    if (record.reason !== 'damaged-record') organisation.refused.add(record.documentId)
    const known = organisation.lists.record(record.documentId)
    const title = known?.title ?? record.title
    const { id, documentId, reason } = record
    return { id, documentId, kind: known?.kind ?? kindOf(record), spaceId: known?.spaceId ?? null, title, reason }
  })
}

/** What was said in a space that is here no more shows itself by its words. */
function kindOf({ reason, update }: SetAsideRecord): SetAside['kind'] {
  if (reason === 'damaged-record') return null
  const said = readActsUpdate(update)
  return said.ok && said.value.length > 0 ? 'acts' : null
}

/** The words that an update brought, in the order in which they were written; its deletions have none. */
export function textOfUpdate(update: Uint8Array): string {
  const lines: string[] = []
  for (const struct of Y.decodeUpdate(update).structs) {
    if (!(struct instanceof Y.Item)) continue
    if (struct.content instanceof Y.ContentString) lines.push(struct.content.str)
    else if (struct.content instanceof Y.ContentType) lines.push('\n')
    else if (struct.content instanceof Y.ContentAny) lines.push(...struct.content.arr.map(wordsOfAct))
  }
  return lines
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** What was said, where a value of a map is an act. */
function wordsOfAct(value: unknown): string {
  const act = parseAct(value)
  return typeof act === 'object' && 'text' in act ? `${plainText(act.text)}\n\n` : ''
}
