import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  apiPaths,
  parseInvitationLink,
  type Health,
  type InvitationPreviewAnswer,
  type SessionAnswer,
  type SignedIn,
  type TicketAnswer,
} from '../../model/api.ts'
import {
  bodyOf,
  createOrganisation,
  createSpace,
  expectProblem,
  invite,
  join,
  mustFind,
  openTestServer,
  password,
  spacesOf,
  type TestServer,
} from './support/test-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await openTestServer()
})
afterEach(async () => {
  vi.useRealTimers()
  await server.close()
})

const founding = { name: 'De Werf', personName: 'Sofie', email: 'sofie@example.org', password }

describe('creating the organisation', () => {
  it('signs its first administrator in, who owns its own space, a first team space and a personal one', async () => {
    const { founder } = await createOrganisation(server)
    expect(founder).toMatchObject({
      person: { name: 'Sofie', role: 'administrator' },
      organisation: { name: 'De Werf' },
    })
    const spaces = await spacesOf(server, founder.token)
    expect(spaces.map(({ kind, name, role }) => [kind, name, role]).toSorted()).toEqual([
      ['organisation', 'De Werf', 'owner'],
      ['personal', 'Persoonlijk', 'owner'],
      ['team', 'Iedereen', 'owner'],
    ])
  })

  it('is possible once, and /healthz says which of both it is', async () => {
    expect(bodyOf<Health>(await server.call(apiPaths.health))).toMatchObject({
      name: 'plein',
      protocol: 1,
      hasOrganisation: false,
    })
    await createOrganisation(server)
    expect(bodyOf<Health>(await server.call(apiPaths.health)).hasOrganisation).toBe(true)
    expectProblem(
      await server.call(apiPaths.organisation, { method: 'POST', body: founding }),
      409,
      'organisation-exists',
    )
  })

  it('is done by one of two who try at the same moment', async () => {
    const both = await Promise.all(
      [1, 2].map((n) =>
        server.call(apiPaths.organisation, { method: 'POST', body: { ...founding, email: `s${n}@example.org` } }),
      ),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
  })

  it('needs the setup code from another computer', async () => {
    const from = '192.0.2.7'
    expectProblem(
      await server.call(apiPaths.organisation, { method: 'POST', from, body: founding }),
      403,
      'setup-code-needed',
    )
    expectProblem(
      await server.call(apiPaths.organisation, { method: 'POST', from, body: { ...founding, setupCode: 'guess' } }),
      403,
      'setup-code-needed',
    )
    const setupCode = server.services.setupCode.toUpperCase()
    bodyOf(await server.call(apiPaths.organisation, { method: 'POST', from, body: { ...founding, setupCode } }), 201)
  })

  it('does not let a setup code be guessed without end', async () => {
    const call = { method: 'POST', from: '192.0.2.7', body: { ...founding, setupCode: 'guess' } } as const
    for (let n = 0; n < 5; n += 1)
      expectProblem(await server.call(apiPaths.organisation, call), 403, 'setup-code-needed')
    expectProblem(await server.call(apiPaths.organisation, call), 429, 'rate-limited')
  })

  it('takes a request that a proxy passes on for one from elsewhere', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.7' }
    expectProblem(
      await server.call(apiPaths.organisation, { method: 'POST', headers, body: founding }),
      403,
      'setup-code-needed',
    )
  })

  it.each([
    [{ password: 'kort' }, 422, 'weak-password'],
    [{ password: 'Welkom2026!' }, 422, 'weak-password'],
    [{ email: 'no address' }, 400, 'bad-input'],
    [{ name: '  ' }, 400, 'bad-input'],
    [{ name: 7 }, 400, 'bad-input'],
    [{ surprise: true }, 400, 'bad-input'],
  ] as const)('with %j is refused and creates nothing', async (change, status, reason) => {
    expectProblem(
      await server.call(apiPaths.organisation, { method: 'POST', body: { ...founding, ...change } }),
      status,
      reason,
    )
    expect(bodyOf<Health>(await server.call(apiPaths.health)).hasOrganisation).toBe(false)
  })
})

