import * as Y from 'yjs'
import type { DocumentId, SpaceId } from '../../model/ids.ts'
import { seedOf } from '../../model/seeds.ts'
import { WireDevice } from './wire-device.ts'

/**
 * An honest laptop in a process of its own, so that an attacker's work in the test's process does not count as the
 * server's: writes a word, waits until it is acknowledged, writes the next, and remembers the slowest.
 */

/** What the honest device saw since it was asked before. */
export interface HonestReport {
  readonly worstMs: number
  readonly rounds: number
  /** What went otherwise than acknowledged; empty as long as all is well. */
  readonly troubles: readonly string[]
  /** The documents that were asked for as the server gives them to it, in base64; null where it does not. */
  readonly documents: Readonly<Record<string, string | null>>
  /** What it wrote and was told is on the server. */
  readonly acknowledgedText: string
}

/** A busy typist, ten times over: often enough that no stall falls between two words. */
const pauseMs = 5

const [url, token, spaceId] = process.argv.slice(2)
if (url === undefined || token === undefined || spaceId === undefined)
  throw new Error('honest-process.ts URL TOKEN SPACE')

const device = await WireDevice.open(url, token)
const documentId = await device.register(spaceId as SpaceId, 'page', 'note')
const doc = new Y.Doc()
Y.applyUpdate(doc, seedOf('page', 'note'))
const prose = doc.getText('prose')
let update: Uint8Array = new Uint8Array()
doc.on('update', (written: Uint8Array) => {
  update = written
})
let [worstMs, rounds, acknowledged, begunMs] = [0, 0, 0, Infinity]
let troubles: string[] = []
device.hear((message) => {
  // A feed that is never taken stops at its window.
  if (message.type === 'feed') device.send({ type: 'taken', spaceId: message.spaceId, n: message.to })
})
process.on('message', (ids) => void report(Array.isArray(ids) ? (ids as DocumentId[]) : []))
process.on('disconnect', () => process.exit(0))
process.send?.({ documentId, clientId: doc.clientID, logId: device.logId })
await write()

async function write(): Promise<never> {
  for (;;) {
    begunMs = performance.now()
    prose.insert(prose.length, `${rounds % 10} `)
    const end = await device.push(documentId, update)
    worstMs = Math.max(worstMs, performance.now() - begunMs)
    begunMs = Infinity
    rounds += 1
    if (end === 'acknowledged') acknowledged = prose.length
    else troubles.push(end)
    if (end === 'line-ended') await new Promise(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}

async function report(ids: readonly DocumentId[]): Promise<void> {
  const acknowledgedText = prose.toString().slice(0, acknowledged)
  const documents: Record<string, string | null> = {}
  for (const id of [documentId, ...ids]) {
    const found = await device.fetch(id)
    documents[id] = found === undefined ? null : Buffer.from(found).toString('base64')
  }
  // A round that hangs counts for as long as it has hung.
  worstMs = Math.max(worstMs, performance.now() - begunMs)
  const answer: HonestReport = { worstMs, rounds, troubles, documents, acknowledgedText }
  ;[worstMs, troubles] = [0, []]
  process.send?.(answer)
}
