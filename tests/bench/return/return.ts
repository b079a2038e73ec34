import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChild, type Child } from '../child.ts'
import type { BenchOptions, BenchResult } from '../measure.ts'
import { medianOf } from '../statistics.ts'

interface Return {
  readonly ms: number
  readonly serverCpuMs: number
}

interface PeerSettings {
  readonly name: string
  /** Documents that are being attached at once, per socket and side. */
  readonly batch: number
  readonly sliding: boolean
  readonly sockets: number
  /** The server's own limit; 100 unless somebody lifts it. */
  readonly maxPendingDocuments: number
}

const peerSettings: readonly PeerSettings[] = [
  { name: 'batches of 90 on one socket', batch: 90, sliding: false, sockets: 1, maxPendingDocuments: 100 },
  { name: '90 at a time on one socket, sliding', batch: 90, sliding: true, sockets: 1, maxPendingDocuments: 100 },
  {
    name: 'all at once on one socket, limit lifted',
    batch: 100_000,
    sliding: false,
    sockets: 1,
    maxPendingDocuments: 100_000,
  },
]

const pages = 1000
const manyPages = 10_000

/** Two people changed every page while both were away; both come back at once. */
export async function benchReturn({ runs, say }: BenchOptions): Promise<BenchResult> {
  say(`Coming back with ${pages} pages changed on both sides`)
  await returnOfPlein(100)
  const ours: Return[] = []
  const peers = new Map<PeerSettings, Return[]>(peerSettings.map((settings) => [settings, []]))
  for (let run = 0; run < runs; run += 1) {
    ours.push(await returnOfPlein(pages))
    for (const [settings, returns] of peers) returns.push(await returnOfPeer(pages, settings))
  }
  const [settings, best] = bestOf(peers)
  say(`The same with ${manyPages} pages`)
  const many = await returnOfPlein(manyPages)
  const peer = (values: readonly number[]) => ({ name: `Hocuspocus, ${settings.name}`, values })
  return {
    measures: [
      {
        what: `${pages} pages changed on both sides, until all is everywhere`,
        unit: 'ms',
        ours: ours.map(({ ms }) => ms),
        peer: peer(best.map(({ ms }) => ms)),
        limit: 0.6,
      },
      {
        what: 'the same, CPU of the server',
        unit: 'ms',
        ours: ours.map(({ serverCpuMs }) => serverCpuMs),
        peer: peer(best.map(({ serverCpuMs }) => serverCpuMs)),
        limit: 0.35,
      },
      { what: `${manyPages} pages changed on both sides`, unit: 'ms', ours: [many.ms], limit: null },
    ],
    notes: [...peers].map(([{ name }, returns]) => {
      const ms = medianOf(returns.map((each) => each.ms))
      const cpu = medianOf(returns.map((each) => each.serverCpuMs))
      return `Hocuspocus, ${name}: ${ms.toFixed(0)} ms, ${cpu.toFixed(0)} ms of server CPU.`
    }),
  }
}

function bestOf(peers: ReadonlyMap<PeerSettings, readonly Return[]>): readonly [PeerSettings, readonly Return[]] {
  const timeOf = ([, returns]: readonly [PeerSettings, readonly Return[]]) => medianOf(returns.map(({ ms }) => ms))
  const [best] = [...peers].toSorted((a, b) => timeOf(a) - timeOf(b))
  if (best === undefined) throw new Error('No setting of the peer was tried')
  return best
}

export async function returnOfPlein(count: number): Promise<Return> {
  const dataDir = await mkdtemp(join(tmpdir(), 'plein-bench-'))
  const server = await startChild('return/plein-server.ts', [dataDir])
  const sides = await startChild('return/plein-sides.ts')
  try {
    const where = await server.ask('where')
    await sides.ask('fill', { ...(where as object), pages: count })
    return await comeBack(server, sides, count)
  } finally {
    await sides.ask('leave')
    await sides.stop()
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

export async function returnOfPeer(count: number, settings: PeerSettings): Promise<Return> {
  const server = await startChild('peers/hocuspocus-server.mjs', [String(settings.maxPendingDocuments)])
  const sides = await startChild('peers/hocuspocus-sides.mjs')
  try {
    const where = await server.ask('where')
    await server.ask('fill', count)
    await sides.ask('fill', { ...(where as object), pages: count })
    return await comeBack(server, sides, count, settings)
  } finally {
    await sides.ask('leave')
    await sides.stop()
    await server.stop()
  }
}

async function comeBack(server: Child, sides: Child, count: number, settings: unknown = null): Promise<Return> {
  await untilQuiet(server)
  const before = Number(await server.ask('cpu'))
  const ms = Number(await sides.ask('comeBack', settings))
  const serverCpuMs = Number(await server.ask('cpu')) - before
  const fingerprints = [await server.ask('fingerprint'), ...((await sides.ask('fingerprints')) as readonly unknown[])]
  const words = new Set(fingerprints.map((each) => JSON.stringify(each)))
  if (words.size !== 1 || !JSON.stringify(fingerprints[0]).includes(`:${count},`)) {
    throw new Error(`After coming back, server and sides hold different things: ${[...words].join(' ')}`)
  }
  return { ms, serverCpuMs }
}

/** What filling left to do (titles read for lists, on our side) is no part of coming back: waits until the server rests. */
async function untilQuiet(server: Child): Promise<void> {
  for (let tries = 0, before = Number(await server.ask('cpu')); tries < 60; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 500))
    const now = Number(await server.ask('cpu'))
    if (now - before < 10) return
    before = now
  }
  throw new Error('The server of the bench does not come to rest')
}
