import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { mintId } from '../../model/ids.ts'
import { directoryMigrations } from './directory-tables.ts'
import { directoryContract } from './directory-contract.ts'
import type { NewPerson } from './directory.ts'
import { MemoryDirectory } from './memory-directory.ts'
import { SqliteDirectory } from './sqlite-directory.ts'

directoryContract('memory', () => new MemoryDirectory())
directoryContract('SQLite', () => new SqliteDirectory(openTables()))

function openTables(): DatabaseSync {
  const database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: true })
  for (const { sql } of directoryMigrations.migrations) database.exec(sql)
  return database
}

const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes)

const sofie: NewPerson = {
  person: {
    id: mintId(fillRandom),
    name: 'Sofie',
    email: 'sofie@example.org',
    role: 'member',
    suspended: false,
    face: null,
    personalSpaceId: mintId(fillRandom),
    personalSpaceName: 'Personal',
    invitedTo: null,
    createdAtMs: 1,
  },
  passwordHash: 'digest',
}

it('the audit log can be neither changed nor shortened, by SQL either', async () => {
  const database = openTables()
  const directory = new SqliteDirectory(database)
  await directory.addPerson(sofie, { atMs: 1, verb: 'person-added', actorId: null, subjectId: null, detail: null })
  expect(() => database.exec('DELETE FROM audit')).toThrow(/append-only/)
  expect(() => database.exec(`UPDATE audit SET verb = 'signed-in'`)).toThrow(/append-only/)
})
