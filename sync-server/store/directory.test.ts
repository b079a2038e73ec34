import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { mintId } from '../../model/ids.ts'
import { directoryContract } from './directory-contract.ts'
import type { NewPerson } from './directory.ts'
import { MemoryDirectory } from './memory-directory.ts'
import { SqliteDirectory } from './sqlite-directory.ts'

directoryContract('memory', () => new MemoryDirectory())
directoryContract('SQLite', () => new SqliteDirectory(new DatabaseSync(':memory:')))

const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes)

const sofie: NewPerson = {
  person: {
    id: mintId(fillRandom),
    name: 'Sofie',
    email: 'sofie@example.org',
    role: 'member',
    suspended: false,
    personalSpaceId: mintId(fillRandom),
    personalSpaceName: 'Personal',
    invitedTo: null,
    createdAtMs: 1,
  },
  passwordHash: 'digest',
}

it('a database of a newer Plein is left alone', () => {
  const database = new DatabaseSync(':memory:')
  expect(new SqliteDirectory(database)).toBeInstanceOf(SqliteDirectory)
  database.exec('INSERT INTO directory_version VALUES (99)')
  expect(() => new SqliteDirectory(database)).toThrow(/newer version/)
})

it('the audit log can be neither changed nor shortened, by SQL either', async () => {
  const database = new DatabaseSync(':memory:')
  const directory = new SqliteDirectory(database)
  await directory.addPerson(sofie, { atMs: 1, verb: 'person-added', actorId: null, subjectId: null, detail: null })
  expect(() => database.exec('DELETE FROM audit')).toThrow(/append-only/)
  expect(() => database.exec(`UPDATE audit SET verb = 'signed-in'`)).toThrow(/append-only/)
})
