import { randomFillSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Y from 'yjs'
import { mintId, type DocumentId } from '../../../model/ids.ts'
import { UpdateBatch } from '../../../renderer/documents/update-batch.ts'
import { startChild } from '../child.ts'
import type { BenchOptions, BenchResult } from '../measure.ts'
import { PleinSide, type SideOptions } from '../return/plein-side.ts'

const keystrokes = 60

/**
 * One letter, from the change of the Y.Doc to the server's durable acknowledgement at this laptop, on loopback: the 20 ms in
 * which letters are gathered, the row, the push, the commit with FULL durability, the way back. One letter at a time.
 */
export async function benchAcknowledge({ runs, say }: BenchOptions): Promise<BenchResult> {
  say('From a keystroke to its acknowledgement')
  const dataDir = await mkdtemp(join(tmpdir(), 'plein-bench-'))
  const server = await startChild('return/plein-server.ts', [dataDir])
  try {
    const side = await openSide(await server.ask('where'))
    const ours: number[] = []
    await type(side, 10)
    await server.ask('acknowledgeMs')
    for (let run = 0; run < runs; run += 1) ours.push(...(await type(side, keystrokes)))
    const inServer = (await server.ask('acknowledgeMs')) as readonly number[]
    await side.leave()
    return {
      measures: [
        { what: 'keystroke to durable acknowledgement', unit: 'ms', ours, limit: 30 },
        { what: 'of which the server', unit: 'ms', ours: inServer, limit: 1.5 },
      ],
      notes: ['The laptop of this bench keeps its rows in memory; IndexedDB adds one strict transaction, 1 to 4 ms.'],
    }
  } finally {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function openSide(where: unknown): Promise<PleinSide> {
  const { people, ...place } = where as Omit<SideOptions, 'personId'> & {
    readonly people: readonly SideOptions['personId'][]
  }
  const [personId] = people
  if (personId === undefined) throw new Error('The server of the bench has nobody in its space')
  const side = new PleinSide({ ...place, personId })
  await side.comeBack()
  return side
}

async function type(side: PleinSide, count: number): Promise<readonly number[]> {
  const id = mintId<DocumentId>(randomFillSync)
  const registered = side.heard('acknowledged', 1)
  await side.createPages([id])
  await registered
  const batch = new UpdateBatch({
    storage: side.storage,
    clock: {
      schedule: (ms, task) => {
        const timer = setTimeout(task, ms)
        return () => clearTimeout(timer)
      },
    },
    onCommitted: (rows) => side.committed(rows),
    onTrouble: () => undefined,
  })
  const doc = new Y.Doc()
  doc.on('update', (update: Uint8Array) => batch.add(id, update, 1))
  const times: number[] = []
  for (let i = 0; i < count; i += 1) {
    const acknowledged = side.heard('acknowledged', 1)
    const startedMs = performance.now()
    doc.getText('typed').insert(i, 'a')
    await acknowledged
    times.push(performance.now() - startedMs)
  }
  return times
}
