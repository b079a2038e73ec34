import { spawn, type ChildProcess } from 'node:child_process'
import { randomFillSync, randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createInterface } from 'node:readline'
import * as Y from 'yjs'
import { mintId, type DeviceId, type DocumentId, type LogId, type PersonId, type SpaceId } from '../../model/ids.ts'
import { readPieces } from '../../sync-server/document-state.ts'
import { openDatabase } from '../../sync-server/store/open-database.ts'
import { SqliteStore } from '../../sync-server/store/sqlite-store.ts'
import { syncMigrations } from '../../sync-server/store/sync-migrations.ts'
import { LoadDevice } from './load-device.ts'

export interface KillRound {
  readonly round: number
  /** Rows that were sent and not acknowledged when the process was killed; a round with none proves nothing. */
  readonly inFlight: number
  readonly acknowledged: number
  /** Acknowledged rows that the server does not know after its restart. */
  readonly lost: number
}

interface Child {
  readonly process: ChildProcess
  readonly port: number
  readonly spaceId: SpaceId
}

const deviceCount = 3

async function start(dataDir: string, ownerId: PersonId): Promise<Child> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'killed-server.ts'), dataDir, ownerId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('exit', (code) => {
      reject(new Error(`The server ended with ${code} before it was ready`))
    })
  })
  const { port, spaceId } = JSON.parse(line) as { port: number; spaceId: SpaceId }
  return { process: child, port, spaceId }
}

async function kill(child: Child): Promise<void> {
  const ended = new Promise((resolve) => child.process.once('exit', resolve))
  child.process.kill('SIGKILL')
  await ended
}

function makeDevices(ownerId: PersonId, spaceId: SpaceId): readonly LoadDevice[] {
  return Array.from({ length: deviceCount }, () => {
    const ids = {
      logId: mintId<LogId>(randomFillSync),
      deviceId: mintId<DeviceId>(randomFillSync),
      personId: ownerId,
      spaceId,
    }
    return new LoadDevice(mintId<DocumentId>(randomFillSync), ids)
  })
}

/** Waits until each device has been answered, so that the kill falls into the middle of the load, then a random while. */
async function load(devices: readonly LoadDevice[], child: Child): Promise<{ readonly lost: number }> {
  let lost = 0
  for (const device of devices) {
    const { knownRow, isSameChain } = await device.connect(child.port)
    if (!isSameChain) throw new Error('The server knows another row under this number than the device wrote')
    lost += Math.max(0, device.acknowledged - knownRow)
    device.write(knownRow)
  }
  await new Promise((resolve) => setTimeout(resolve, 80 + randomInt(170)))
  return { lost }
}

/**
 * Kills a server under write load with SIGKILL, starts it again on the same data, and compares what devices were told
 * with what it knows. A round that caught nothing in flight is invalid and repeated.
 */
export async function runKillRounds(rounds: number, report: (round: KillRound) => void): Promise<readonly KillRound[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'plein-kill-'))
  const ownerId = mintId<PersonId>(randomFillSync)
  const results: KillRound[] = []
  let child = await start(dataDir, ownerId)
  try {
    const devices = makeDevices(ownerId, child.spaceId)
    for (let attempt = 0; results.length < rounds && attempt < rounds * 3; attempt += 1) {
      const { lost } = await load(devices, child)
      await kill(child)
      const inFlight = devices.reduce((sum, device) => sum + device.inFlight, 0)
      const acknowledged = devices.reduce((sum, device) => sum + device.acknowledged, 0)
      for (const device of devices) device.disconnect()
      child = await start(dataDir, ownerId)
      const previous = results.at(-1)
      if (previous !== undefined && lost > 0) results[results.length - 1] = { ...previous, lost }
      if (inFlight === 0) continue
      const result = { round: results.length + 1, inFlight, acknowledged, lost: 0 }
      results.push(result)
      report(result)
    }
    const last = results.at(-1)
    const { lost } = await load(devices, child)
    if (last !== undefined) results[results.length - 1] = { ...last, lost }
    await kill(child)
    for (const device of devices) device.disconnect()
    await checkTexts(dataDir, devices)
    checkNumbers(dataDir)
    return results
  } finally {
    child.process.kill('SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Every acknowledged word is in the text, in its place, once. */
async function checkTexts(dataDir: string, devices: readonly LoadDevice[]): Promise<void> {
  const database = openDatabase(dataDir, [syncMigrations])
  try {
    const store = new SqliteStore(database)
    for (const device of devices) {
      if (device.refusals.length > 0) throw new Error(`Rows were refused: ${device.refusals.join(', ')}`)
      const doc = await readBack(store, device.documentId)
      const text = doc.getText('prose').toString()
      if (!text.startsWith(device.expectedText())) throw new Error('An acknowledged text is not there')
    }
  } finally {
    database.close()
  }
}

async function readBack(store: SqliteStore, documentId: DocumentId): Promise<Y.Doc> {
  const pieces = await readPieces(store, documentId)
  if (pieces === 'damaged') throw new Error('A record is damaged')
  const doc = new Y.Doc()
  for (const piece of pieces) Y.applyUpdate(doc, piece)
  return doc
}

/** CO2 after all kills: as many numbers as rows that were ever given one, none twice, none left out. */
function checkNumbers(dataDir: string): void {
  const database = new DatabaseSync(join(dataDir, 'plein.db'))
  const spaces = database.prepare('SELECT space_id, head FROM space').all()
  for (const space of spaces) {
    const numbers = database.prepare('SELECT n FROM log WHERE space_id = ? ORDER BY n').all(String(space['space_id']))
    const compacted = database
      .prepare('SELECT max(compacted_to) AS n FROM document WHERE space_id = ?')
      .get(String(space['space_id']))
    const after = numbers.map((row) => Number(row['n'])).filter((n) => n > Number(compacted?.['n'] ?? 0))
    const last = after.at(-1) ?? Number(space['head'])
    if (last !== Number(space['head'])) throw new Error('The head of a space is not its last number')
    if (after.some((n, i) => i > 0 && n !== (after[i - 1] ?? 0) + 1))
      throw new Error('The numbers of a space have a gap')
  }
  database.close()
}

if (import.meta.main) {
  const rounds = Number(process.argv[2] ?? 20)
  const results = await runKillRounds(rounds, ({ round, inFlight, acknowledged }) => {
    console.log(`round ${round}: ${inFlight} rows in flight, ${acknowledged} acknowledged`)
  })
  const lost = results.reduce((sum, result) => sum + result.lost, 0)
  console.log(`${results.length} rounds, ${lost} acknowledged rows lost`)
  process.exitCode = lost === 0 && results.length === rounds ? 0 : 1
}
