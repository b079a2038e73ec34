import type { PageId, PersonId } from '../../model/ids.ts'
import type { ActRecord, ActsStorage } from './acts-storage.ts'
import { actsChange, actsIn, holdsActs, pageActsOf } from './fold-acts.ts'
import { isIntact } from './sealed-bytes.ts'
import { rowLabel } from './own-log.ts'
import type { MemoryDisk } from './memory-disk.ts'

/** The acts tables in memory, with the promises of those on the disk. */
export function memoryActs(find: () => MemoryDisk, me: () => PersonId | undefined): ActsStorage {
  return {
    fold: async () => fold(find()),
    ofPage: async (page) => actsOfPage(find(), page),
    pagesOf: async (documents) => {
      const said = documents.flatMap((id) => find().acts.get(id) ?? [])
      return [...new Set(said.map(({ act }) => act.page))]
    },
    pages: async () => {
      const disk = find()
      const pages = new Set([...disk.acts.values()].flat().map(({ act }) => act.page))
      const person = me()
      if (person === undefined) return []
      return [...pages].flatMap((page) => pageActsOf(page, actsOfPage(disk, page), person) ?? [])
    },
    waiting: async (documents) => {
      const wanted = new Set(documents)
      return [...find().outbox.values()]
        .filter(
          ({ row, isTombstone, sealed }) =>
            !isTombstone && wanted.has(row.documentId) && isIntact(sealed, rowLabel(row)),
        )
        .map(({ row }) => row.update)
    },
  }
}

function fold(disk: MemoryDisk): readonly PageId[] {
  const touched = new Set<PageId>()
  for (const id of disk.unfolded) {
    const document = disk.documents.get(id)
    if (document?.kind === 'page') touched.add(id)
    const updates = (disk.content.get(id) ?? []).filter((record) => isIntact(record, id)).map(({ bytes }) => bytes)
    const after = document === undefined || !holdsActs(document.kind) ? [] : actsIn(document, updates)
    const { added, removed } = actsChange(disk.acts.get(id) ?? [], after)
    disk.acts.set(id, after)
    for (const { act } of [...added, ...removed]) touched.add(act.page)
  }
  disk.unfolded.clear()
  return [...touched]
}

function actsOfPage(disk: MemoryDisk, page: PageId): readonly ActRecord[] {
  const space = disk.documents.get(page)?.spaceId
  const acts = [...disk.acts.values()].flat()
  return acts.filter((each) => each.act.page === page && (space === undefined || each.spaceId === space))
}
