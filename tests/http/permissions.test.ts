import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiPaths, type PageAnswer, type SignedIn, type SpaceAnswer } from '../../model/api.ts'
import { organisationRoles, spaceRoles, type OrganisationRole, type SpaceRole } from '../../model/permission.ts'
import { openDoors } from '../../sync-server/routes/access.ts'
import {
  openTestServer,
  type Call,
  bodyOf,
  createOrganisation,
  createSpace,
  expectProblem,
  join,
  setRole,
  type Organisation,
  type TestServer,
} from './support/test-server.ts'

let server: TestServer
let organisation: Organisation
beforeAll(async () => {
  server = await openTestServer()
  organisation = await createOrganisation(server)
})
afterAll(() => server.close())

describe('a route that says nothing about access', () => {
  it('keeps the server from starting', async () => {
    const other = await openTestServer()
    expect(() => other.app.get('/api/forgotten', () => 'secret')).toThrow(/already listening|says nothing about access/)
    await other.close()
    const { openHttp } = await import('../../sync-server/http.ts')
    const app = await openHttp(server.services)
    expect(() => app.get('/api/forgotten', () => 'secret')).toThrow('says nothing about access')
    await app.close()
  })
})

describe('open without sign-in', () => {
  it('are exactly these addresses, by the description of all of them', async () => {
    const { paths } = bodyOf<{ paths: Record<string, Record<string, { security?: unknown }>> }>(
      await server.call(apiPaths.openapi),
    )
    const open = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, route]) => route.security === undefined)
        .map(([method]) => `${method.toUpperCase()} ${path}`),
    )
    expect(open.toSorted()).toEqual([
      'GET /api/invitations/{code}',
      'GET /api/openapi.json',
      'GET /healthz',
      'GET /metrics',
      'GET /readyz',
      'POST /api/invitations/{code}/accept',
      'POST /api/organisation',
      'POST /api/sessions',
    ])
    expect(openDoors).toHaveLength(open.length + 1) // and the app's own files
  })

  it('is nothing else: every other address asks to sign in', async () => {
    const { paths } = bodyOf<{ paths: Record<string, Record<string, { security?: unknown }>> }>(
      await server.call(apiPaths.openapi),
    )
    const closed = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, route]) => route.security !== undefined)
        .map(([method]) => ({ path, method: method.toUpperCase() as 'GET' })),
    )
    expect(closed.length).toBeGreaterThan(15)
    for (const { path, method } of closed) {
      const url = path.replaceAll(/\{\w+\}/g, organisation.team.id)
      expectProblem(await server.call(url, { method }), 401, 'sign-in-needed')
    }
  })
})

