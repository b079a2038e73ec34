import * as Y from 'yjs'
import type { ActRef } from '../../model/act-ref.ts'
import { saidIn, saidInLedger, type SaidAct } from '../../model/acts.ts'
import type { DocumentId, PageId, PersonId, SpaceId } from '../../model/ids.ts'
import { actsFor } from '../../model/inbox.ts'
import type { DocumentKind } from '../../model/kinds.ts'
import { origins } from '../../model/origins.ts'
import { countThreads, foldThreads } from '../../model/threads.ts'
import type { ActRecord, PageActs } from './acts-storage.ts'

/** A document as folding needs it. */
export interface ActsSource {
  readonly id: DocumentId
  readonly spaceId: SpaceId
  readonly kind: DocumentKind
  readonly ownerId: PersonId | null
}

export function holdsActs(kind: DocumentKind): boolean {
  return kind === 'acts' || kind === 'ledger'
}

/** What a document says; nothing where its bytes are no updates, or it is nobody's. */
export function actsIn(source: ActsSource, updates: readonly Uint8Array[]): readonly ActRecord[] {
  const doc = new Y.Doc()
  try {
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update, origins.storage)
    }, origins.storage)
    return saidBy(source, doc).map((said) => ({ ...said, documentId: source.id, spaceId: source.spaceId }))
  } catch {
    return [] // the document itself is set aside when somebody opens it
  } finally {
    doc.destroy()
  }
}

function saidBy({ id, kind, ownerId }: ActsSource, doc: Y.Doc): readonly SaidAct[] {
  if (kind === 'ledger') return saidInLedger(doc)
  return ownerId === null ? [] : saidIn(doc, id, ownerId)
}

/** What came and what went, by reference: an act never changes. */
export function actsChange(
  before: readonly ActRecord[],
  after: readonly ActRecord[],
): { readonly added: readonly ActRecord[]; readonly removed: readonly ActRecord[] } {
  const [known, wanted] = [refs(before), refs(after)]
  return {
    added: after.filter(({ ref }) => !known.has(ref)),
    removed: before.filter(({ ref }) => !wanted.has(ref)),
  }
}

function refs(acts: readonly ActRecord[]): ReadonlySet<ActRef> {
  return new Set(acts.map(({ ref }) => ref))
}

/** The record of a page; null where nothing is said about it. */
export function pageActsOf(page: PageId, said: readonly ActRecord[], me: PersonId): PageActs | null {
  const [first] = said
  if (first === undefined) return null
  return { page, spaceId: first.spaceId, forMe: [...actsFor(me, said)], ...countThreads(said, foldThreads(said)) }
}
