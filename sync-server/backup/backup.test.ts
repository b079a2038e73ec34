import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { backUp as backUpInThread } from '../admin-backup.ts'
import { openDatabase } from '../store/open-database.ts'
import { makeBackup } from './make-backup.ts'
import { backupFormat, encodeManifest, filePathOf, parseManifest, type Manifest } from './manifest.ts'
import { allMigrations } from './read-database.ts'
import { restoreBackup } from './restore-backup.ts'
import {
  copyAnew,
  harmedCopy,
  hashOf,
  kept,
  makeSampleData,
  placesIn,
  removeSampleData,
  type SampleData,
} from './sample-data.ts'
import { verifyBackup, verifyDataFolder } from './verify-backup.ts'

let sample: SampleData
/** Whole, and left alone. */
let whole: string
/** A copy of it for one test. */
let copy: string
const file = filePathOf(hashOf(kept))

beforeAll(async () => {
  sample = await makeSampleData()
  ;({ whole, copy } = placesIn(sample))
  await backUp(whole)
})
afterAll(() => removeSampleData(sample))
beforeEach(() => copyAnew(whole, copy))

const backUp = (to: string, dataDir = sample.dataDir) =>
  makeBackup({ dataDir, to, serverVersion: '0.1.0' }, () => Date.UTC(2026, 11, 1, 3))

function readManifest(from: string): Manifest {
  const manifest = parseManifest(readFileSync(join(from, 'manifest.json')), readFileSync(join(from, 'manifest.sha256')))
  if (!manifest.ok) throw new Error(manifest.error)
  return manifest.value
}

function putManifest(to: string, change: object): void {
  const manifest = { ...readManifest(to), ...change }
  for (const [name, text] of Object.entries(encodeManifest(manifest))) writeFileSync(join(to, name), text)
}

