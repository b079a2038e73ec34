import type { Database, PreparedStatement } from '@sqlite.org/sqlite-wasm'
import type { SqlDatabase, SqlValue } from '../../model/search/fts-index.ts'

/** SQLite in WebAssembly as the index knows it; statements stay prepared, for preparing one takes longer than many a search. */
export class WasmDatabase implements SqlDatabase {
  readonly #db: Database
  readonly #statements = new Map<string, PreparedStatement>()

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
    const rows: Record<string, unknown>[] = []
    try {
      while (statement.step()) rows.push(statement.get({}))
    } finally {
      statement.reset(true)
    }
    return rows
  }

  close(): void {
    for (const statement of this.#statements.values()) statement.finalize()
    this.#statements.clear()
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
