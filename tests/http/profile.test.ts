import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { apiPaths, type SessionAnswer, type SignedIn } from '../../model/api.ts'
import {
  bodyOf,
  createOrganisation,
  createSpace,
  expectProblem,
  join,
  openTestServer,
  password,
  setRole,
  type Organisation,
  type TestServer,
} from './support/test-server.ts'

let server: TestServer
let organisation: Organisation
beforeEach(async () => {
  server = await openTestServer()
  organisation = await createOrganisation(server)
})
afterEach(() => server.close())

/** The smallest PNG: one transparent pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

const nameOf = async (token: string, id: string) => {
  const { people } = bodyOf<{ people: { id: string; name: string }[] }>(await server.call(apiPaths.people, { token }))
  return people.find((person) => person.id === id)?.name
}

describe('one’s own name', () => {
  it('is changed for everybody, cleaned to one line, and never to nothing', async () => {
    const { founder } = organisation
    const call = (name: string) =>
      server.call(apiPaths.ownProfile, { method: 'PATCH', token: founder.token, body: { name } })
    expect((await call('  Sofie\nde Boer ')).status).toBe(204)
    expect(await nameOf(founder.token, founder.person.id)).toBe('Sofie de Boer')
    expectProblem(await call('\u0007 '), 400, 'bad-input')
    expect(await nameOf(founder.token, founder.person.id)).toBe('Sofie de Boer')
  })
})

describe('one’s own password', () => {
  const change = (who: SignedIn, current: string, next: string) =>
    server.call(apiPaths.ownPassword, { method: 'POST', token: who.token, body: { current, next } })

  it('is changed by who knows it, keeps this device and signs the others out', async () => {
    const { founder } = organisation
    const other = bodyOf<SignedIn>(
      await server.call(apiPaths.sessions, { method: 'POST', body: { email: founder.person.email, password } }),
      201,
    )
    expect((await change(founder, password, 'vier groene tafels')).status).toBe(204)
    expectProblem(await server.call(apiPaths.sessions, { token: other.token }), 401, 'sign-in-needed')
    const { sessions } = bodyOf<{ sessions: SessionAnswer[] }>(
      await server.call(apiPaths.sessions, { token: founder.token }),
    )
    expect(sessions.map(({ isCurrent }) => isCurrent)).toEqual([true])
    const again = { email: founder.person.email, password: 'vier groene tafels' }
    expect((await server.call(apiPaths.sessions, { method: 'POST', body: again })).status).toBe(201)
  })

  it('stays where the present one is wrong or the next one weak, and guessing waits', async () => {
    const { founder } = organisation
    expectProblem(await change(founder, 'not it at all', 'vier groene tafels'), 401, 'wrong-password')
    expectProblem(await change(founder, password, 'kort'), 422, 'weak-password')
    for (let i = 0; i < 12; i += 1) await change(founder, `guess ${i} of many`, 'vier groene tafels')
    expectProblem(await change(founder, 'one guess more', 'vier groene tafels'), 429, 'rate-limited')
  })
})

describe('one’s own face', () => {
  const put = (who: SignedIn, body: Buffer) =>
    server.call(apiPaths.ownFace, { method: 'PUT', token: who.token, body, headers: { 'content-type': 'image/png' } })
  const get = (who: SignedIn, of: SignedIn) => server.call(apiPaths.face(of.person.id), { token: who.token })

  it('is seen by colleagues as the bytes that came, sandboxed, until it is taken away', async () => {
    const { founder } = organisation
    const colleague = await join(server, organisation)
    expectProblem(await get(colleague, founder), 404, 'unknown-person')
    expect((await put(founder, png)).status).toBe(200)
    const seen = await get(colleague, founder)
    expect(seen.status).toBe(200)
    expect(seen.bytes.equals(png)).toBe(true)
    expect(seen.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' })
    expect(String(seen.headers['content-security-policy'])).toContain('sandbox')
    const taken = await server.call(apiPaths.ownFace, { method: 'DELETE', token: founder.token })
    expect(taken.status).toBe(204)
    expectProblem(await get(colleague, founder), 404, 'unknown-person')
  })

  it('is nothing but a bitmap, whatever its header says, and small', async () => {
    const { founder } = organisation
    expectProblem(await put(founder, Buffer.from('<svg xmlns="a"><script/></svg>')), 415, 'unsupported-media-type')
    expectProblem(await put(founder, Buffer.alloc(0)), 415, 'unsupported-media-type')
    expectProblem(await put(founder, Buffer.alloc(300 * 1024, 1)), 413, 'too-large')
    expectProblem(await get(founder, founder), 404, 'unknown-person')
  })

  it('is not seen by a guest who shares no space, and is by one who does', async () => {
    const { founder } = organisation
    await put(founder, png)
    const guest = await join(server, organisation, 'guest')
    const space = await createSpace(server, founder)
    expectProblem(await get(guest, founder), 404, 'unknown-person')
    await setRole(server, founder, { space, person: guest, role: 'reader' })
    expect((await get(guest, founder)).status).toBe(200)
  })
})