describe('a backup', () => {
  it('says what it holds, and is whole', async () => {
    const { parts, ...about } = readManifest(whole)
    expect(about).toMatchObject({
      ...{ format: backupFormat, server: '0.1.0', madeAt: '2026-12-01T03:00:00.000Z', organisation: null, lacking: [] },
      migrations: Object.fromEntries(allMigrations.map(({ owner, migrations }) => [owner, migrations.length])),
      counts: { people: 0, spaces: 1, pages: 1, documents: 1, versions: 1, files: 1 },
    })
    expect(about.generation).toMatch(/^[0-9a-f]{32}$/)
    expect(parts.map(({ path }) => path)).toEqual(['plein.db', file])
    expect(readdirSync(whole).toSorted()).toEqual(['files', 'manifest.json', 'manifest.sha256', 'plein.db'])
    expect(await verifyBackup(whole)).toMatchObject({ wrong: [], lacking: [], checkedRecords: 4, checkedFiles: 1 })
  })

  it('is for its owner alone', () => {
    for (const path of [whole, join(whole, 'files')]) expect(statSync(path).mode & 0o777).toBe(0o700)
    for (const name of ['plein.db', 'manifest.json', file]) expect(statSync(join(whole, name)).mode & 0o777).toBe(0o600)
  })

  it('has what was committed last, and nothing that was deleted', async () => {
    const words = 'words that somebody took back'
    const dataDir = harmedCopy(sample, 'deleted', (database) => {
      database.exec(`CREATE TABLE note (words TEXT); INSERT INTO note VALUES ('${words}'); DELETE FROM note`)
    })
    const live = openDatabase(dataDir, allMigrations)
    live.exec(`UPDATE space SET name = 'Just now'`)
    const to = join(sample.root, 'deleted-backup')
    expect(await backUp(to, dataDir)).toMatchObject({ ok: true })
    live.close()
    expect(readFileSync(join(dataDir, 'plein.db'), 'latin1')).toContain(words)
    expect(readFileSync(join(to, 'plein.db'), 'latin1')).not.toContain(words)
    expect(readFileSync(join(to, 'plein.db'), 'latin1')).toContain('Just now')
  })

  it('is never written over something, into the data folder, nowhere, or from nothing', async () => {
    expect(await backUp(whole)).toEqual({ ok: false, error: expect.stringContaining('is there already') })
    expect(await backUp(join(sample.dataDir, 'b'))).toEqual({ ok: false, error: expect.stringContaining('inside') })
    expect(await backUp(join(sample.root, 'no', 'b'))).toEqual({
      ok: false,
      error: expect.stringContaining('no folder'),
    })
    expect(await backUp(join(sample.root, 'b'), join(sample.root, 'none'))).toEqual({
      ok: false,
      error: expect.stringContaining('No server has kept anything'),
    })
    expect(existsSync(join(sample.root, 'none'))).toBe(false)
    mkdirSync(join(sample.root, 'c.unfinished'))
    expect(await backUp(join(sample.root, 'c'))).toEqual({
      ok: false,
      error: expect.stringContaining('c.unfinished is left'),
    })
  })

  it('leaves nothing behind where it cannot be made', async () => {
    const dataDir = join(sample.root, 'no-database')
    mkdirSync(dataDir)
    writeFileSync(join(dataDir, 'plein.db'), Buffer.alloc(8192, 7))
    const made = await backUp(join(sample.root, 'd'), dataDir)
    expect(made).toEqual({ ok: false, error: expect.stringContaining('is damaged and cannot be copied') })
    expect(readdirSync(sample.root).filter((name) => name.startsWith('d.') || name === 'd')).toEqual([])
  })

  it('is made without a file that is damaged on the server, and names it', async () => {
    const dataDir = harmedCopy(sample, 'lacking', (_database, dir) => {
      const path = join(dir, 'files/objects', hashOf(kept).slice(0, 2), hashOf(kept))
      writeFileSync(path, 'another photograph')
    })
    const to = join(sample.root, 'lacking-backup')
    expect(await backUp(to, dataDir)).toMatchObject({ ok: true, value: { lacking: [hashOf(kept)] } })
    expect(existsSync(join(to, file))).toBe(false)
    expect(await verifyBackup(to)).toMatchObject({ wrong: [], lacking: [expect.stringContaining(hashOf(kept))] })
    expect((await verifyDataFolder(dataDir)).wrong).toEqual([expect.stringContaining(`${hashOf(kept)} is damaged`)])
  })
})

describe('ten thousand pages of 4 KB', () => {
  let many: SampleData
  beforeAll(async () => {
    many = await makeSampleData(10_000, 4096)
  })
  afterAll(() => removeSampleData(many))

  it('are backed up, verified and restored within the time of a test', async () => {
    const [to, dataDir] = [join(many.root, 'backup'), join(many.root, 'restored')]
    expect(await backUp(to, many.dataDir)).toMatchObject({ ok: true, value: { counts: { pages: 10_000 } } })
    expect(await restoreBackup({ from: to, dataDir, withoutDamaged: false })).toMatchObject({
      ok: true,
      value: { lacking: [] },
    })
    expect(await verifyDataFolder(dataDir)).toMatchObject({ wrong: [], checkedRecords: 20_002 })
  })

  it('GE3 are backed up as of one moment, while the server goes on committing', async () => {
    const database = openDatabase(many.dataDir, allMigrations)
    database.exec('CREATE TABLE one (n INTEGER); CREATE TABLE two (n INTEGER)')
    database.exec('INSERT INTO one VALUES (0); INSERT INTO two VALUES (0)')
    const commit = () => database.exec('BEGIN IMMEDIATE; UPDATE one SET n = n + 1; UPDATE two SET n = n + 1; COMMIT')
    const to = join(many.root, 'hot')
    const state = { isDone: false }
    const answer = backUpInThread({ dataDir: many.dataDir, to, serverVersion: '0.1.0' }).finally(() => {
      state.isDone = true
    })
    let commits = 0
    for (; !state.isDone; commits += 1) {
      commit()
      await new Promise((settle) => setImmediate(settle))
    }
    database.close()
    expect(await answer).toMatchObject({ exitCode: 0 })
    const copied = new DatabaseSync(join(to, 'plein.db'), { readOnly: true })
    const [one, two] = ['one', 'two'].map((table) => Number(copied.prepare(`SELECT n FROM ${table}`).get()?.['n']))
    copied.close()
    expect(one).toBe(two)
    expect(one).toBeLessThan(commits)
    // Copying takes as long as some hundreds of commits do.
    expect(commits).toBeGreaterThan(20)
    expect(await verifyBackup(to)).toMatchObject({ wrong: [], lacking: [] })
  })
})