/** What each role may do, lowest role first: the whole table of rights as HTTP has it. */
describe('in a space', () => {
  const people = new Map<SpaceRole, SignedIn>()
  let outsider: SignedIn
  let space: SpaceAnswer
  let page: PageAnswer

  beforeAll(async () => {
    space = await createSpace(server, organisation.founder)
    for (const role of spaceRoles) {
      const person = await join(server, organisation, role === 'reader' ? 'guest' : 'member')
      await setRole(server, organisation.founder, { space, person, role })
      people.set(role, person)
    }
    outsider = await join(server, organisation)
    const body = { title: 'Kaart', kind: 'wiki', markdown: 'Tekst' }
    page = bodyOf<PageAnswer>(
      await server.call(apiPaths.pages(space.id), { method: 'POST', token: organisation.founder.token, body }),
      201,
    )
  })

  const fileBytes = Buffer.from('an attachment')
  const fileHash = 'b4d7de5ee4ea1ee5b1a8aa3c1c7bb8e8d1f9d0a0e1c7a8b1f1d0c0b0a0908070'

  const rows: readonly {
    readonly what: string
    readonly from: SpaceRole
    readonly path: () => string
    readonly call: () => Call
  }[] = [
    { what: 'list its members', from: 'reader', path: () => apiPaths.members(space.id), call: () => ({}) },
    { what: 'list its pages', from: 'reader', path: () => apiPaths.pages(space.id), call: () => ({}) },
    { what: 'read a page', from: 'reader', path: () => apiPaths.page(page.id), call: () => ({}) },
    { what: 'list the versions of a page', from: 'reader', path: () => apiPaths.versions(page.id), call: () => ({}) },
    {
      what: 'ask who wrote in a page',
      from: 'reader',
      path: () => `${apiPaths.authors(page.id)}?after=0`,
      call: () => ({}),
    },
    {
      what: 'read a version of a page',
      from: 'reader',
      path: () => apiPaths.version(page.id, 'a'.repeat(26)),
      call: () => ({}),
    },
    {
      what: 'keep a version of a page',
      from: 'editor',
      path: () => apiPaths.versions(page.id),
      call: () => ({ method: 'POST', body: { name: 'Vastgesteld' } }),
    },
    { what: 'ask for a file', from: 'reader', path: () => apiPaths.file(space.id, fileHash), call: () => ({}) },
    { what: 'list its files', from: 'reader', path: () => apiPaths.files(space.id), call: () => ({}) },
    {
      what: 'bring a file from another space',
      from: 'contributor',
      path: () => apiPaths.files(space.id),
      call: () => ({ method: 'POST', body: { hash: fileHash, name: '' } }),
    },
    {
      what: 'take a file of one’s own off the list',
      from: 'contributor',
      path: () => apiPaths.file(space.id, fileHash),
      call: () => ({ method: 'DELETE' }),
    },
    {
      what: 'begin an upload',
      from: 'contributor',
      path: () => apiPaths.uploads(space.id),
      call: () => ({
        method: 'POST',
        headers: {
          'tus-resumable': '1.0.0',
          'upload-length': '10',
          'upload-metadata': `hash ${Buffer.from(fileHash).toString('base64')}`,
        },
      }),
    },
    ...(['PATCH', 'DELETE'] as const).map((method) => ({
      what: `${method} an upload`,
      from: 'contributor' as const,
      path: () => apiPaths.upload(space.id, 'a'.repeat(26)),
      call: () => ({ method }),
    })),
    {
      what: 'ask for a ticket to a page',
      from: 'reader',
      path: () => apiPaths.tickets,
      call: () => ({ method: 'POST', body: { documentId: page.id, reusable: true } }),
    },
    {
      what: 'make a page of one’s own',
      from: 'contributor',
      path: () => apiPaths.pages(space.id),
      call: () => ({ method: 'POST', body: { title: 'Notitie', kind: 'note' } }),
    },
    {
      what: 'store a file',
      from: 'contributor',
      path: () => apiPaths.file(space.id, fileHash),
      call: () => ({ method: 'PUT', body: fileBytes }),
    },
    {
      what: 'make a shared page',
      from: 'editor',
      path: () => apiPaths.pages(space.id),
      call: () => ({ method: 'POST', body: { title: 'Gedeeld', kind: 'wiki' } }),
    },
    {
      what: 'import pages',
      from: 'editor',
      path: () => apiPaths.imports(space.id),
      call: () => ({ method: 'POST', body: { files: [{ path: 'a.txt', base64: '' }] } }),
    },
    {
      what: 'rename it',
      from: 'owner',
      path: () => apiPaths.space(space.id),
      call: () => ({ method: 'PATCH', body: { description: 'Over de kaart' } }),
    },
    {
      what: 'give somebody a role',
      from: 'owner',
      path: () => apiPaths.member(space.id, people.get('reader')?.person.id ?? ''),
      call: () => ({ method: 'PUT', body: { role: 'reader' } }),
    },
    {
      what: 'end a membership',
      from: 'owner',
      path: () => apiPaths.member(space.id, 'a'.repeat(26)),
      call: () => ({ method: 'DELETE' }),
    },
  ]

  it.each(rows)('one may $what from $from upwards, and nobody below', async ({ from, path, call }) => {
    expectProblem(await server.call(path(), { ...call(), token: outsider.token }), 403, 'forbidden')
    for (const role of spaceRoles) {
      const answer = await server.call(path(), { ...call(), token: people.get(role)?.token ?? '' })
      const isAllowed = spaceRoles.indexOf(role) >= spaceRoles.indexOf(from)
      if (isAllowed) expect([200, 201, 204, 404, 422], `${role}: ${answer.text}`).toContain(answer.status)
      else expectProblem(answer, 403, 'forbidden')
    }
  })

  it('an administrator who is no member is an outsider like any other', async () => {
    const administrator = await join(server, organisation, 'administrator')
    expectProblem(await server.call(apiPaths.pages(space.id), { token: administrator.token }), 403, 'forbidden')
    expectProblem(await server.call(apiPaths.page(page.id), { token: administrator.token }), 403, 'forbidden')
  })

  it('a note of somebody else can be read by members and by nobody else', async () => {
    const author = people.get('contributor')?.token ?? ''
    const body = { title: 'Van mij', kind: 'note' }
    const note = bodyOf<PageAnswer>(
      await server.call(apiPaths.pages(space.id), { method: 'POST', token: author, body }),
      201,
    )
    bodyOf(await server.call(apiPaths.page(note.id), { token: people.get('reader')?.token ?? '' }))
    expectProblem(await server.call(apiPaths.page(note.id), { token: outsider.token }), 403, 'forbidden')
  })

  it('a membership that ended lets nobody in', async () => {
    const leaver = await join(server, organisation)
    await setRole(server, organisation.founder, { space, person: leaver, role: 'editor' })
    bodyOf(await server.call(apiPaths.page(page.id), { token: leaver.token }))
    bodyOf(
      await server.call(apiPaths.member(space.id, leaver.person.id), {
        method: 'DELETE',
        token: organisation.founder.token,
      }),
      204,
    )
    expectProblem(await server.call(apiPaths.page(page.id), { token: leaver.token }), 403, 'forbidden')
  })

  it('keeps one owner', async () => {
    const own = await createSpace(server, outsider, 'Van een ander')
    const path = apiPaths.member(own.id, outsider.person.id)
    expectProblem(await server.call(path, { method: 'DELETE', token: outsider.token }), 409, 'last-owner')
    expectProblem(
      await server.call(path, { method: 'PUT', token: outsider.token, body: { role: 'editor' } }),
      409,
      'last-owner',
    )
  })

  it('a personal space takes no second member', async () => {
    const spaces = bodyOf<{ spaces: SpaceAnswer[] }>(
      await server.call(apiPaths.spaces, { token: outsider.token }),
    ).spaces
    const personal = spaces.find(({ kind }) => kind === 'personal')
    const path = apiPaths.member(personal?.id ?? '', organisation.founder.person.id)
    expectProblem(
      await server.call(path, { method: 'PUT', token: outsider.token, body: { role: 'reader' } }),
      403,
      'forbidden',
    )
  })
})

