import { describe, expect, it } from 'vitest'
import { SqlIndex } from '../../model/search/sql-index.ts'
import { searchIndexContract } from '../../model/search/search-index-contract.ts'
import { NodeDatabase } from './node-database.ts'

describe('the search index in node:sqlite', () => {
  for (const { title, run } of searchIndexContract) {
    it(title, () => {
      const index = new SqlIndex(new NodeDatabase(':memory:'))
      expect(() => run(index)).not.toThrow()
      index.close()
    })
  }
})
