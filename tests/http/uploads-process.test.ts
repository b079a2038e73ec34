import { createHash, randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { rmSync, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import { Upload } from 'tus-js-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { apiPaths, type SignedIn, type SpaceAnswer } from '../../model/api.ts'
import { newDataDir, startProcess, type RunningProcess } from './support/server-process.ts'

const dataDir = newDataDir()
let server: RunningProcess
let token: string
let spaceId: string

beforeAll(async () => {
  server = await startProcess(['--port', '0', '--data', dataDir])
  const body = { name: 'De Werf', personName: 'Sofie', email: 'sofie@example.org', password: 'drie blauwe fietsen' }
  const founder = (await post(apiPaths.organisation, body)) as SignedIn
  token = founder.token
  const { spaces } = (await (await call(apiPaths.spaces)).json()) as { spaces: SpaceAnswer[] }
  spaceId = spaces.find(({ kind }) => kind === 'team')?.id ?? ''
})
afterAll(async () => {
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

const tus = { 'tus-resumable': '1.0.0' }
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

function call(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${server.url}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } })
}

async function post(path: string, body: object): Promise<unknown> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  return (await fetch(`${server.url}${path}`, init)).json()
}

async function begin(bytes: Buffer): Promise<string> {
  const metadata = `hash ${Buffer.from(hashOf(bytes)).toString('base64')}`
  const headers = { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': metadata }
  return (await call(apiPaths.uploads(spaceId), { method: 'POST', headers })).headers.get('location') ?? ''
}

async function offsetOf(path: string): Promise<number> {
  return Number((await call(path, { method: 'HEAD', headers: tus })).headers.get('upload-offset'))
}

/** Sends a part and never ends the request; resolves when the server has written it. */
async function sendAndHang(path: string, part: Buffer, total: number): Promise<() => void> {
  const headers = {
    ...tus,
    authorization: `Bearer ${token}`,
    'upload-offset': '0',
    'content-type': 'application/offset+octet-stream',
    'content-length': String(total),
  }
  const hanging = request(`${server.url}${path}`, { method: 'PATCH', headers })
  hanging.on('error', () => undefined)
  await new Promise<void>((resolve) => hanging.write(part, () => resolve()))
  return () => hanging.destroy()
}

it('an upload goes on after kill -9 of the server in the middle of it', async () => {
  const bytes = randomBytes(3_000_000)
  const path = await begin(bytes)
  const letGo = await sendAndHang(path, bytes.subarray(0, 2_000_000), bytes.length)
  await expect.poll(() => sizeOnDisk(path), { timeout: 20_000 }).toBe(2_000_000)
  server.child.kill('SIGKILL')
  await new Promise((resolve) => server.child.once('close', resolve))
  letGo()
  server = await startProcess(['--port', '0', '--data', dataDir])
  const offset = await offsetOf(path)
  expect(offset).toBe(2_000_000)
  const headers = { ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }
  const answer = await call(path, { method: 'PATCH', headers, body: bytes.subarray(offset) })
  expect(answer.status).toBe(204)
  const file = await call(apiPaths.file(spaceId, hashOf(bytes)))
  expect(hashOf(Buffer.from(await file.arrayBuffer()))).toBe(hashOf(bytes))
})

function sizeOnDisk(path: string): number {
  return statSync(`${dataDir}/files/uploads/${path.split('/').at(-1) ?? ''}`).size
}

it('a laptop that comes back while its broken request still hangs goes on at once', async () => {
  const bytes = randomBytes(1_000_000)
  const path = await begin(bytes)
  const letGo = await sendAndHang(path, bytes.subarray(0, 400_000), bytes.length)
  await expect.poll(() => sizeOnDisk(path), { timeout: 20_000 }).toBe(400_000)
  const offset = await offsetOf(path)
  const headers = { ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }
  expect((await call(path, { method: 'PATCH', headers, body: bytes.subarray(offset) })).status).toBe(204)
  letGo()
  expect((await call(apiPaths.file(spaceId, hashOf(bytes)), { method: 'HEAD' })).status).toBe(200)
})

it('a stock tus client uploads in parts', async () => {
  const bytes = randomBytes(700_000)
  await new Promise<void>((resolve, reject) => {
    const upload = new Upload(Readable.from([bytes]), {
      endpoint: `${server.url}${apiPaths.uploads(spaceId)}`,
      headers: { authorization: `Bearer ${token}` },
      metadata: { hash: hashOf(bytes), filename: 'van een ander programma.bin' },
      chunkSize: 250_000,
      uploadSize: bytes.length,
      onSuccess: () => resolve(),
      onError: reject,
    })
    upload.start()
  })
  const file = await call(apiPaths.file(spaceId, hashOf(bytes)))
  expect(hashOf(Buffer.from(await file.arrayBuffer()))).toBe(hashOf(bytes))
  expect(file.headers.get('content-disposition')).toContain('van een ander programma.bin')
})
