import initSqlite, { type SAHPoolUtil, type Sqlite3Static } from '@sqlite.org/sqlite-wasm'
import type { OrganisationId } from '../../model/ids.ts'
import { SqlIndex } from '../../model/search/sql-index.ts'
import { MemoryIndex } from '../../model/search/memory-index.ts'
import type { SearchIndex } from '../../model/search/search-index.ts'
import { WasmDatabase } from './sqlite-wasm.ts'

const folder = 'plein-search'
const fileName = '/index.sqlite'
/** The worker of the window that led before lets go of its files when it is gone: within this time. */
const handleTries = 20
const handleWaitMs = 150

/**
 * Opens the index of an organisation: in files of this origin, else in SQLite's memory, else in plain memory. Each finds the same;
 * the later ones are filled again at every start. `fresh` throws away what is stored.
 */
export async function openIndex(
  organisationId: OrganisationId,
  { fresh }: { readonly fresh: boolean },
): Promise<SearchIndex> {
  const sqlite = await initSqlite().catch(asMissing)
  if (sqlite === undefined) return new MemoryIndex()
  const pool = await openPool(sqlite, organisationId).catch(asMissing)
  if (pool === undefined) return new SqlIndex(new WasmDatabase(new sqlite.oo1.DB(':memory:')))
  try {
    if (fresh) await pool.wipeFiles()
    return openStored(pool)
  } catch (error) {
    console.warn('The search index is made again', error)
    await pool.wipeFiles()
    return openStored(pool)
  }
}

/** Removes the indexes of organisations that are not on this laptop any more. */
export async function removeOtherIndexes(kept: readonly OrganisationId[]): Promise<void> {
  try {
    const root = await navigator.storage.getDirectory()
    const indexes = await root.getDirectoryHandle(folder)
    const keep = new Set<string>(kept)
    for await (const name of indexes.keys()) if (!keep.has(name)) await indexes.removeEntry(name, { recursive: true })
  } catch (error) {
    // There are none, or one is open in another window: the next start looks again.
    asMissing(error)
  }
}

function openStored(pool: SAHPoolUtil): SqlIndex {
  const db = new pool.OpfsSAHPoolDb(fileName)
  try {
    // One worker has these files; a power cut may lose what can be made again, a killed worker loses nothing.
    db.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -48000; PRAGMA temp_store = MEMORY',
    )
    return new SqlIndex(new WasmDatabase(db))
  } catch (error) {
    db.close()
    throw error
  }
}

async function openPool(sqlite: Sqlite3Static, organisationId: OrganisationId): Promise<SAHPoolUtil> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await sqlite.installOpfsSAHPoolVfs({
        name: `plein-search-${organisationId}-${tries}`,
        directory: `/${folder}/${organisationId}`,
        preserveOnInitFailure: true,
      })
    } catch (error) {
      if (tries >= handleTries || !isInUse(error)) throw error
      await new Promise((resolve) => {
        setTimeout(resolve, handleWaitMs)
      })
    }
  }
}

function isInUse(error: unknown): boolean {
  return (
    error instanceof Error && (error.name === 'NoModificationAllowedError' || error.message.includes('Access Handle'))
  )
}

/** This browser has it not, or not now. Search works, it only begins anew at each start. */
function asMissing(error: unknown): undefined {
  console.warn('Search goes on without it:', error)
  return undefined
}
