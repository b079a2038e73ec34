import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { SqlDatabase, SqlValue } from '../../model/search/sql-index.ts'

/** `node:sqlite` as the index knows it. Synchronised at checkpoints only: a power cut may lose what can be made again, and damages nothing. */
export class NodeDatabase implements SqlDatabase {
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(path: string) {
    this.#db = new DatabaseSync(path)
    this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  }

  exec(sql: string): void {
    this.#db.exec(sql)
  }

  run(sql: string, values: readonly SqlValue[]): void {
    this.#statement(sql).run(...values)
  }

  all(sql: string, values: readonly SqlValue[]): readonly Readonly<Record<string, unknown>>[] {
    return this.#statement(sql).all(...values)
  }

  close(): void {
    this.#statements.clear()
    this.#db.close()
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#db.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}
