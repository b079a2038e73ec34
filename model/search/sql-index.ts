import { isPageKind, type PageKind } from '../kinds.ts'
import { parseId, type PageId, type PersonId, type SpaceId } from '../ids.ts'
import { formsOf } from './index-words.ts'
import { Matcher } from './matcher.ts'
import { inTitle, packWord, Postings, saidOften, type EntryState } from './postings.ts'
import { parseQuery, type QueryTerm } from './query.ts'
import { rankHits, type Candidate } from './rank.ts'
import { foldedWords } from './words.ts'
import {
  entryTypes,
  type EntryType,
  type IndexBatch,
  type PageComments,
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

export type SqlValue = string | number | null | Uint8Array

/** Raised whenever tables, words, stems or parts change: an index of another version is made again. */
export const indexVersion = 2

/**
 * `hidden` is what the tree of a space has archived; `held` the words of an entry, by their numbers, as `Postings` packs them; stems and
 * compound parts are kept once per word in `forms` and added to the question: kept per page they tripled the index.
 */
const tables = `
CREATE TABLE entries (n INTEGER PRIMARY KEY, archived INTEGER NOT NULL, hidden INTEGER NOT NULL, changed REAL NOT NULL,
  space TEXT NOT NULL, type TEXT NOT NULL, kind TEXT, owner TEXT, page TEXT NOT NULL, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL);
CREATE INDEX entries_page ON entries (page);
CREATE TABLE texts (n INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE held (n INTEGER PRIMARY KEY, words BLOB NOT NULL);
CREATE TABLE archived (page TEXT PRIMARY KEY, space TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX archived_space ON archived (space);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE lexicon (number INTEGER PRIMARY KEY, word TEXT NOT NULL);
CREATE TABLE forms (form TEXT NOT NULL, part INTEGER NOT NULL, word TEXT NOT NULL, PRIMARY KEY (form, part, word)) WITHOUT ROWID;
`
/** Those of earlier versions too. */
const tableNames = 'words titles often entries texts held archived facts lexicon forms'.split(' ')

/** So many of the best by words are ranked with title and age. */
const mostCandidates = 40
/** Words that a term stands for by their forms: more make a question slow and its answer no better. */
const mostForms = 40
/** Found by a part of a word only: after everything that has the word itself. */
const partsCount = 0.2

/** A candidate by its number. */
interface Numbered extends Candidate {
  readonly n: number
}

/**
 * Full text kept in SQLite and looked up in memory: the same on laptop and server. SQLite's own (FTS5) was four times slower than it may
 * be; docs/decisions/0139 has the figures.
 */
export class SqlIndex implements SearchIndex {
  readonly #db: SqlDatabase
  #mark: string | null
  /** Read when it is first needed; null after a write that failed. */
  #postings: Postings | null = null

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

  ids(type: EntryType): readonly string[] {
    return this.#db.all('SELECT id FROM entries WHERE type = ?', [type]).map((row) => String(row['id']))
  }

  someWords(count: number): readonly string[] {
    const [row] = this.#db.all('SELECT count(*) AS words FROM lexicon', [])
    const every = Math.max(1, Math.floor(Number(row?.['words'] ?? 0) / count))
    return this.#db
      .all('SELECT word FROM lexicon WHERE number % ? = 0 LIMIT ?', [every, count])
      .map(({ word }) => String(word))
  }

  write({ put, remove, comments = [], archivedBySpace, mark }: IndexBatch): void {
    this.#db.exec('BEGIN IMMEDIATE')
    try {
      for (const id of remove) this.#removeWithComments(id)
      for (const entry of put) this.#put(entry)
      for (const each of comments) this.#putComments(each)
      for (const { spaceId, ids } of archivedBySpace) this.#setArchived(spaceId, ids)
      this.#db.run(`INSERT OR REPLACE INTO facts VALUES ('mark', ?)`, [mark])
      this.#db.exec('COMMIT')
    } catch (error) {
      this.#postings = null
      this.#db.exec('ROLLBACK')
      throw error
    }
    this.#mark = mark
  }

  find({ text, filter, limit, nowMs }: SearchRequest): readonly SearchHit[] {
    const query = parseQuery(text)
    if (query.terms.length === 0) return []
    const among = {
      state: filter.archived === true ? 'archived' : 'shown',
      allowed: this.#allowed(filter),
      most: Math.max(mostCandidates, limit),
    } as const
    const others = query.terms.map((term) => this.#others(term, false))
    const asked = query.terms.map((term, place) => ({ ...term, others: others[place] ?? new Set<string>() }))
    const fits = new Map(this.#words.find(asked, among))
    if (fits.size < limit) {
      for (const term of asked) for (const other of this.#others(term, true)) term.others.add(other)
      for (const [n, fit] of this.#words.find(asked, among)) if (!fits.has(n)) fits.set(n, fit * partsCount)
    }
    return rankHits(this.#candidates(fits), (some) => this.#read(some), new Matcher(query, others), { limit, nowMs })
  }

  close(): void {
    this.#db.close()
  }

  get #words(): Postings {
    return (this.#postings ??= readPostings(this.#db))
  }

  /** Numbers of the entries that may be found; undefined where nothing but the words is asked. */
  #allowed(filter: SearchFilter): ReadonlySet<number> | undefined {
    const { sql, values } = whereOf(filter)
    if (sql === '') return undefined
    // In one row: a step for each number would take longer than finding them.
    const [row] = this.#db.all(`SELECT group_concat(n) AS numbers FROM entries WHERE ${sql}`, values)
    const numbers = row?.['numbers']
    return new Set(typeof numbers === 'string' ? numbers.split(',').map(Number) : [])
  }

  /** Many rows in one: each step and each column takes longer on the way out of WebAssembly than to be found. */
  #rows(columns: string, tablesAndCondition: string, values: readonly SqlValue[]): readonly (readonly unknown[])[] {
    const [row] = this.#db.all(
      `SELECT json_group_array(json_array(${columns})) AS found FROM ${tablesAndCondition}`,
      values,
    )
    const rows: unknown = JSON.parse(String(row?.['found']))
    return Array.isArray(rows) ? (rows as readonly (readonly unknown[])[]) : []
  }

  #candidates(fits: ReadonlyMap<number, number>): readonly Numbered[] {
    const among = 'json_each(?) JOIN entries ON entries.n = json_each.value'
    return this.#rows('n, title, changed', among, [JSON.stringify([...fits.keys()])]).map((row) => {
      const [n, title, changed] = row
      return { n: Number(n), title: String(title), changedAtMs: Number(changed), fit: fits.get(Number(n)) ?? 0 }
    })
  }

  #read(some: readonly Numbered[]): readonly SearchEntry[] {
    const among = 'json_each(?) JOIN entries ON entries.n = json_each.value JOIN texts ON texts.n = entries.n'
    const numbers = JSON.stringify(some.map(({ n }) => n))
    const rows = this.#rows(`json_each.key, ${entryColumns}, text`, among, [numbers])
    // In the order in which they were asked for.
    return rows.toSorted(([a], [b]) => Number(a) - Number(b)).flatMap((row) => entryOf(row) ?? [])
  }

  /** What else answers the term, of the words that begin otherwise. */
  #others({ word, stems, isPrefix }: QueryTerm, withParts: boolean): Set<string> {
    // Of what stands between quotation marks no other form counts.
    if (!isPrefix && stems.length === 0) return new Set()
    const found = this.#wordsOfForms([word, ...stems], isPrefix && withParts ? word : null)
    const others = [...new Set([...stems, ...found])]
    return new Set(
      others.filter((other) => other !== word && !(isPrefix && other.startsWith(word))).slice(0, mostForms),
    )
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
    // What changed last has the highest number: of two that fit alike it comes first.
    const n = isSame ? Number(known['n']) : this.#words.last + 1
    if (isSame) this.#db.run('DELETE FROM entries WHERE n = ?', [n])
    else if (known !== undefined) this.#remove(id)
    const hidden = this.#db.all('SELECT 1 FROM archived WHERE page = ?', [pageId ?? id]).length
    this.#db.run('INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', [
      ...[n, archived ? 1 : 0, hidden, changedAtMs, spaceId, type, kind, ownerId],
      ...[pageId ?? id, id, title],
    ])
    this.#words.setState(n, stateOf(archived, hidden === 1))
    if (isSame) return
    this.#db.run('INSERT INTO texts VALUES (?, ?)', [n, text])
    const packed = Uint32Array.from(wordsOf(title, text), ([word, bits]) => packWord(this.#learn(word), bits))
    this.#words.add(n, packed)
    this.#db.run('INSERT INTO held VALUES (?, ?)', [n, new Uint8Array(packed.buffer)])
  }

  /** The number of a word; what it is found by is kept when it is new. Words stay when their last page goes: they are found nowhere then. */
  #learn(word: string): number {
    const { number, isNew } = this.#words.numberOf(word)
    if (!isNew) return number
    this.#db.run('INSERT INTO lexicon VALUES (?, ?)', [number, word])
    for (const { form, isPart } of formsOf(word)) {
      this.#db.run('INSERT OR IGNORE INTO forms VALUES (?, ?, ?)', [form, isPart ? 1 : 0, word])
    }
    return number
  }

  #putComments({ pageId, entries }: PageComments): void {
    const kept = new Set(entries.map(({ id }) => id))
    const known = this.#db.all(`SELECT id FROM entries WHERE page = ? AND type = 'comment'`, [pageId])
    for (const { id } of known) if (!kept.has(String(id))) this.#remove(String(id))
    for (const entry of entries) this.#put(entry)
  }

  #removeWithComments(id: string): void {
    this.#remove(id)
    for (const each of this.#db.all('SELECT id FROM entries WHERE page = ?', [id])) this.#remove(String(each['id']))
  }

  #remove(id: string): void {
    const [known] = this.#db.all('SELECT n FROM entries WHERE id = ?', [id])
    if (known === undefined) return
    const n = Number(known['n'])
    this.#words.setState(n, 'gone')
    this.#db.run('DELETE FROM held WHERE n = ?', [n])
    this.#db.run('DELETE FROM texts WHERE n = ?', [n])
    this.#db.run('DELETE FROM entries WHERE n = ?', [n])
  }

  #setArchived(spaceId: SpaceId, ids: readonly string[]): void {
    const before = this.#db.all('SELECT page FROM archived WHERE space = ?', [spaceId])
    const hide = (hidden: 0 | 1, page: string) => {
      this.#db.run('UPDATE entries SET hidden = ? WHERE page = ?', [hidden, page])
      for (const { n, archived } of this.#db.all('SELECT n, archived FROM entries WHERE page = ?', [page]))
        this.#words.setState(Number(n), stateOf(archived === 1, hidden === 1))
    }
    for (const { page } of before) hide(0, String(page))
    this.#db.run('DELETE FROM archived WHERE space = ?', [spaceId])
    for (const id of ids) {
      this.#db.run('INSERT OR REPLACE INTO archived VALUES (?, ?)', [id, spaceId])
      hide(1, id)
    }
  }
}