describe('in the organisation', () => {
  const people = new Map<OrganisationRole, SignedIn>()
  beforeAll(async () => {
    for (const role of organisationRoles)
      people.set(role, role === 'administrator' ? organisation.founder : await join(server, organisation, role))
  })

  const rows: readonly {
    readonly what: string
    readonly allowed: readonly OrganisationRole[]
    readonly path: () => string
    readonly call: () => Call
  }[] = [
    {
      what: 'see who is here',
      allowed: ['administrator', 'community-manager', 'member'],
      path: () => apiPaths.people,
      call: () => ({}),
    },
    {
      what: 'create a space',
      allowed: ['administrator', 'community-manager', 'member'],
      path: () => apiPaths.spaces,
      call: () => ({ method: 'POST', body: { name: 'Nieuw', kind: 'team' } }),
    },
    {
      what: 'invite',
      allowed: ['administrator'],
      path: () => apiPaths.invitations,
      call: () => ({ method: 'POST', body: { role: 'member' } }),
    },
    {
      what: 'see open invitations',
      allowed: [...organisationRoles],
      path: () => apiPaths.openInvitations,
      call: () => ({}),
    },
    {
      what: 'see which spaces are open',
      allowed: [...organisationRoles],
      path: () => apiPaths.joinableSpaces,
      call: () => ({}),
    },
    {
      what: 'change a role',
      allowed: ['administrator'],
      path: () => apiPaths.person(people.get('member')?.person.id ?? ''),
      call: () => ({ method: 'PATCH', body: { role: 'member' } }),
    },
    {
      what: 'list one’s own devices',
      allowed: [...organisationRoles],
      path: () => apiPaths.sessions,
      call: () => ({}),
    },
    { what: 'list one’s own spaces', allowed: [...organisationRoles], path: () => apiPaths.spaces, call: () => ({}) },
    {
      what: 'search in what they may read',
      allowed: [...organisationRoles],
      path: () => `${apiPaths.search}?q=kaart`,
      call: () => ({}),
    },
    {
      what: 'ask for a ticket',
      allowed: [...organisationRoles],
      path: () => apiPaths.tickets,
      call: () => ({ method: 'POST' }),
    },
  ]

  it.each(rows)('these may $what and nobody else: $allowed', async ({ allowed, path, call }) => {
    for (const role of organisationRoles) {
      const answer = await server.call(path(), { ...call(), token: people.get(role)?.token ?? '' })
      if (allowed.includes(role)) expect([200, 201, 204], `${role}: ${answer.text}`).toContain(answer.status)
      else expectProblem(answer, 403, 'forbidden')
    }
  })

  it('a suspended person can do nothing, is signed out everywhere, and can be restored', async () => {
    const person = await join(server, organisation)
    const path = apiPaths.person(person.person.id)
    const { token } = organisation.founder
    bodyOf(await server.call(path, { method: 'PATCH', token, body: { suspended: true } }), 204)
    expectProblem(await server.call(apiPaths.spaces, { token: person.token }), 401, 'sign-in-needed')
    const body = { email: person.person.email, password: 'drie blauwe fietsen' }
    expectProblem(await server.call(apiPaths.sessions, { method: 'POST', body }), 403, 'suspended')
    expectProblem(
      await server.call(apiPaths.sessions, { method: 'POST', body: { ...body, password: 'wrong password' } }),
      401,
      'wrong-password',
    )
    bodyOf(await server.call(path, { method: 'PATCH', token, body: { suspended: false } }), 204)
    bodyOf(await server.call(apiPaths.sessions, { method: 'POST', body }), 201)
  })

  it('keeps one administrator', async () => {
    const other = await openTestServer()
    const { founder } = await createOrganisation(other)
    const path = apiPaths.person(founder.person.id)
    expectProblem(
      await other.call(path, { method: 'PATCH', token: founder.token, body: { role: 'member' } }),
      409,
      'last-administrator',
    )
    expectProblem(
      await other.call(path, { method: 'PATCH', token: founder.token, body: { suspended: true } }),
      409,
      'last-administrator',
    )
    expectProblem(
      await other.call(apiPaths.person('a'.repeat(26)), {
        method: 'PATCH',
        token: founder.token,
        body: { role: 'member' },
      }),
      404,
      'unknown-person',
    )
    await other.close()
  })

  it('a guest who becomes a colleague joins the spaces of colleagues', async () => {
    const guest = await join(server, organisation, 'guest')
    bodyOf(
      await server.call(apiPaths.person(guest.person.id), {
        method: 'PATCH',
        token: organisation.founder.token,
        body: { role: 'member' },
      }),
      204,
    )
    const { spaces } = bodyOf<{ spaces: SpaceAnswer[] }>(await server.call(apiPaths.spaces, { token: guest.token }))
    expect(spaces.map(({ kind }) => kind).toSorted()).toEqual(['organisation', 'personal', 'team'])
  })
})
