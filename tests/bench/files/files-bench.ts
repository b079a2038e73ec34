import { createHash, randomFillSync } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { apiPaths, type SignedIn, type SpaceAnswer } from '../../../model/api.ts'
import { openLineProxy, type LineProxy } from '../../support/line-proxy.ts'
import { openTestServer, type TestServer } from '../../support/start-server.ts'
import { startChild } from '../child.ts'
import type { BenchOptions, BenchResult } from '../measure.ts'

const fileMiB = 500
const cuts = 10
const mebibyte = 1024 * 1024
/** The line is away for this long at each cut. */
const awayMs = 100

interface Film {
  readonly path: string
  readonly hash: string
}

/** A film of 500 MB through ten cuts of the line, each after another eleventh of it: ours goes on, one body begins anew. */
export async function benchFiles({ runs, say }: BenchOptions): Promise<BenchResult> {
  say(`A file of ${fileMiB} MiB through ${cuts} cuts of the line`)
  const folder = await mkdtemp(join(tmpdir(), 'plein-bench-files-'))
  const figures = { ours: [] as number[], plain: [] as number[], laptop: [] as number[], server: [] as number[] }
  try {
    for (let run = 0; run < runs; run += 1) {
      const film = await makeFilm(folder, run)
      const { wireMiB, laptopMiB, serverMiB } = await uploadOurs(film)
      figures.ours.push(wireMiB)
      figures.laptop.push(laptopMiB)
      figures.server.push(serverMiB)
      figures.plain.push(await uploadPlain(film))
      await rm(film.path)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return resultOf(figures)
}

function resultOf(figures: Readonly<Record<'ours' | 'plain' | 'laptop' | 'server', readonly number[]>>): BenchResult {
  const { ours, plain, laptop, server } = figures
  const size = { name: 'the file', values: [fileMiB] }
  const body = { name: 'one body that begins anew', values: plain }
  const what = `a file of ${fileMiB} MiB through ${cuts} cuts of the line`
  return {
    measures: [
      { what: `${what}, bytes sent`, unit: 'MiB', ours, peer: size, limit: 1.05 },
      { what: 'the same, against a single body', unit: 'MiB', ours, peer: body, limit: null },
      { what: 'the same, peak memory of the laptop’s side', unit: 'MiB', ours: laptop, limit: 200 },
      { what: 'the same, peak memory of the server', unit: 'MiB', ours: server, limit: 300 },
    ],
    notes: [
      'The file: random bytes on disk, uploaded by the shipped transfer in a process of its own; the server checks its SHA-256. Memory is the whole process, Node included.',
    ],
  }
}

async function makeFilm(folder: string, run: number): Promise<Film> {
  const path = join(folder, `film-${run}`)
  const handle = await open(path, 'wx')
  const digest = createHash('sha256')
  const piece = new Uint8Array(mebibyte)
  for (let at = 0; at < fileMiB; at += 1) {
    randomFillSync(piece)
    digest.update(piece)
    await handle.write(piece)
  }
  await handle.close()
  return { path, hash: digest.digest('hex') }
}

async function uploadOurs(film: Film): Promise<{ wireMiB: number; laptopMiB: number; serverMiB: number }> {
  await using server = await openTestServer()
  await using line = await openLineProxy()
  line.target = Number(new URL(server.url).port)
  const { token, spaceId } = await createOrganisation(server)
  const laptop = await startChild('files/laptop-side.ts')
  try {
    const stopCutting = cutAtEachEleventh(line, fileMiB * mebibyte)
    await laptop.ask('upload', { serverUrl: line.url, token, spaceId, ...film })
    stopCutting()
    const wireMiB = line.sentBytes / mebibyte
    await mustHave(server, { token, spaceId, film })
    return { wireMiB, laptopMiB: Number(await laptop.ask('peakMiB')), serverMiB: peakMiBOf(server.pid) }
  } finally {
    await laptop.stop()
  }
}

/** Cuts the line whenever another eleventh has come over; answers the end of that. */
function cutAtEachEleventh(line: LineProxy, bytes: number): () => void {
  let done = 0
  const timer = setInterval(() => {
    if (done === cuts || line.sentBytes < ((done + 1) * bytes) / (cuts + 1)) return
    done += 1
    line.cut()
    setTimeout(() => line.mend(), awayMs)
  }, 2)
  return () => {
    clearInterval(timer)
    if (done < cuts) throw new Error(`The line was cut ${done} times only`)
  }
}

async function createOrganisation(server: TestServer): Promise<{ token: string; spaceId: string }> {
  const body = { name: 'Bench', personName: 'Bench', email: 'bench@example.org', password: 'drie blauwe fietsen' }
  const headers = { 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body: JSON.stringify(body) }
  const { token } = (await (await fetch(`${server.url}${apiPaths.organisation}`, init)).json()) as SignedIn
  const asked = await fetch(`${server.url}${apiPaths.spaces}`, { headers: { authorization: `Bearer ${token}` } })
  const { spaces } = (await asked.json()) as { spaces: SpaceAnswer[] }
  return { token, spaceId: spaces[0]?.id ?? '' }
}

async function mustHave(
  server: TestServer,
  { token, spaceId, film }: { token: string; spaceId: string; film: Film },
): Promise<void> {
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${server.url}${apiPaths.file(spaceId, film.hash)}`, { headers })
  const digest = createHash('sha256')
  for await (const piece of answer.body ?? []) digest.update(piece)
  if (digest.digest('hex') !== film.hash) throw new Error('The server has another file')
}

/** The most that a process ever held, where the system tells. */
function peakMiBOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return Number.NaN
  }
}

/** The way without parts: the whole file in one body, from its beginning after each cut. MiB sent in all. */
async function uploadPlain({ path }: Film): Promise<number> {
  const sink = createServer((incoming, answer) => {
    incoming.on('error', () => undefined)
    incoming.on('end', () => answer.end())
    incoming.resume()
  })
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve))
  await using line = await openLineProxy()
  line.target = (sink.address() as AddressInfo).port
  let before = 0
  for (let cut = 1; cut <= cuts; cut += 1) {
    const upTo = before + (cut * fileMiB * mebibyte) / (cuts + 1)
    const timer = setInterval(() => line.sentBytes >= upTo && line.cut(), 2)
    await sendWhole(line.url, path)
    clearInterval(timer)
    line.mend()
    before = line.sentBytes
  }
  await sendWhole(line.url, path)
  sink.closeAllConnections()
  sink.close()
  return line.sentBytes / mebibyte
}

/** Resolves when the answer has come or the line broke. */
function sendWhole(url: string, path: string): Promise<void> {
  return new Promise((resolve) => {
    const sending = request(url, { method: 'PUT' }, (answer) => {
      answer.resume().on('end', () => resolve())
    })
    const bytes = createReadStream(path)
    sending.on('error', () => {
      bytes.destroy()
      resolve()
    })
    bytes.pipe(sending)
  })
}