function stateOf(archived: boolean, hidden: boolean): EntryState {
  return archived || hidden ? 'archived' : 'shown'
}

function readPostings(db: SqlDatabase): Postings {
  const postings = new Postings()
  const [lexicon] = db.all(
    `SELECT group_concat(word, ' ') AS words FROM (SELECT word FROM lexicon ORDER BY number)`,
    [],
  )
  const words = lexicon?.['words']
  if (typeof words === 'string') for (const word of words.split(' ')) postings.numberOf(word)
  for (const { n, words: packed } of db.all('SELECT n, words FROM held', [])) {
    postings.setState(Number(n), 'shown')
    // A copy of its own: numbers of four bytes must begin at a fourth byte.
    if (packed instanceof Uint8Array) postings.add(Number(n), new Uint32Array(packed.slice().buffer))
  }
  for (const { n } of db.all('SELECT n FROM entries WHERE archived OR hidden', []))
    postings.setState(Number(n), 'archived')
  return postings
}

/** The words of an entry with what `packWord` tells of them. */
function wordsOf(title: string, text: string): ReadonlyMap<string, number> {
  const body = foldedWords(text)
  const words = new Map(body.map((word) => [word, 0]))
  for (const word of whatIsSaidOften(body)) words.set(word, saidOften)
  for (const word of foldedWords(title)) words.set(word, (words.get(word) ?? 0) | inTitle)
  return words
}

