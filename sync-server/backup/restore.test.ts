import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDataFolder } from '../data-folder.ts'
import { openDatabase } from '../store/open-database.ts'
import { makeBackup } from './make-backup.ts'
import { filePathOf } from './manifest.ts'
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

const backUp = (to: string, dataDir = sample.dataDir) => makeBackup({ dataDir, to, serverVersion: '0.1.0' }, () => 1000)
const restoreWhole = (order: { from: string; dataDir: string }) => restoreBackup({ ...order, withoutDamaged: false })

describe('restoring', () => {
  let restoredTo = ''
  let restores = 0
  beforeEach(() => {
    restores += 1
    restoredTo = join(sample.root, `restored-${restores}`)
  })

  const factsOf = (dataDir: string) => {
    const database = new DatabaseSync(join(dataDir, 'plein.db'), { readOnly: true })
    const [generation, bytes] = [
      database.prepare('SELECT generation FROM generation').get()?.['generation'],
      database.prepare('SELECT bytes FROM log WHERE n = 2').get()?.['bytes'],
    ]
    database.close()
    return { generation, bytes }
  }

  it('brings back all of it under another generation, each time', async () => {
    expect(await restoreWhole({ from: whole, dataDir: restoredTo })).toMatchObject({ ok: true })
    const again = `${restoredTo}-again`
    expect(await restoreWhole({ from: whole, dataDir: again })).toMatchObject({ ok: true })
    const generations = [sample.dataDir, restoredTo, again].map((dir) => factsOf(dir).generation)
    expect(new Set(generations).size).toBe(3)
    expect(factsOf(restoredTo).bytes).toEqual(factsOf(sample.dataDir).bytes)
    expect(await verifyDataFolder(restoredTo)).toEqual({ wrong: [], checkedRecords: 4, checkedFiles: 1 })
    openDatabase(restoredTo, allMigrations).close()
    expect(await verifyBackup(whole)).toMatchObject({ wrong: [] })
  })

  it('forgets uploads that were on their way, whose bytes are in no backup', async () => {
    const dataDir = harmedCopy(sample, 'uploads', (database) => {
      for (const [id, finished] of [
        ['begun', 0],
        ['done', 1],
      ] as const)
        database.prepare('INSERT INTO upload VALUES (?, ?, ?, ?, 1, ?, 1, 1, ?)').run(id, 'p', 's', 'h', '', finished)
    })
    await backUp(`${restoredTo}-from`, dataDir)
    expect(await restoreWhole({ from: `${restoredTo}-from`, dataDir: restoredTo })).toMatchObject({ ok: true })
    const database = new DatabaseSync(join(restoredTo, 'plein.db'))
    expect(database.prepare('SELECT id FROM upload').all()).toEqual([{ id: 'done' }])
    database.close()
  })

  it('takes a folder that is there and empty', async () => {
    mkdirSync(restoredTo)
    expect(await restoreWhole({ from: whole, dataDir: restoredTo })).toMatchObject({ ok: true })
  })

  it('writes over nothing, and says who uses the folder', async () => {
    const before = readFileSync(join(sample.dataDir, 'plein.db'))
    const restored = await restoreWhole({ from: whole, dataDir: sample.dataDir })
    expect(restored).toEqual({ ok: false, error: [expect.stringContaining('is not empty')] })
    const held = openDataFolder(sample.dataDir)
    expect(await restoreWhole({ from: whole, dataDir: sample.dataDir })).toEqual({
      ok: false,
      error: [expect.stringContaining('A Plein server is using')],
    })
    if (held.ok) held.value.release()
    expect(readFileSync(join(sample.dataDir, 'plein.db'))).toEqual(before)
    writeFileSync(restoredTo, '')
    expect(await restoreWhole({ from: whole, dataDir: restoredTo })).toEqual({
      ok: false,
      error: [expect.stringContaining('is not a folder')],
    })
  })

  it('touches nothing for a backup that is not what was written', async () => {
    writeFileSync(join(copy, file), 'b photograph')
    const restored = await restoreWhole({ from: copy, dataDir: restoredTo })
    const advice = expect.stringContaining('--without-damaged')
    expect(restored).toMatchObject({ ok: false, error: [expect.stringContaining(file), advice] })
    expect(existsSync(restoredTo)).toBe(false)
  })

  it('leaves a damaged file out where that is asked for, and never takes a database that is damaged', async () => {
    writeFileSync(join(copy, file), 'b photograph')
    const order = { from: copy, dataDir: restoredTo, withoutDamaged: true }
    const restored = await restoreBackup(order)
    expect(restored).toMatchObject({ ok: true, value: { lacking: [expect.stringContaining(file)] } })
    expect((await verifyDataFolder(restoredTo)).wrong).toEqual([`The file ${hashOf(kept)} is missing.`])
    truncateSync(join(copy, 'plein.db'), 40_960)
    const refused = await restoreBackup({ ...order, dataDir: `${restoredTo}-2` })
    expect(refused).toMatchObject({ ok: false })
    expect(existsSync(`${restoredTo}-2`)).toBe(false)
  })

  it('that was cut leaves a folder that no server opens, and begins anew', async () => {
    mkdirSync(join(restoredTo, 'files/objects'), { recursive: true })
    writeFileSync(join(restoredTo, 'restore-unfinished'), '')
    writeFileSync(join(restoredTo, 'plein.db.restoring'), 'half')
    expect(openDataFolder(restoredTo)).toMatchObject({ ok: false, error: { reason: 'half-restored' } })
    expect(await restoreWhole({ from: whole, dataDir: restoredTo })).toMatchObject({ ok: true })
    expect(readdirSync(restoredTo).toSorted()).toEqual(['files', 'plein.db', 'plein.lock'])
    const opened = openDataFolder(restoredTo)
    expect(opened).toMatchObject({ ok: true })
    if (opened.ok) opened.value.release()
  })
})
