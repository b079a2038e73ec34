import type { DatabaseSync } from 'node:sqlite'
import { recordChecksum } from './record-checksum.ts'
import { bytesIn, numberIn, textIn, type Columns } from './sqlite-columns.ts'

interface CheckedTable {
  readonly table: string
  readonly columns: string
  /** What the record is checked with when it is read, in the words of its writer. */
  readonly isIntact: (record: Columns) => boolean
  /** How an administrator is told of it. */
  readonly nameOf: (record: Columns) => string
}

const documentOf = (record: Columns) => `document ${textIn(record, 'document_id')}`

const checkedTables: readonly CheckedTable[] = [
  {
    table: 'log',
    // Rows that are compacted have no bytes: those are in the snapshot.
    columns: 'space_id, n, document_id, record_checksum, bytes FROM log WHERE bytes IS NOT NULL',
    isIntact: (row) => fits(row, textIn(row, 'space_id'), numberIn(row, 'n'), textIn(row, 'document_id')),
    nameOf: (row) => `row ${numberIn(row, 'n')} of space ${textIn(row, 'space_id')}, ${documentOf(row)}`,
  },
  {
    table: 'snapshot',
    columns: '* FROM snapshot',
    isIntact: (row) => {
      const [id, coversN] = [textIn(row, 'document_id'), numberIn(row, 'covers_n')]
      const vector = bytesIn(row, 'state_vector') ?? new Uint8Array()
      return (
        fits(row, 'snapshot', id, coversN) &&
        recordChecksum(vector, 'state-vector', id, coversN) === row['state_vector_checksum']
      )
    },
    nameOf: (row) => `the snapshot of ${documentOf(row)}`,
  },
  {
    table: 'quarantine',
    columns: '* FROM quarantine',
    isIntact: (row) => fits(row, 'quarantine', textIn(row, 'document_id'), numberIn(row, 'n')),
    nameOf: (row) => `what was set aside of ${documentOf(row)}`,
  },
  {
    table: 'version',
    columns: 'version_id, document_id, n, record_checksum, bytes FROM version',
    isIntact: (row) => fits(row, 'version', textIn(row, 'version_id'), textIn(row, 'document_id'), numberIn(row, 'n')),
    nameOf: (row) => `version ${textIn(row, 'version_id')} of ${documentOf(row)}`,
  },
]

function fits(record: Columns, ...key: readonly (string | number)[]): boolean {
  const bytes = bytesIn(record, 'bytes') ?? new Uint8Array()
  return recordChecksum(bytes, ...key) === record['record_checksum']
}

export interface RecordCheck {
  readonly checked: number
  /** Each record whose bytes are not those that were written, as an administrator is told of it. */
  readonly damaged: readonly string[]
}

/** Reads every record that carries a checksum, one at a time. Tables of later migrations may be missing. Throws what SQLite throws. */
export function checkRecords(database: DatabaseSync): RecordCheck {
  const tables = new Set(
    database
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
      .all()
      .map((row) => row['name']),
  )
  let checked = 0
  const damaged: string[] = []
  for (const { table, columns, isIntact, nameOf } of checkedTables) {
    if (!tables.has(table)) continue
    for (const record of database.prepare(`SELECT ${columns}`).iterate()) {
      checked += 1
      if (!isIntact(record)) damaged.push(nameOf(record))
    }
  }
  return { checked, damaged }
}