describe('verifying a backup', () => {
  const wrongIn = async () => (await verifyBackup(copy)).wrong

  it('finds and names every flipped bit of the manifest, its sum and a file', async () => {
    for (const name of ['manifest.json', 'manifest.sha256', file]) {
      const bytes = readFileSync(join(whole, name))
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = Buffer.from(bytes)
        flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
        writeFileSync(join(copy, name), flipped)
        expect((await wrongIn()).join(' '), `bit ${bit} of ${name}`).toContain(name)
      }
      writeFileSync(join(copy, name), bytes)
    }
    expect(await wrongIn()).toEqual([])
  })

  it('finds and names a flipped bit anywhere in the database', async () => {
    const bytes = readFileSync(join(whole, 'plein.db'))
    // One in every kibibyte, each in another place of it; the first hundred bytes are SQLite's header.
    const places = [
      ...Array(100).keys(),
      ...Array.from({ length: bytes.length >> 10 }, (_, n) => n * 1024 + (n % 1024)),
    ]
    for (const place of places) {
      const flipped = Buffer.from(bytes)
      flipped.writeUInt8(flipped.readUInt8(place) ^ (1 << (place & 7)), place)
      writeFileSync(join(copy, 'plein.db'), flipped)
      expect((await wrongIn())[0], `byte ${place}`).toBe('plein.db is not what was written: its SHA-256 is another.')
    }
  })

  it.each(['plein.db', file, 'manifest.json', 'manifest.sha256'])(
    'names %s where it is cut short or missing',
    async (name) => {
      truncateSync(join(copy, name), statSync(join(copy, name)).size - 1)
      expect((await wrongIn()).join(' ')).toContain(name)
      rmSync(join(copy, name))
      expect((await wrongIn()).join(' ')).toContain(`${name} is missing`)
    },
  )

  it('finds a database or a file of another backup', async () => {
    const database = new DatabaseSync(join(copy, 'plein.db'))
    database.exec(`UPDATE generation SET generation = 'another'`)
    database.close()
    const bytes = readFileSync(join(copy, 'plein.db'))
    const [, ...files] = readManifest(copy).parts
    const asIfWritten = { path: 'plein.db', sizeBytes: bytes.length, sha256: hashOf(bytes) }
    putManifest(copy, { parts: [asIfWritten, ...files] })
    expect(await wrongIn()).toEqual(['plein.db is of another backup.'])
    putManifest(copy, { parts: [asIfWritten] })
    expect((await wrongIn()).join(' ')).toContain(`${file} is missing: the database has it`)
  })

  it('says of a folder without a manifest that it is no backup', async () => {
    rmSync(join(copy, 'manifest.json'))
    rmSync(join(copy, 'manifest.sha256'))
    expect(await wrongIn()).toEqual([expect.stringContaining('There is no backup in')])
  })

  it('refuses what a newer Plein wrote, and paths that lead elsewhere', async () => {
    putManifest(copy, { format: backupFormat + 1 })
    expect(await wrongIn()).toEqual(['This backup was written by a newer version of Plein. Use that version.'])
    putManifest(copy, { ...readManifest(whole), migrations: { sync: 1000 } })
    expect(await wrongIn()).toEqual(['This backup was written by a newer version of Plein. Use that version.'])
    putManifest(copy, { ...readManifest(whole), migrations: { polls: 1 } })
    expect(await wrongIn()).toEqual(['This backup was written by a newer version of Plein. Use that version.'])
    const [database, part] = readManifest(whole).parts
    for (const path of ['../plein.db', '/etc/passwd', 'files/00/../../x', 'search.db']) {
      for (const [name, text] of Object.entries(
        encodeManifest({ ...readManifest(whole), parts: [database, { ...part, path }] as Manifest['parts'] }),
      ))
        writeFileSync(join(copy, name), text)
      expect(await wrongIn(), path).toEqual(['manifest.json is no manifest of a Plein backup.'])
    }
  })

  it.each([
    ['log', 'bytes', /^Damaged: row 2 of space \w+, document \w+\.$/],
    ['snapshot', 'bytes', /^Damaged: the snapshot of document \w+\.$/],
    ['snapshot', 'state_vector', /^Damaged: the snapshot of document \w+\.$/],
    ['quarantine', 'bytes', /^Damaged: what was set aside of document \w+\.$/],
    ['version', 'bytes', /^Damaged: version \w+ of document \w+\.$/],
  ])('names a record of %s whose %s were damaged on the server already', async (table, column, sentence) => {
    const dataDir = harmedCopy(sample, `record-${table}-${column}`, (database) => {
      database.exec(`UPDATE ${table} SET ${column} = x'0505' WHERE ${column} IS NOT NULL`)
    })
    expect((await verifyDataFolder(dataDir)).wrong).toEqual([expect.stringMatching(sentence)])
    const to = `${dataDir}-backup`
    expect(await backUp(to, dataDir)).toMatchObject({ ok: true })
    expect(await verifyBackup(to)).toMatchObject({ wrong: [], lacking: [expect.stringMatching(sentence)] })
    // The server sets that one aside: the rest is worth restoring, and laptops fill it again.
    expect(await restoreBackup({ from: to, dataDir: `${dataDir}-restored`, withoutDamaged: false })).toMatchObject({
      ok: true,
      value: { lacking: [expect.stringMatching(sentence)] },
    })
  })
})

