import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiLimits, apiPaths, type FilesAnswer, type PageAnswer, type SpaceAnswer } from '../../model/api.ts'
import {
  bodyOf,
  createOrganisation,
  createSpace,
  expectProblem,
  join,
  openTestServer,
  setRole,
  type Organisation,
  type TestServer,
} from './support/test-server.ts'

let server: TestServer
let organisation: Organisation
let space: SpaceAnswer
let token: string

beforeAll(async () => {
  server = await openTestServer()
  organisation = await createOrganisation(server)
  space = await createSpace(server, organisation.founder)
  token = organisation.founder.token
})
afterAll(() => server.close())

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(100_000, 7)])
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const put = (bytes: Buffer, { hash = hashOf(bytes), name = '', of = space, as = token } = {}) =>
  server.call(`${apiPaths.file(of.id, hash)}?name=${encodeURIComponent(name)}`, {
    method: 'PUT',
    token: as,
    body: bytes,
    headers: { 'content-type': 'image/png' },
  })
const get = (bytes: Buffer, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
  server.call(apiPaths.file(space.id, hashOf(bytes)), { token, headers, method })

describe('a file', () => {
  it('comes back byte for byte, and may be shown in place where it is a bitmap', async () => {
    expect(bodyOf(await put(png), 201)).toEqual({ id: hashOf(png), mediaType: 'image/png', sizeBytes: png.length })
    const got = await get(png)
    expect(got.bytes.equals(png)).toBe(true)
    expect(got.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
    })
    bodyOf(await put(png), 201)
  })

  it.each([
    ['<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'image/svg+xml'],
    ['<!doctype html><script>alert(1)</script>', 'text/html'],
    ['\ufeff  <html><body onload="alert(1)">', 'text/html'],
    ['<?xml version="1.0"?><a/>', 'application/xml'],
    ['%PDF-1.7\n', 'application/pdf'],
  ])('that could hold a script is a download in a sandbox, whatever it claims to be: %s', async (text, type) => {
    const bytes = Buffer.from(text)
    expect(bodyOf(await put(bytes), 201)).toMatchObject({ mediaType: type })
    const { headers } = await get(bytes)
    expect(headers).toMatchObject({
      'content-type': type,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    })
    expect(headers['content-disposition']).toMatch(/^attachment;/)
  })

  it('under another name than its own digest is refused and not kept', async () => {
    const wrong = hashOf(Buffer.from('something else'))
    expectProblem(await put(png, { hash: wrong }), 422, 'hash-mismatch')
    expectProblem(await server.call(apiPaths.file(space.id, wrong), { token }), 404, 'unknown-file')
  })

  it.each(['x', '..%2F..%2Fplein.db', 'A'.repeat(64)])('cannot be asked for as %j', async (name) => {
    expectProblem(await server.call(`/api/spaces/${space.id}/files/${name}`, { token }), 404, 'unknown-file')
  })

  it('of one space is not in another', async () => {
    bodyOf(await put(png), 201)
    expectProblem(await server.call(apiPaths.file(organisation.team.id, hashOf(png)), { token }), 404, 'unknown-file')
  })

  it('that is too large for one body is refused', async () => {
    expectProblem(await put(Buffer.alloc(apiLimits.fileBytes + 1)), 413, 'too-large')
  })

  it('is downloaded under the name that people gave it, without folders or tricks', async () => {
    const bytes = Buffer.from('name me \u0000')
    bodyOf(await put(bytes, { name: '../map/begroting "2026" \u202egnp.exe' }), 201)
    expect((await get(bytes)).headers['content-disposition']).toBe(
      `attachment; filename="begroting _2026_ gnp.exe"; filename*=UTF-8''begroting%20%222026%22%20gnp.exe`,
    )
  })
})

describe('a part of a file', () => {
  beforeAll(async () => void bodyOf(await put(png), 201))

  it('comes with where it belongs', async () => {
    const part = await get(png, { range: 'bytes=100-199' })
    expect(part.status).toBe(206)
    expect(part.headers).toMatchObject({ 'content-range': `bytes 100-199/${png.length}`, 'content-length': '100' })
    expect(part.bytes.equals(png.subarray(100, 200))).toBe(true)
  })

  it('after what is here already is the rest', async () => {
    const part = await get(png, { range: 'bytes=100000-', 'if-range': `"${hashOf(png)}"` })
    expect(part.bytes.equals(png.subarray(100_000))).toBe(true)
  })

  it('of another version is the whole', async () => {
    const whole = await get(png, { range: 'bytes=100-', 'if-range': '"another"' })
    expect([whole.status, whole.bytes.length]).toEqual([200, png.length])
  })

  it('that does not exist is refused with the size', async () => {
    const answer = await get(png, { range: 'bytes=900000-' })
    expectProblem(answer, 416, 'range-not-satisfiable')
    expect(answer.headers['content-range']).toBe(`bytes */${png.length}`)
  })

  it('HEAD tells the size and sends nothing', async () => {
    const head = await get(png, {}, 'HEAD')
    expect([head.status, head.bytes.length, head.headers['content-length']]).toEqual([200, 0, String(png.length)])
  })

  it('that a browser has already is not sent again', async () => {
    const answer = await get(png, { 'if-none-match': `"${hashOf(png)}"` })
    expect([answer.status, answer.bytes.length]).toEqual([304, 0])
  })
})

describe('the list of files of a space', () => {
  const listOf = async (of: SpaceAnswer, after = 0) =>
    bodyOf<FilesAnswer>(await server.call(`${apiPaths.files(of.id)}?after=${after}`, { token })).files

  it('names each file once, with who added it first', async () => {
    const own = await createSpace(server, organisation.founder)
    bodyOf(await put(png, { of: own, name: 'kaart.png' }), 201)
    bodyOf(await put(png, { of: own, name: 'nog een keer.png' }), 201)
    expect(await listOf(own)).toEqual([
      expect.objectContaining({
        id: hashOf(png),
        name: 'kaart.png',
        sizeBytes: png.length,
        mediaType: 'image/png',
        addedBy: organisation.founder.person.id,
        listed: true,
      }),
    ])
  })

  it('tells what changed after a number, a file that was taken off included, which pages still show', async () => {
    const own = await createSpace(server, organisation.founder)
    bodyOf(await put(png, { of: own }), 201)
    const [before] = await listOf(own)
    const path = apiPaths.file(own.id, hashOf(png))
    bodyOf(await server.call(path, { method: 'DELETE', token }), 204)
    expect(await listOf(own, before?.n)).toEqual([expect.objectContaining({ id: hashOf(png), listed: false })])
    expect((await server.call(path, { token })).status).toBe(200)
    expectProblem(await server.call(path, { method: 'DELETE', token }), 404, 'unknown-file')
    bodyOf(await put(png, { of: own }), 201)
    expect(await listOf(own)).toEqual([expect.objectContaining({ id: hashOf(png), listed: true })])
  })

  it('loses what a contributor added by that contributor and by editors alone', async () => {
    const own = await createSpace(server, organisation.founder)
    const [author, other] = [await join(server, organisation), await join(server, organisation)]
    for (const person of [author, other]) {
      await setRole(server, organisation.founder, { space: own, person, role: 'contributor' })
    }
    bodyOf(await put(png, { of: own, as: author.token }), 201)
    const path = apiPaths.file(own.id, hashOf(png))
    expectProblem(await server.call(path, { method: 'DELETE', token: other.token }), 403, 'forbidden')
    bodyOf(await server.call(path, { method: 'DELETE', token: author.token }), 204)
  })
})

describe('a file that is on the server', () => {
  const attach = (bytes: Buffer, of: SpaceAnswer, as: string) =>
    server.call(apiPaths.files(of.id), { method: 'POST', token: as, body: { hash: hashOf(bytes), name: 'kopie.png' } })

  it('is in another space of the same person without being sent', async () => {
    bodyOf(await put(png), 201)
    const own = await createSpace(server, organisation.founder)
    expect(bodyOf(await attach(png, own, token), 201)).toMatchObject({ id: hashOf(png), mediaType: 'image/png' })
    expect((await server.call(apiPaths.file(own.id, hashOf(png)), { token })).bytes.equals(png)).toBe(true)
  })

  it('is, to somebody who may not read it, the same as one that nobody has', async () => {
    const secret = Buffer.from('nobody may know that we have this')
    bodyOf(await put(secret), 201)
    const stranger = await join(server, organisation)
    const own = await createSpace(server, stranger)
    const known = await attach(secret, own, stranger.token)
    const unknown = await attach(Buffer.from('nobody has this'), own, stranger.token)
    expectProblem(known, 404, 'unknown-file')
    expect(known.body).toEqual(unknown.body)
    expectProblem(
      await server.call(apiPaths.file(own.id, hashOf(secret)), { token: stranger.token }),
      404,
      'unknown-file',
    )
  })
})

describe('a page that moves to another space', () => {
  it('takes its files along, for people who never saw the old space', async () => {
    const [old, next] = [
      await createSpace(server, organisation.founder, 'Oud'),
      await createSpace(server, organisation.founder, 'Nieuw'),
    ]
    const reader = await join(server, organisation)
    await setRole(server, organisation.founder, { space: next, person: reader, role: 'reader' })
    const bytes = Buffer.concat([png, Buffer.from('moved')])
    bodyOf(await put(bytes, { of: old, name: 'kaart.png' }), 201)
    const body = { title: 'Kaart', kind: 'wiki', markdown: `![de kaart](plein:file/${hashOf(bytes)})` }
    const page = bodyOf<PageAnswer>(await server.call(apiPaths.pages(old.id), { method: 'POST', token, body }), 201)
    const path = apiPaths.file(next.id, hashOf(bytes))
    expectProblem(await server.call(path, { token: reader.token }), 404, 'unknown-file')
    const move = { method: 'POST', token, body: { spaceId: next.id } } as const
    bodyOf(await server.call(apiPaths.movePage(page.id), move), 204)
    const moved = await server.call(path, { token: reader.token })
    expect(moved.bytes.equals(bytes)).toBe(true)
  })
})
