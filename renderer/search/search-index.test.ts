import initSqlite from '@sqlite.org/sqlite-wasm'
import { describe, expect, it } from 'vitest'
import { SqlIndex } from '../../model/search/sql-index.ts'
import { MemoryIndex } from '../../model/search/memory-index.ts'
import { searchIndexContract } from '../../model/search/search-index-contract.ts'
import { WasmDatabase } from './sqlite-wasm.ts'

const sqlite = await initSqlite()

describe.each([
  ['SQLite in WebAssembly', () => new SqlIndex(new WasmDatabase(new sqlite.oo1.DB(':memory:')))],
  ['memory', () => new MemoryIndex()],
])('the search index in %s', (_, open) => {
  for (const { title, run } of searchIndexContract) {
    it(title, () => {
      const index = open()
      expect(() => run(index)).not.toThrow()
      index.close()
    })
  }
})
