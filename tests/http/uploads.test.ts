import { createHash, randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import { join as joinPath } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { apiPaths, type FilesAnswer, type SignedIn, type SpaceAnswer } from '../../model/api.ts'
import {
  bodyOf,
  createOrganisation,
  createSpace,
  expectProblem,
  join,
  openTestServer,
  setRole,
  type Answer,
  type Organisation,
  type TestServer,
} from './support/test-server.ts'

let server: TestServer
let organisation: Organisation
let space: SpaceAnswer
let person: SignedIn

beforeAll(async () => {
  server = await openTestServer()
  organisation = await createOrganisation(server)
})
afterAll(() => server.close())
beforeEach(async () => {
  person = await join(server, organisation)
  space = await createSpace(server, person)
})

const tus = { 'tus-resumable': '1.0.0' }
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const encoded = (text: string) => Buffer.from(text).toString('base64')

function begin(bytes: Buffer, more: { headers?: Record<string, string>; as?: SignedIn; hash?: string } = {}) {
  return server.call(apiPaths.uploads(space.id), {
    method: 'POST',
    token: (more.as ?? person).token,
    headers: {
      ...tus,
      'upload-length': String(bytes.length),
      'upload-metadata': `hash ${encoded(more.hash ?? hashOf(bytes))},name ${encoded('verslag.bin')}`,
      ...more.headers,
    },
  })
}

function send(path: string, bytes: Buffer, offset: number, as = person): Promise<Answer> {
  const headers = { ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }
  return server.call(path, { method: 'PATCH', token: as.token, body: bytes, headers })
}

function ask(path: string, as = person): Promise<Answer> {
  return server.call(path, { method: 'HEAD', token: as.token, headers: tus })
}

function pathIn(answer: Answer): string {
  expect(answer.status, answer.text).toBe(201)
  return String(answer.headers['location'])
}

const fetchFile = (bytes: Buffer) => server.call(apiPaths.file(space.id, hashOf(bytes)), { token: person.token })
const partsOnDisk = () => readdirSync(joinPath(server.services.config.dataDir, 'files', 'uploads'))

describe('an upload', () => {
  it('in parts is a file when its last part is here, and not before', async () => {
    const bytes = randomBytes(300_000)
    const path = pathIn(await begin(bytes))
    expect((await send(path, bytes.subarray(0, 100_000), 0)).headers['upload-offset']).toBe('100000')
    expectProblem(await fetchFile(bytes), 404, 'unknown-file')
    expect((await ask(path)).headers).toMatchObject({ 'upload-offset': '100000', 'upload-length': '300000' })
    expect((await send(path, bytes.subarray(100_000), 100_000)).status).toBe(204)
    expect((await fetchFile(bytes)).bytes.equals(bytes)).toBe(true)
    expect((await ask(path)).headers['upload-offset']).toBe('300000')
    const { files } = bodyOf<FilesAnswer>(await server.call(apiPaths.files(space.id), { token: person.token }))
    expect(files).toEqual([expect.objectContaining({ id: hashOf(bytes), name: 'verslag.bin', sizeBytes: 300_000 })])
  })

  it('may bring its bytes along with its beginning', async () => {
    const bytes = randomBytes(2000)
    const answer = await server.call(apiPaths.uploads(space.id), {
      method: 'POST',
      token: person.token,
      body: bytes,
      headers: {
        ...tus,
        'content-type': 'application/offset+octet-stream',
        'upload-length': '2000',
        'upload-metadata': `hash ${encoded(hashOf(bytes))}`,
      },
    })
    expect(answer.headers['upload-offset']).toBe('2000')
    expect((await fetchFile(bytes)).bytes.equals(bytes)).toBe(true)
  })

  it('whose bytes are not those of its hash is refused and removed', async () => {
    const bytes = randomBytes(1000)
    const path = pathIn(await begin(bytes, { hash: hashOf(Buffer.from('other')) }))
    expectProblem(await send(path, bytes, 0), 422, 'hash-mismatch')
    expectProblem(await server.call(path, { method: 'DELETE', token: person.token }), 404, 'unknown-upload')
    expect(partsOnDisk()).not.toContain(path.split('/').at(-1))
  })

  it('of the same file again goes on where it was', async () => {
    const bytes = randomBytes(5000)
    const path = pathIn(await begin(bytes))
    await send(path, bytes.subarray(0, 2000), 0)
    const again = await begin(bytes)
    expect([pathIn(again), again.headers['upload-offset']]).toEqual([path, '2000'])
  })

  it('at another offset than it is at is a conflict, and loses nothing', async () => {
    const bytes = randomBytes(5000)
    const path = pathIn(await begin(bytes))
    await send(path, bytes.subarray(0, 2000), 0)
    expectProblem(await send(path, bytes.subarray(1000), 1000), 409, 'upload-conflict')
    expect((await send(path, bytes.subarray(2000), 2000)).status).toBe(204)
    expect((await fetchFile(bytes)).bytes.equals(bytes)).toBe(true)
  })

  it('with more bytes than it said is refused', async () => {
    const bytes = randomBytes(1000)
    const path = pathIn(await begin(bytes))
    expectProblem(await send(path, Buffer.concat([bytes, bytes]), 0), 413, 'too-large')
  })

  it('belongs to one person in one space', async () => {
    const bytes = randomBytes(1000)
    const path = pathIn(await begin(bytes))
    const other = await join(server, organisation)
    await setRole(server, person, { space, person: other, role: 'owner' })
    expectProblem(await send(path, bytes, 0, other), 404, 'unknown-upload')
    expect((await ask(path, other)).status).toBe(404)
    const elsewhere = await createSpace(server, person)
    const id = path.split('/').at(-1) ?? ''
    expectProblem(await send(apiPaths.upload(elsewhere.id, id), bytes, 0), 404, 'unknown-upload')
  })

  it('that is given up leaves nothing', async () => {
    const bytes = randomBytes(1000)
    const path = pathIn(await begin(bytes))
    expect((await server.call(path, { method: 'DELETE', token: person.token, headers: tus })).status).toBe(204)
    expect((await ask(path)).status).toBe(404)
    expect(partsOnDisk()).not.toContain(path.split('/').at(-1))
  })
})

describe('hostile requests', () => {
  it.each([
    { 'upload-length': '-1' },
    { 'upload-length': '1e3' },
    { 'upload-length': '0' },
    { 'upload-length': '9'.repeat(400) },
    { 'upload-metadata': 'hash' },
    { 'upload-metadata': `hash ${encoded('../../plein.db')}` },
    { 'upload-metadata': '%%%' },
    { 'tus-resumable': '0.0.1' },
    { 'upload-defer-length': '1' },
    { 'upload-concat': 'final;/a /b' },
  ])('%j is refused in words', async (headers) => {
    const answer = await begin(randomBytes(10), { headers: headers as unknown as Record<string, string> })
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect([400, 413]).toContain(answer.status)
  })

  it.each(['..%2f..%2fplein.db', 'a%00b', 'objects', 'A'.repeat(26)])('no path leads out: %s', async (id) => {
    const path = `${apiPaths.uploads(space.id)}/${id}`
    expect((await ask(path)).status).toBe(404)
    expectProblem(await send(path, Buffer.from('x'), 0), 404, 'unknown-upload')
  })

  it('a file larger than the server takes is refused before a byte is sent', async () => {
    const headers = { 'upload-length': String(server.services.uploads.limits.fileBytes + 1) }
    expectProblem(await begin(randomBytes(10), { headers }), 413, 'too-large')
  })

  it('one person cannot begin more than the quota, and can again once something is finished', async () => {
    const large = { 'upload-length': String(server.services.uploads.limits.fileBytes) }
    const first = pathIn(await begin(randomBytes(10), { headers: large }))
    pathIn(await begin(randomBytes(10), { headers: large }))
    const refused = await begin(randomBytes(10), { headers: large })
    expectProblem(refused, 429, 'upload-quota')
    expect(refused.headers['retry-after']).toBe('60')
    await server.call(first, { method: 'DELETE', token: person.token })
    pathIn(await begin(randomBytes(10), { headers: large }))
  })

  it('a reader cannot upload', async () => {
    const reader = await join(server, organisation, 'guest')
    await setRole(server, person, { space, person: reader, role: 'commenter' })
    expectProblem(await begin(randomBytes(10), { as: reader }), 403, 'forbidden')
  })
})

describe('time', () => {
  it('uploads that nobody went on with for a fortnight are removed, others stay', async () => {
    const bytes = randomBytes(1000)
    const path = pathIn(await begin(bytes))
    const { uploads, clock } = server.services
    await uploads.sweep()
    expect((await ask(path)).status).toBe(200)
    const now = clock.nowMs()
    Object.assign(clock, { nowMs: () => now + uploads.limits.expiresAfterMs + 1 })
    await uploads.sweep()
    Object.assign(clock, { nowMs: () => Date.now() })
    expect((await ask(path)).status).toBe(404)
    expect(partsOnDisk()).not.toContain(path.split('/').at(-1))
  })
})

describe('a line that breaks in the middle of a part', () => {
  it('leaves what came, ends nothing, and the rest makes the file', async () => {
    const address = await server.app.listen({ port: 0, host: '127.0.0.1' })
    const bytes = randomBytes(400_000)
    const path = pathIn(await begin(bytes))
    await new Promise<void>((resolve) => {
      const headers = {
        ...tus,
        authorization: `Bearer ${person.token}`,
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
        'content-length': String(bytes.length),
      }
      const broken = request(`${address}${path}`, { method: 'PATCH', headers })
      broken.on('error', () => resolve())
      broken.write(bytes.subarray(0, 150_000), () => broken.destroy())
    })
    const asked = await fetch(`${address}${path}`, {
      method: 'HEAD',
      headers: { ...tus, authorization: `Bearer ${person.token}` },
    })
    const offset = Number(asked.headers.get('upload-offset'))
    expect(offset).toBeLessThanOrEqual(150_000)
    expect((await send(path, bytes.subarray(offset), offset)).status).toBe(204)
    expect((await fetchFile(bytes)).bytes.equals(bytes)).toBe(true)
  })
})
