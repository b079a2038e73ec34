import { isPageKind, type PageKind } from '../kinds.ts'
import { parseId, type PageId, type PersonId, type SpaceId } from '../ids.ts'
import { indexWords } from './index-words.ts'
import { parseQuery, type Query, type QueryTerm } from './query.ts'
import { rankHits, type Candidate } from './rank.ts'
import type {
  EntryType,
  IndexBatch,
  SearchEntry,
  SearchFilter,
  SearchHit,
  SearchIndex,
  SearchRequest,
} from './search-index.ts'

/** As much of SQLite as the index needs: `node:sqlite` on the server, WebAssembly on a laptop. */
export interface SqlDatabase {
  exec(sql: string): void
  /** Runs one statement; statements are kept prepared. */
  run(sql: string, values: readonly SqlValue[]): void
  all(sql: string, values: readonly SqlValue[]): readonly Readonly<Record<string, unknown>>[]
  close(): void
}

export type SqlValue = string | number | null

/** Raised whenever tables, words, stems or parts change: an index of another version is made again. */
export const indexVersion = 1

/**
 * `words` holds no text, only what is looked for; `texts` is apart so that filtering reads short rows. Tokens are made in
 * `index-words.ts`, so that the tokenizer has to cut at spaces only. (With `detail=column`, which is smaller, bm25 answers 0 for
 * a table without content.)
 */
const tables = `
CREATE TABLE entries (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, page TEXT, space TEXT NOT NULL, kind TEXT,
  owner TEXT, changed REAL NOT NULL, archived INTEGER NOT NULL);
CREATE TABLE texts (n INTEGER PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE archived (page TEXT PRIMARY KEY, space TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX archived_space ON archived (space);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(title, title_parts, body, body_parts, content='', contentless_delete=1,
  prefix='2 3', tokenize='ascii');
`

/** Title, stems and compound parts of the title, body, those of the body. */
const weights = '10.0, 5.0, 1.0, 0.5'
/** So many of the best by words are ranked with title and age. */
const mostCandidates = 100

/** Full text over SQLite FTS5: the same on laptop and server. */
export class FtsIndex implements SearchIndex {
  readonly #db: SqlDatabase
  #mark: string | null

  /** Opens what is there; what is missing, damaged or of another version is made anew, empty. */
  constructor(db: SqlDatabase) {
    this.#db = db
    if (!isUsable(db)) makeTables(db)
    const [fact] = db.all(`SELECT value FROM facts WHERE name = 'mark'`, [])
    this.#mark = typeof fact?.['value'] === 'string' ? fact['value'] : null
  }

  get mark(): string | null {
    return this.#mark
  }

  get count(): number {
    return Number(this.#db.all('SELECT count(*) AS n FROM entries', [])[0]?.['n'] ?? 0)
  }

  ids(): readonly string[] {
    return this.#db.all('SELECT id FROM entries', []).map((row) => String(row['id']))
  }

  write({ put, remove, archivedBySpace, mark }: IndexBatch): void {
    this.#db.exec('BEGIN IMMEDIATE')
    try {
      for (const id of remove) this.#remove(id)
      for (const entry of put) this.#put(entry)
      for (const { spaceId, ids } of archivedBySpace) this.#setArchived(spaceId, ids)
      this.#db.run(`INSERT OR REPLACE INTO facts VALUES ('mark', ?)`, [mark])
      this.#db.exec('COMMIT')
    } catch (error) {
      this.#db.exec('ROLLBACK')
      throw error
    }
    this.#mark = mark
  }

  find({ text, filter, limit, nowMs }: SearchRequest): readonly SearchHit[] {
    const query = parseQuery(text)
    const match = matchOf(query)
    if (match === null) return []
    const { sql, values } = whereOf(filter)
    const rows = this.#db.all(
      `SELECT words.rowid AS n, bm25(words, ${weights}) AS fit FROM words JOIN entries ON entries.n = words.rowid
       WHERE words MATCH ? ${sql} ORDER BY fit LIMIT ?`,
      [match, ...values, Math.max(mostCandidates, limit)],
    )
    return rankHits(this.#candidates(rows), query, { limit, nowMs })
  }

  close(): void {
    this.#db.close()
  }

  #candidates(rows: readonly Readonly<Record<string, unknown>>[]): Candidate[] {
    return rows.flatMap((row) => {
      const [found] = this.#db.all(
        `SELECT entries.*, title, text, entries.archived OR EXISTS (SELECT 1 FROM archived WHERE archived.page = coalesce(entries.page, entries.id)) AS gone
         FROM entries JOIN texts ON texts.n = entries.n WHERE entries.n = ?`,
        [Number(row['n'])],
      )
      const entry = found === undefined ? undefined : entryOf(found)
      return entry === undefined ? [] : [{ entry, fit: -Number(row['fit']) }]
    })
  }

  #put(entry: SearchEntry): void {
    const [known] = this.#db.all(
      'SELECT entries.n AS n, title, text FROM entries JOIN texts ON texts.n = entries.n WHERE id = ?',
      [entry.id],
    )
    const { id, type, pageId, spaceId, kind, ownerId, title, text, changedAtMs, archived } = entry
    const n = known === undefined ? this.#nextNumber() : Number(known['n'])
    this.#db.run('INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', [
      ...[n, id, type, pageId, spaceId, kind, ownerId, changedAtMs],
      archived ? 1 : 0,
    ])
    if (known?.['title'] === title && known['text'] === text) return
    this.#db.run('INSERT OR REPLACE INTO texts VALUES (?, ?, ?)', [n, title, text])
    if (known !== undefined) this.#db.run('DELETE FROM words WHERE rowid = ?', [n])
    const head = indexWords(title)
    const body = indexWords(text)
    this.#db.run('INSERT INTO words (rowid, title, title_parts, body, body_parts) VALUES (?, ?, ?, ?, ?)', [
      ...[n, head.words, head.others, body.words, body.others],
    ])
  }

  #nextNumber(): number {
    return Number(this.#db.all('SELECT coalesce(max(n), 0) + 1 AS n FROM entries', [])[0]?.['n'] ?? 1)
  }

  #remove(id: string): void {
    const [known] = this.#db.all('SELECT n FROM entries WHERE id = ?', [id])
    if (known === undefined) return
    const n = Number(known['n'])
    this.#db.run('DELETE FROM words WHERE rowid = ?', [n])
    this.#db.run('DELETE FROM texts WHERE n = ?', [n])
    this.#db.run('DELETE FROM entries WHERE n = ?', [n])
  }

  #setArchived(spaceId: SpaceId, ids: readonly string[]): void {
    this.#db.run('DELETE FROM archived WHERE space = ?', [spaceId])
    for (const id of ids) this.#db.run('INSERT OR REPLACE INTO archived VALUES (?, ?)', [id, spaceId])
  }
}

