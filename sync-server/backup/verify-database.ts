import type { DatabaseSync } from 'node:sqlite'
import type { FileHash } from '../../model/ids.ts'
import { checkRecords } from '../store/check-records.ts'
import { fileHashesOf, isOfNewerPlein, readFacts, type DatabaseFacts } from './read-database.ts'

export interface DatabaseReport {
  /** Null where it cannot be read at all. */
  readonly facts: DatabaseFacts | null
  readonly hashes: readonly FileHash[]
  readonly checkedRecords: number
  /** Why a server must not be given this database. */
  readonly unsound: readonly string[]
  /** Single records whose bytes are not what was written: a server sets them aside, and laptops fill them again. */
  readonly damaged: readonly string[]
}

/** More of SQLite's own lines than this help nobody. */
const maxIntegrityLines = 20

const nothing = { facts: null, hashes: [], checkedRecords: 0, damaged: [] } as const

/** Reads all of a database. `open` gives it, and it is closed here. */
export function verifyDatabase(open: () => DatabaseSync, name: string): DatabaseReport {
  const unsound: string[] = []
  try {
    const database = open()
    try {
      const facts = readFacts(database)
      if (facts === undefined) return { ...nothing, unsound: [`${name} is no database of Plein.`] }
      if (isOfNewerPlein(facts.migrations)) return { ...nothing, facts, unsound: [newerSentence(name)] }
      unsound.push(...integrityOf(database).map((line) => `${name} is damaged: ${line}.`))
      const { checked, damaged } = checkRecords(database)
      return { facts, hashes: fileHashesOf(database), checkedRecords: checked, unsound, damaged: damaged.map(sentence) }
    } finally {
      database.close()
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { ...nothing, unsound: [...unsound, `${name} cannot be read: ${why}.`] }
  }
}

export function newerSentence(name: string): string {
  return `${name} was written by a newer version of Plein. Use that version.`
}

function sentence(record: string): string {
  return `Damaged: ${record}.`
}

function integrityOf(database: DatabaseSync): readonly string[] {
  const lines: string[] = []
  for (const row of database.prepare(`PRAGMA integrity_check(${maxIntegrityLines})`).iterate()) {
    const line = String(row['integrity_check'])
    if (line !== 'ok') lines.push(line.replaceAll('\n', ', '))
  }
  for (const row of database.prepare('PRAGMA foreign_key_check').iterate()) {
    if (lines.length >= maxIntegrityLines) break
    lines.push(`a record of ${String(row['table'])} names one of ${String(row['parent'])} that is not there`)
  }
  return lines
}
