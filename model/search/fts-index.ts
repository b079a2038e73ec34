import { isPageKind, type PageKind } from '../kinds.ts'
import { parseId, type PageId, type PersonId, type SpaceId } from '../ids.ts'
import { formsOf } from './index-words.ts'
import { parseQuery, type Query, type QueryTerm } from './query.ts'
import { rankHits, type Candidate } from './rank.ts'
import { foldedWords } from './words.ts'
import {
  entryTypes,
  type IndexBatch,
  type SearchEntry,
  type SearchFilter,
  type SearchHit,
  type SearchIndex,
  type SearchRequest,
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

/** Remembered in memory: about as many as an organisation uses. */
const mostLearned = 200_000

/** Raised whenever tables, words, stems or parts change: an index of another version is made again. */
export const indexVersion = 1

/**
 * `words` holds no text, only what is looked for; `texts` is apart so that filtering reads short rows. Tokens are folded before, so
 * that the tokenizer has to cut at spaces only. (With `detail=column`, which is smaller, bm25 answers 0 for a table without
 * content.) Stems and compound parts are kept once per word in `forms` and added to the question: kept per page they tripled the
 * index and the time of filling it.
 */
const tables = `
CREATE TABLE entries (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, page TEXT NOT NULL, space TEXT NOT NULL,
  kind TEXT, owner TEXT, changed REAL NOT NULL, archived INTEGER NOT NULL, title TEXT NOT NULL);
CREATE TABLE texts (n INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE archived (page TEXT PRIMARY KEY, space TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX archived_space ON archived (space);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE lexicon (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE forms (form TEXT NOT NULL, part INTEGER NOT NULL, word TEXT NOT NULL, PRIMARY KEY (form, part, word)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(title, body, content='', contentless_delete=1, prefix='3', tokenize='ascii');
CREATE VIRTUAL TABLE titles USING fts5(title, content='', contentless_delete=1, prefix='3', tokenize='ascii');
`
const tableNames = ['words', 'titles', 'entries', 'texts', 'archived', 'facts', 'lexicon', 'forms']

/** So many of the best by words are ranked with title and age; by their titles, and by everything. */
const mostCandidates = 40
/**
 * Of the pages that hold common words the last changed are ranked, and all whose titles hold them: ranking each of ten thousand
 * takes 10 ms, and words that stand everywhere tell little.
 */
const mostRanked = 1000
/** A word in a title counts this much more than one in a text. */
const titleCounts = 4
/** Words that a term stands for by their forms: more make a question slow and its answer no better. */
const mostForms = 40
/** Found by a part of a word only: after everything that has the word itself. */
const partsCount = 0.2

/** Full text over SQLite FTS5: the same on laptop and server. */
export class FtsIndex implements SearchIndex {
  readonly #db: SqlDatabase
  #mark: string | null
  /** Words whose forms are kept, as far as it is remembered. */
  readonly #learned = new Set<string>()

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
      this.#learned.clear()
      this.#db.exec('ROLLBACK')
      throw error
    }
    this.#mark = mark
  }

  find({ text, filter, limit, nowMs }: SearchRequest): readonly SearchHit[] {
    const query = parseQuery(text)
    if (query.terms.length === 0) return []
    const where = whereOf(filter)
    const most = Math.max(mostCandidates, limit)
    const found = this.#match(this.#expression(query, false), where, most)
    const fits = new Map(found)
    if (fits.size < limit) {
      for (const [n, fit] of this.#match(this.#expression(query, true), where, most)) {
        if (!fits.has(n)) fits.set(n, fit * partsCount)
      }
    }
    const candidates = [...fits].flatMap(([n, fit]) => this.#candidate(n, fit) ?? [])
    return rankHits(candidates, query, { limit, nowMs })
  }

  close(): void {
    this.#db.close()
  }

  /** How well each of the best fits, by its number. */
  #match(expression: string, where: Where, limit: number): ReadonlyMap<number, number> {
    const fits = new Map<number, number>()
    // Titles stand in a table of their own too: finding the few that hold a common word must not read every body that does.
    for (const { n, fit } of this.#ranked('titles', expression, where, limit)) fits.set(n, titleCounts * fit)
    for (const { n, fit } of this.#ranked('words', expression, where, limit)) fits.set(n, (fits.get(n) ?? 0) + fit)
    return fits
  }

  #ranked(table: 'words' | 'titles', expression: string, { sql, values }: Where, limit: number) {
    const rows = this.#db.all(
      `SELECT n, fit FROM (
         SELECT ${table}.rowid AS n, bm25(${table}) AS fit FROM ${table} JOIN entries ON entries.n = ${table}.rowid
         WHERE ${table} MATCH ? ${sql} ORDER BY ${table}.rowid DESC LIMIT ${mostRanked}
       ) ORDER BY fit LIMIT ?`,
      [expression, ...values, limit],
    )
    return rows.map((row) => ({ n: Number(row['n']), fit: -Number(row['fit']) }))
  }

  #candidate(n: number, fit: number): Candidate | undefined {
    const [row] = this.#db.all('SELECT title, changed FROM entries WHERE n = ?', [n])
    if (row === undefined) return undefined
    return { title: String(row['title']), changedAtMs: Number(row['changed']), fit, read: () => this.#read(n) }
  }

  #read(n: number): SearchEntry | undefined {
    const [found] = this.#db.all(
      `SELECT entries.*, text, entries.archived OR EXISTS (SELECT 1 FROM archived WHERE archived.page = entries.page) AS gone
       FROM entries JOIN texts ON texts.n = entries.n WHERE entries.n = ?`,
      [n],
    )
    return found === undefined ? undefined : entryOf(found)
  }

  /** What FTS5 is asked. Folded words hold letters and digits only, so quoting them is enough. */
  #expression({ terms }: Query, withParts: boolean): string {
    return terms.map((term) => `(${this.#alternatives(term, withParts).join(' OR ')})`).join(' AND ')
  }

  #alternatives({ word, stems, isPrefix }: QueryTerm, withParts: boolean): readonly string[] {
    const others = new Set(stems)
    // Of what stands between quotation marks no other form counts.
    if (isPrefix || stems.length > 0)
      for (const other of this.#wordsOfForms([word, ...stems], isPrefix && withParts ? word : null)) others.add(other)
    const exact = [...others].filter((other) => other !== word && !(isPrefix && other.startsWith(word)))
    return [`"${word}"${isPrefix ? '*' : ''}`, ...exact.slice(0, mostForms).map((other) => `"${other}"`)]
  }

  /** Words that have one of the forms; with `prefix` also those whose parts are one of them or begin with it. */
  #wordsOfForms(forms: readonly string[], prefix: string | null): readonly string[] {
    const find = (sql: string, values: readonly SqlValue[]) =>
      this.#db
        .all(`SELECT word FROM forms WHERE ${sql} LIMIT ?`, [...values, mostForms])
        .map((row) => String(row['word']))
    const whole = forms.flatMap((form) => find('form = ? AND part = 0', [form]))
    if (prefix === null) return whole
    const parts = forms.flatMap((form) => find('form = ? AND part = 1', [form]))
    return [...whole, ...parts, ...find('form > ? AND form < ? AND part = 1', [prefix, `${prefix}~`])]
  }

  #put(entry: SearchEntry): void {
    const [known] = this.#db.all(
      'SELECT entries.n AS n, title, text FROM entries JOIN texts ON texts.n = entries.n WHERE id = ?',
      [entry.id],
    )
    const { id, type, pageId, spaceId, kind, ownerId, title, text, changedAtMs, archived } = entry
    const isSame = known?.['title'] === title && known['text'] === text
    // What changed last has the highest number: that is the order in which common words are ranked.
    const n = isSame ? Number(known['n']) : this.#nextNumber()
    if (known !== undefined && !isSame) this.#remove(id)
    this.#db.run('INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', [
      ...[n, id, type, pageId ?? id, spaceId, kind, ownerId, changedAtMs],
      ...[archived ? 1 : 0, title],
    ])
    if (isSame) return
    this.#db.run('INSERT INTO texts VALUES (?, ?)', [n, text])
    const [head, body] = [foldedWords(title), foldedWords(text)]
    this.#learn(head)
    this.#learn(body)
    this.#db.run('INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)', [n, head.join(' '), body.join(' ')])
    this.#db.run('INSERT INTO titles (rowid, title) VALUES (?, ?)', [n, head.join(' ')])
  }

  /** Keeps the forms of words that are new. Words stay when their last page goes: they are found nowhere then. */
  #learn(words: readonly string[]): void {
    for (const word of words) {
      if (this.#learned.has(word)) continue
      if (this.#learned.size >= mostLearned) this.#learned.clear()
      this.#learned.add(word)
      if (this.#db.all('SELECT 1 FROM lexicon WHERE word = ?', [word]).length > 0) continue
      this.#db.run('INSERT INTO lexicon VALUES (?)', [word])
      for (const { form, isPart } of formsOf(word)) {
        this.#db.run('INSERT OR IGNORE INTO forms VALUES (?, ?, ?)', [form, isPart ? 1 : 0, word])
      }
    }
  }

  #nextNumber(): number {
    return Number(this.#db.all('SELECT coalesce(max(n), 0) + 1 AS n FROM entries', [])[0]?.['n'] ?? 1)
  }

  #remove(id: string): void {
    const [known] = this.#db.all('SELECT n FROM entries WHERE id = ?', [id])
    if (known === undefined) return
    const n = Number(known['n'])
    this.#db.run('DELETE FROM words WHERE rowid = ?', [n])
    this.#db.run('DELETE FROM titles WHERE rowid = ?', [n])
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
    return true
  } catch {
    // Whatever is wrong with it: it is made again from the documents.
    return false
  }
}

function makeTables(db: SqlDatabase): void {
  for (const table of tableNames) db.exec(`DROP TABLE IF EXISTS ${table}`)
  db.exec(`BEGIN; ${tables} PRAGMA user_version = ${indexVersion}; COMMIT`)
}

interface Where {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

function whereOf(filter: SearchFilter): Where {
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
  const hidden = 'EXISTS (SELECT 1 FROM archived WHERE archived.page = entries.page)'
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

function kindOf(value: unknown): PageKind | null {
  return isPageKind(value) ? value : null
}
