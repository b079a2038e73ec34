import type { SpaceId } from '../../model/ids.ts'
import type { SpaceChange } from '../../model/request.ts'
import type { SqliteStatements, SqlValue } from './sqlite-statements.ts'
import { emptySpace, StoreTrouble, type NewSpaceRecord } from './store.ts'

export function createSpace(sql: SqliteStatements, space: NewSpaceRecord): void {
  const { spaceId, kind, name, archived, description, icon, parent, joining } = { ...emptySpace, ...space }
  const known = sql.get('SELECT 1 AS one FROM space WHERE space_id = ?', spaceId)
  if (known !== undefined) throw new StoreTrouble('exists', 'There is a space with this id already.')
  sql.run(
    'INSERT INTO space (space_id, kind, name, archived, description, icon, parent_id, joining) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    spaceId,
    kind,
    name,
    archived ? 1 : 0,
    description,
    icon,
    parent,
    joining,
  )
}

export function changeSpace(sql: SqliteStatements, spaceId: SpaceId, change: SpaceChange): void {
  const { name, description, icon, archived, joining } = change
  const set = (column: string, value: SqlValue | undefined) => {
    if (value !== undefined) sql.run(`UPDATE space SET ${column} = ? WHERE space_id = ?`, value, spaceId)
  }
  set('name', name)
  set('description', description)
  set('icon', icon)
  set('archived', archived === undefined ? undefined : Number(archived))
  set('joining', joining)
}