describe('signing in', () => {
  const signIn = (body: object, from = '127.0.0.1') => server.call(apiPaths.sessions, { method: 'POST', body, from })

  it('gives another device its own token, and both are listed with their names', async () => {
    const { founder } = await createOrganisation(server)
    const second = bodyOf<SignedIn>(
      await signIn({ email: ' SOFIE@example.org', password, deviceName: 'Telefoon' }),
      201,
    )
    expect(second.person).toEqual(founder.person)
    expect(second.token).not.toBe(founder.token)
    const { sessions } = bodyOf<{ sessions: SessionAnswer[] }>(
      await server.call(apiPaths.sessions, { token: second.token }),
    )
    expect(sessions.map(({ deviceName, isCurrent }) => [deviceName, isCurrent]).toSorted()).toEqual([
      ['', false],
      ['Telefoon', true],
    ])
  })

  it('refuses a wrong password and an unknown e-mail alike', async () => {
    await createOrganisation(server)
    const wrong = await signIn({ email: founding.email, password: 'drie groene fietsen' })
    const unknown = await signIn({ email: 'nobody@example.org', password })
    expectProblem(wrong, 401, 'wrong-password')
    expect(unknown.text).toBe(wrong.text)
  })

  it('says so where there is no organisation yet', async () => {
    expectProblem(await signIn({ email: founding.email, password }), 409, 'no-organisation')
  })

  it('grows slower with each wrong password, and says how long to wait', async () => {
    await createOrganisation(server)
    const guess = { email: founding.email, password: 'drie groene fietsen' }
    for (let n = 0; n < 10; n += 1) expectProblem(await signIn(guess), 401, 'wrong-password')
    const limited = await signIn({ email: founding.email, password }, '192.0.2.9')
    expectProblem(limited, 429, 'rate-limited')
    expect(limited.headers['retry-after']).toBe('1')
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1500 })
    bodyOf(await signIn({ email: founding.email, password }, '192.0.2.9'), 201)
  })

  it('limits an address that tries many e-mails, and another address goes on', async () => {
    await createOrganisation(server)
    const attempts = Array.from({ length: 104 }, (_, n) =>
      signIn({ email: `n${n}@example.org`, password }, '192.0.2.9'),
    )
    const reasons = (await Promise.all(attempts)).map(({ status }) => status)
    expect(reasons.filter((status) => status === 401)).toHaveLength(100)
    expect(reasons.filter((status) => status === 429)).toHaveLength(4)
    bodyOf(await signIn({ email: founding.email, password }, '192.0.2.10'), 201)
  }, 30_000)

  it('never writes the password or the token to the disk as they are', async () => {
    const { founder } = await createOrganisation(server)
    const found = await server.services.directory.findByEmail(founding.email)
    expect(found?.passwordHash).toMatch(/^\$argon2id\$/)
    const [session] = await server.services.directory.listSessions(founder.person.id)
    expect(Buffer.from(session?.tokenHash ?? []).toString('base64url')).not.toBe(founder.token)
  })
})

describe('sessions', () => {
  it('end when one signs out: the token is worth nothing from then on', async () => {
    const { founder } = await createOrganisation(server)
    bodyOf(await server.call(apiPaths.currentSession, { method: 'DELETE', token: founder.token }), 204)
    expectProblem(await server.call(apiPaths.spaces, { token: founder.token }), 401, 'sign-in-needed')
  })

  it('of another device end on request, those of other people do not', async () => {
    const organisation = await createOrganisation(server)
    const bram = await join(server, organisation)
    const [own] = bodyOf<{ sessions: SessionAnswer[] }>(
      await server.call(apiPaths.sessions, { token: bram.token }),
    ).sessions
    const path = apiPaths.session(own?.id ?? '')
    expectProblem(await server.call(path, { method: 'DELETE', token: organisation.founder.token }), 404, 'not-found')
    bodyOf(await server.call(path, { method: 'DELETE', token: bram.token }), 204)
    expectProblem(await server.call(apiPaths.sessions, { token: bram.token }), 401, 'sign-in-needed')
  })

  it.each(['', 'Bearer', 'Bearer x', `Bearer ${'a'.repeat(43)}`, 'Basic c29maWU6eA=='])(
    'are not opened by the header %j',
    async (authorization) => {
      await createOrganisation(server)
      const answer = await server.call(apiPaths.spaces, { headers: { authorization } })
      expectProblem(answer, 401, 'sign-in-needed')
      expect(answer.headers['www-authenticate']).toBe('Bearer')
    },
  )
})