describe('verifying a data folder', () => {
  it('finds nothing wrong with one that is whole, what lies in the journal included', async () => {
    expect(await verifyDataFolder(sample.dataDir)).toEqual({ wrong: [], checkedRecords: 4, checkedFiles: 1 })
    const dataDir = harmedCopy(sample, 'journal', (database) => {
      database.exec(`PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; UPDATE version SET bytes = x'06'`)
      cpSync(join(sample.root, 'journal'), join(sample.root, 'killed'), { recursive: true })
    })
    expect(dirname(dataDir)).toBe(sample.root)
    const { wrong } = await verifyDataFolder(join(sample.root, 'killed'))
    expect(wrong).toEqual([expect.stringMatching(/^Damaged: version/)])
  })

  it('names what SQLite finds, a record that hangs in the air, and a file that is missing', async () => {
    const torn = harmedCopy(sample, 'torn', () => undefined)
    const bytes = readFileSync(join(torn, 'plein.db'))
    // The number of pages that are free, in SQLite's header.
    bytes.writeUInt32BE(bytes.readUInt32BE(36) + 1, 36)
    writeFileSync(join(torn, 'plein.db'), bytes)
    expect((await verifyDataFolder(torn)).wrong.join(' ')).toMatch(/plein\.db is damaged: /)
    const hanging = harmedCopy(sample, 'hanging', (database) => {
      database.exec('PRAGMA foreign_keys = OFF; DELETE FROM document')
    })
    expect((await verifyDataFolder(hanging)).wrong.join(' ')).toMatch(/names one of document that is not there/)
    const missing = harmedCopy(sample, 'missing', (_database, dir) => rmSync(join(dir, 'files'), { recursive: true }))
    expect((await verifyDataFolder(missing)).wrong).toEqual([`The file ${hashOf(kept)} is missing.`])
  })
})