function isUsable(db: SqlDatabase): boolean {
  try {
    const version = Number(db.all('PRAGMA user_version', [])[0]?.['user_version'] ?? 0)
    if (version !== indexVersion) return false
    db.all(`SELECT count(*) FROM entries WHERE n IN (SELECT rowid FROM words WHERE words MATCH '"a"')`, [])
    return db.all('PRAGMA quick_check(1)', [])[0]?.['quick_check'] === 'ok'
  } catch {
    // Whatever is wrong with it: it is made again from the documents.
    return false
  }
}

function makeTables(db: SqlDatabase): void {
  for (const table of ['words', 'entries', 'texts', 'archived', 'facts']) db.exec(`DROP TABLE IF EXISTS ${table}`)
  db.exec(`BEGIN; ${tables} PRAGMA user_version = ${indexVersion}; COMMIT`)
}

/** What FTS5 is asked; null where there is nothing to ask. Folded words hold letters and digits only, so quoting them is enough. */
function matchOf({ terms }: Query): string | null {
  return terms.length === 0 ? null : terms.map(matchOfTerm).join(' AND ')
}

function matchOfTerm({ word, stems, isPrefix }: QueryTerm): string {
  // The beginning finds every word that begins so, a stem that is one too.
  const others = stems.filter((stem) => !(isPrefix && stem.startsWith(word)))
  return `(${[`"${word}"${isPrefix ? '*' : ''}`, ...others.map((stem) => `"${stem}"`)].join(' OR ')})`
}

function whereOf(filter: SearchFilter): { readonly sql: string; readonly values: readonly SqlValue[] } {
  const { spaceIds, types, kinds, ownerId, changedAfterMs, archived = false } = filter
  const values: SqlValue[] = []
  const oneOf = (column: string, choices: readonly string[] | undefined) => {
    if (choices === undefined) return ''
    values.push(...choices)
    return ` AND ${column} IN (${choices.map(() => '?').join(', ')})`
  }
  let sql = oneOf('entries.space', spaceIds) + oneOf('entries.type', types) + oneOf('entries.kind', kinds)
  if (ownerId !== undefined) {
    sql += ' AND entries.owner = ?'
    values.push(ownerId)
  }
  if (changedAfterMs !== undefined) {
    sql += ' AND entries.changed >= ?'
    values.push(changedAfterMs)
  }
  const hidden = 'EXISTS (SELECT 1 FROM archived WHERE archived.page = coalesce(entries.page, entries.id))'
  sql += archived ? ` AND (entries.archived OR ${hidden})` : ` AND NOT entries.archived AND NOT ${hidden}`
  return { sql, values }
}

/** Undefined where somebody else wrote into the index. */
function entryOf(row: Readonly<Record<string, unknown>>): SearchEntry | undefined {
  const spaceId = parseId<SpaceId>(row['space'])
  const type = entryTypes.find((each) => each === row['type'])
  if (spaceId === undefined || type === undefined) return undefined
  return {
    ...{ id: String(row['id']), type, spaceId, kind: kindOf(row['kind']) },
    pageId: parseId<PageId>(row['page']) ?? null,
    ownerId: parseId<PersonId>(row['owner']) ?? null,
    title: String(row['title']),
    text: String(row['text']),
    changedAtMs: Number(row['changed']),
    archived: row['gone'] === 1,
  }
}

const entryTypes = ['page', 'comment', 'file'] as const satisfies readonly EntryType[]

function kindOf(value: unknown): PageKind | null {
  return isPageKind(value) ? value : null
}