describe('invitations', () => {
  it('show names to whoever holds the code, and let one person in as a colleague', async () => {
    const { founder, team, own } = await createOrganisation(server)
    const { code, link, expiresAtMs } = await invite(server, founder.token, { role: 'member' })
    expect(parseInvitationLink(link)).toEqual({ serverUrl: 'http://127.0.0.1:4680', code })
    expect(bodyOf<InvitationPreviewAnswer>(await server.call(apiPaths.invitation(code)))).toEqual({
      organisation: 'De Werf',
      invitedBy: 'Sofie',
      members: 1,
      expiresAtMs,
    })
    const body = { name: 'Bram', email: 'bram@example.org', password, personalSpaceName: 'Van mij' }
    const bram = bodyOf<SignedIn>(await server.call(apiPaths.acceptInvitation(code), { method: 'POST', body }), 201)
    const spaces = await spacesOf(server, bram.token)
    expect(spaces.map(({ name, kind, role }) => [name, kind, role]).toSorted()).toEqual(
      [
        [own.name, 'organisation', 'contributor'],
        [team.name, 'team', 'editor'],
        ['Van mij', 'personal', 'owner'],
      ].toSorted(),
    )
    expectProblem(await server.call(apiPaths.invitation(code)), 410, 'invitation-used')
    expectProblem(
      await server.call(apiPaths.acceptInvitation(code), { method: 'POST', body: { ...body, email: 'x@example.org' } }),
      410,
      'invitation-used',
    )
  })

  it('of a guest give no space but their own and the one that was named', async () => {
    const organisation = await createOrganisation(server)
    const guest = await join(server, organisation, 'guest')
    expect((await spacesOf(server, guest.token)).map(({ kind }) => kind)).toEqual(['personal'])
    const space = await createSpace(server, organisation.founder)
    const { code } = await invite(server, organisation.founder.token, {
      role: 'guest',
      spaceId: space.id,
      spaceRole: 'reader',
    })
    const body = { name: 'Sem', email: 'sem@example.org', password }
    const sem = bodyOf<SignedIn>(await server.call(apiPaths.acceptInvitation(code), { method: 'POST', body }), 201)
    const spaces = await spacesOf(server, sem.token)
    expect(spaces.map(({ kind, role }) => [kind, role]).toSorted()).toEqual([
      ['personal', 'owner'],
      ['project', 'reader'],
    ])
    expect(mustFind(spaces, 'project').id).toBe(space.id)
  })

  it('to a space need a space that is there', async () => {
    const { token } = (await createOrganisation(server)).founder
    const body = { role: 'guest', spaceId: 'a'.repeat(26) }
    expectProblem(await server.call(apiPaths.invitations, { method: 'POST', token, body }), 404, 'unknown-space')
  })

  it('are refused when unknown, expired, with a taken e-mail, and with a weak password, without being used up', async () => {
    const { founder } = await createOrganisation(server)
    const { code } = await invite(server, founder.token, { role: 'member' })
    const accept = (change: object, of = code) =>
      server.call(apiPaths.acceptInvitation(of), {
        method: 'POST',
        body: { name: 'Bram', email: 'bram@example.org', password, ...change },
      })
    expectProblem(await accept({}, 'a'.repeat(26)), 404, 'invitation-unknown')
    expectProblem(await server.call(apiPaths.invitation('nonsense')), 404, 'invitation-unknown')
    expectProblem(await accept({ email: 'Sofie@example.org' }), 409, 'email-taken')
    expectProblem(await accept({ password: 'kort' }), 422, 'weak-password')
    bodyOf(await accept({}), 201)
    const late = await invite(server, founder.token, { role: 'member' })
    vi.useFakeTimers({ toFake: ['Date'], now: late.expiresAtMs })
    expectProblem(await server.call(apiPaths.invitation(late.code)), 410, 'invitation-expired')
    expectProblem(await accept({ email: 'c@example.org' }, late.code), 410, 'invitation-expired')
  })

  it('are not looked up without end for one address', async () => {
    await createOrganisation(server)
    const from = '192.0.2.9'
    for (let n = 0; n < 60; n += 1) await server.call(apiPaths.invitation('a'.repeat(26)), { from })
    expectProblem(await server.call(apiPaths.invitation('a'.repeat(26)), { from }), 429, 'rate-limited')
    expectProblem(
      await server.call(apiPaths.invitation('a'.repeat(26)), { from: '192.0.2.10' }),
      404,
      'invitation-unknown',
    )
  })
})

