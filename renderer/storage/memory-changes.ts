import type { DocumentId } from '../../model/ids.ts'
import { formatMark, parseMark, type ChangedDocuments, type ChangesStorage } from './changes-storage.ts'
import type { MemoryDisk } from './memory-disk.ts'

interface Seen {
  readonly document: unknown
  readonly records: number
  readonly last: unknown
  readonly number: number
}

interface Numbers {
  count: number
  readonly seen: Map<DocumentId, Seen>
}

const numbersOf = new WeakMap<MemoryDisk, Numbers>()

/** Changes in memory are numbered when somebody asks: what is another object than before has changed. */
export function memoryChanges(disk: () => MemoryDisk): ChangesStorage {
  return { since: async (mark) => since(disk(), mark) }
}

function since(disk: MemoryDisk, mark: string | null): ChangedDocuments {
  const numbers = numbersOf.get(disk) ?? { count: 0, seen: new Map<DocumentId, Seen>() }
  numbersOf.set(disk, numbers)
  for (const id of new Set([...disk.documents.keys(), ...disk.content.keys(), ...numbers.seen.keys()]))
    note(disk, id, numbers)
  const known = parseMark(mark)
  const all = known === undefined || known.documents > numbers.count
  const ids = all
    ? [...disk.documents.keys()]
    : [...numbers.seen].filter(([, seen]) => seen.number > known.documents).map(([id]) => id)
  return { mark: formatMark({ documents: numbers.count, updates: 0 }), ids, hasMore: false }
}

function note(disk: MemoryDisk, id: DocumentId, numbers: Numbers): void {
  const records = disk.content.get(id) ?? []
  const now = { document: disk.documents.get(id), records: records.length, last: records.at(-1) }
  const seen = numbers.seen.get(id)
  if (seen?.document === now.document && seen?.records === now.records && seen.last === now.last) return
  numbers.count += 1
  numbers.seen.set(id, { ...now, number: numbers.count })
}