/** What a text is about, as far as counting tells: a word twice in a note of a hundred words, 17 times in ten thousand. */
function whatIsSaidOften(words: readonly string[]): readonly string[] {
  const enough = Math.max(2, Math.ceil(Math.sqrt(words.length) / 6))
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].flatMap(([word, count]) => (count >= enough ? [word] : []))
}

function isUsable(db: SqlDatabase): boolean {
  try {
    const version = Number(db.all('PRAGMA user_version', [])[0]?.['user_version'] ?? 0)
    if (version !== indexVersion) return false
    db.all('SELECT count(*) FROM entries JOIN held USING (n)', [])
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

/** Archived ones are told apart by their state. */
function whereOf(filter: SearchFilter): Where {
  const { spaceIds, types, kinds, ownerId, changedAfterMs } = filter
  const values: SqlValue[] = []
  const asked: string[] = []
  const oneOf = (column: string, choices: readonly string[] | undefined) => {
    if (choices === undefined) return
    asked.push(`${column} IN (${choices.map(() => '?').join(', ')})`)
    values.push(...choices)
  }
  oneOf('space', spaceIds)
  oneOf('type', types)
  oneOf('kind', kinds)
  oneOf('owner', ownerId === undefined ? undefined : [ownerId])
  if (changedAfterMs !== undefined) {
    asked.push('changed >= ?')
    values.push(changedAfterMs)
  }
  return { sql: asked.join(' AND '), values }
}

const entryColumns = 'entries.id, entries.type, page, space, kind, owner, changed, archived OR hidden, title'

/** Undefined where somebody else wrote into the index. */
function entryOf(row: readonly unknown[]): SearchEntry | undefined {
  const [, id, typeName, page, space, kind, owner, changed, archived, title, text] = row
  const spaceId = parseId<SpaceId>(space)
  const type = entryTypes.find((each) => each === typeName)
  if (spaceId === undefined || type === undefined) return undefined
  return {
    ...{ id: String(id), type, spaceId, kind: kindOf(kind), title: String(title), text: String(text) },
    pageId: parseId<PageId>(page) ?? null,
    ownerId: parseId<PersonId>(owner) ?? null,
    changedAtMs: Number(changed),
    archived: archived === 1,
  }
}

function kindOf(value: unknown): PageKind | null {
  return isPageKind(value) ? value : null
}