describe('behind a proxy', () => {
  it('people are told apart by the address that the proxy gives, and nobody can invent one', async () => {
    const behind = await openTestServer({ publicUrl: 'https://plein.example.org', host: '0.0.0.0' })
    const look = (from: string, forwarded: string) =>
      behind.call(apiPaths.invitation('a'.repeat(26)), { from, headers: { 'x-forwarded-for': forwarded } })
    for (let n = 0; n < 60; n += 1) await look('10.0.0.1', `198.51.100.${n}, 192.0.2.1`)
    expectProblem(await look('10.0.0.1', '192.0.2.1'), 429, 'rate-limited')
    expectProblem(await look('10.0.0.1', '192.0.2.2'), 404, 'invitation-unknown')
    for (let n = 0; n < 60; n += 1) await look('203.0.113.9', `198.51.100.${n}`)
    expectProblem(await look('203.0.113.9', '198.51.100.200'), 429, 'rate-limited')
    await behind.close()
  })

  it('even somebody on this computer needs the setup code', async () => {
    const behind = await openTestServer({ publicUrl: 'https://plein.example.org' })
    expectProblem(
      await behind.call(apiPaths.organisation, { method: 'POST', body: founding }),
      403,
      'setup-code-needed',
    )
    await behind.close()
  })
})

describe('tickets', () => {
  it('are given to who is signed in, for a minute, or for a document for twelve hours', async () => {
    const { founder, team } = await createOrganisation(server)
    const once = bodyOf<TicketAnswer>(
      await server.call(apiPaths.tickets, { method: 'POST', token: founder.token }),
      201,
    )
    expect(once.expiresInMs).toBe(60_000)
    const body = { documentId: team.id, reusable: true }
    const reusable = bodyOf<TicketAnswer>(
      await server.call(apiPaths.tickets, { method: 'POST', token: founder.token, body }),
      201,
    )
    expect(reusable.expiresInMs).toBe(12 * 60 * 60 * 1000)
  })

  it('for a document need the right to read it', async () => {
    const organisation = await createOrganisation(server)
    const guest = await join(server, organisation, 'guest')
    const ask = (documentId: string) =>
      server.call(apiPaths.tickets, { method: 'POST', token: guest.token, body: { documentId, reusable: true } })
    expectProblem(await ask(organisation.team.id), 403, 'forbidden')
    expectProblem(await ask('a'.repeat(26)), 404, 'unknown-page')
    expectProblem(await ask('../x'), 400, 'bad-input')
  })
})

describe('the audit log', () => {
  it('holds who created, invited, joined, signed in and changed a role, without names', async () => {
    const organisation = await createOrganisation(server)
    const bram = await join(server, organisation, 'community-manager')
    const entries = await server.services.directory.readAudit(0, 100)
    expect(entries.map(({ verb }) => verb)).toEqual([
      'organisation-created',
      'signed-in',
      'person-invited',
      'person-joined',
      'signed-in',
      'role-changed',
    ])
    expect(entries.at(-1)).toMatchObject({
      actorId: organisation.founder.person.id,
      subjectId: bram.person.id,
      detail: 'community-manager',
    })
    expect(JSON.stringify(entries)).not.toMatch(/Sofie|example\.org/)
  })
})
