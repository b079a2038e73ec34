import type { Database, PreparedStatement } from '@sqlite.org/sqlite-wasm'
import type { SqlDatabase, SqlValue } from '../../model/search/sql-index.ts'

/** SQLite in WebAssembly as the index knows it; statements stay prepared, for preparing one takes longer than many a search. */
export class WasmDatabase implements SqlDatabase {
  readonly #db: Database
  readonly #statements = new Map<string, PreparedStatement>()
  /** Asking for the names of a row's columns takes longer than the row. */
  readonly #columns = new Map<PreparedStatement, readonly string[]>()

  constructor(db: Database) {
    this.#db = db
  }

  exec(sql: string): void {
    this.#db.exec(sql)
  }

  run(sql: string, values: readonly SqlValue[]): void {
    const statement = this.#bound(sql, values)
    try {
      statement.step()
    } finally {
      statement.reset(true)
    }
  }

  all(sql: string, values: readonly SqlValue[]): readonly Readonly<Record<string, unknown>>[] {
    const statement = this.#bound(sql, values)
    let columns = this.#columns.get(statement)
    if (columns === undefined) this.#columns.set(statement, (columns = statement.getColumnNames()))
    const rows: Record<string, unknown>[] = []
    try {
      while (statement.step()) rows.push(Object.fromEntries(columns.map((name, place) => [name, statement.get(place)])))
    } finally {
      statement.reset(true)
    }
    return rows
  }

  close(): void {
    for (const statement of this.#statements.values()) statement.finalize()
    this.#statements.clear()
    this.#columns.clear()
    this.#db.close()
  }

  #bound(sql: string, values: readonly SqlValue[]): PreparedStatement {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#db.prepare(sql)
      this.#statements.set(sql, statement)
    }
    if (values.length > 0) statement.bind([...values])
    return statement
  }
}
