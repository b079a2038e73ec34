import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { troubleOf } from './open-database.ts'
import type { Columns } from './sqlite-columns.ts'
import { StoreTrouble } from './store.ts'

export type SqlValue = string | number | null | Uint8Array

/** Prepared statements of one database, kept by their text. Throws StoreTrouble and nothing else. */
export class SqliteStatements {
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  forget(): void {
    this.#statements.clear()
  }

  /** All of it or nothing. */
  transaction<T>(work: () => T): T {
    this.run('BEGIN IMMEDIATE')
    try {
      const value = work()
      this.run('COMMIT')
      return value
    } catch (cause) {
      // SQLite has rolled back by itself after some errors, a full disk among them.
      if (this.#database.isTransaction) this.run('ROLLBACK')
      throw troubleOf(cause)
    }
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#database.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }

  /** @returns how many rows it changed */
  run(sql: string, ...values: readonly SqlValue[]): number {
    return guarded(() => Number(this.#statement(sql).run(...values).changes))
  }

  get(sql: string, ...values: readonly SqlValue[]): Columns | undefined {
    return guarded(() => this.#statement(sql).get(...values))
  }

  mustGet(sql: string): Columns {
    const columns = this.get(sql)
    if (columns === undefined)
      throw new StoreTrouble('rejected', 'The database lacks a record that Plein always writes.')
    return columns
  }

  all(sql: string, ...values: readonly SqlValue[]): readonly Columns[] {
    return guarded(() => this.#statement(sql).all(...values))
  }

  *iterate(sql: string, ...values: readonly SqlValue[]): Generator<Columns> {
    // Not cached: a statement that is being stepped through must not be started anew elsewhere.
    const statement = guarded(() => this.#database.prepare(sql))
    try {
      yield* statement.iterate(...values)
    } catch (cause) {
      throw troubleOf(cause)
    }
  }
}

function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw troubleOf(cause)
  }
}
