import { parseFileHash, type PersonId, type SpaceId } from '../../model/ids.ts'
import { organisationRoles, spaceRoles, type SpaceRole } from '../../model/permission.ts'
import type { KnownMembership, KnownPerson, PeopleChanges, PersonCard } from './people-store.ts'
import { numberIn, personIdIn, spaceIdIn, textIn, wordIn, type Columns } from './sqlite-columns.ts'
import type { SqliteStatements } from './sqlite-statements.ts'

/** Call inside a transaction. */
export function setMembership(
  sql: SqliteStatements,
  spaceId: SpaceId,
  personId: PersonId,
  role: SpaceRole | null,
): void {
  if (role === null) sql.run('DELETE FROM membership WHERE space_id = ? AND person_id = ?', spaceId, personId)
  else {
    sql.run(
      'INSERT INTO membership (space_id, person_id, role) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET role = excluded.role',
      spaceId,
      personId,
      role,
    )
  }
  sql.run(
    'INSERT INTO membership_change (space_id, person_id, role, n) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET role = excluded.role, n = excluded.n',
    spaceId,
    personId,
    role,
    nextNumber(sql),
  )
}

/** Call inside a transaction. */
export function putPeople(sql: SqliteStatements, people: readonly PersonCard[]): void {
  for (const { personId, name, role, suspended, face } of people) {
    const known = sql.get('SELECT * FROM person_card WHERE person_id = ?', personId)
    const values = [name, role, suspended ? 1 : 0, face] as const
    if (known !== undefined && isSame(known, values)) continue
    sql.run(
      'INSERT OR REPLACE INTO person_card (name, role, suspended, face, person_id, n) VALUES (?, ?, ?, ?, ?, ?)',
      ...values,
      personId,
      nextNumber(sql),
    )
  }
}

export function peopleAfter(sql: SqliteStatements, after: number): PeopleChanges {
  const n = numberIn(sql.mustGet('SELECT n FROM people_number'), 'n')
  return {
    n,
    people: sql.all('SELECT * FROM person_card WHERE n > ? ORDER BY n', after).map(personIn),
    memberships: sql.all('SELECT * FROM membership_change WHERE n > ? ORDER BY n', after).map(membershipIn),
  }
}

function nextNumber(sql: SqliteStatements): number {
  sql.run('UPDATE people_number SET n = n + 1')
  return numberIn(sql.mustGet('SELECT n FROM people_number'), 'n')
}

function isSame(
  known: Columns,
  [name, role, suspended, face]: readonly [string, string, number, string | null],
): boolean {
  return known['name'] === name && known['role'] === role && known['suspended'] === suspended && known['face'] === face
}

function personIn(columns: Columns): KnownPerson {
  return {
    personId: personIdIn(columns),
    name: textIn(columns, 'name'),
    role: wordIn(organisationRoles, columns, 'role'),
    suspended: numberIn(columns, 'suspended') === 1,
    face: parseFileHash(columns['face']) ?? null,
    n: numberIn(columns, 'n'),
  }
}

function membershipIn(columns: Columns): KnownMembership {
  return {
    spaceId: spaceIdIn(columns),
    personId: personIdIn(columns),
    role: columns['role'] === null ? null : wordIn(spaceRoles, columns, 'role'),
    n: numberIn(columns, 'n'),
  }
}
