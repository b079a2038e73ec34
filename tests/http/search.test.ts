import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { apiPaths, type PageAnswer, type SignedIn, type SpaceAnswer } from '../../model/api.ts'
import { parseFoundOnServer, searchQueryOf, type AskedOfServer } from '../../model/search/search-api.ts'
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

beforeEach(async () => {
  server = await openTestServer()
  organisation = await createOrganisation(server)
  space = await createSpace(server, organisation.founder)
})
afterEach(() => server.close())

async function createPage(title: string, markdown: string, where = space): Promise<PageAnswer> {
  const body = { title, kind: 'wiki', markdown }
  const { token } = organisation.founder
  return bodyOf<PageAnswer>(await server.call(apiPaths.pages(where.id), { method: 'POST', token, body }), 201)
}

async function ask(person: SignedIn, text: string, more: Partial<AskedOfServer> = {}) {
  const query = searchQueryOf({ text, filter: {}, limit: 20, ...more })
  const found = parseFoundOnServer(bodyOf(await server.call(`${apiPaths.search}?${query}`, { token: person.token })))
  if (found === undefined) throw new Error('This is no answer of a search')
  return found
}

async function titles(person: SignedIn, text: string, more: Partial<AskedOfServer> = {}): Promise<readonly string[]> {
  const { hits } = await ask(person, text, more)
  return hits.map(({ title }) => title.map((part) => part.text).join(''))
}

/** The index follows in the background. */
const eventually = { timeout: 20_000, interval: 50 }

describe('search on the server', () => {
  it('finds words of pages in every form, with the place marked, and is complete in the end', async () => {
    await createPage('Winterdienst', 'De strooizoutloods staat onder de kastanjebomen.')
    const { founder } = organisation
    await vi.waitFor(async () => expect(await titles(founder, 'kastanjeboom')).toEqual(['Winterdienst']), eventually)
    expect(await titles(founder, 'loodsen')).toEqual(['Winterdienst'])
    expect(await titles(founder, 'loods kelder')).toEqual([])
    const { hits, complete } = await ask(founder, 'strooizout')
    expect(complete).toBe(true)
    expect(hits[0]?.snippet.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(['strooizout'])
  })

  it('answers from what one may read, asked anew each time', async () => {
    await createPage('Geheim', 'Het wachtwoord is zeeanemoon.')
    const { founder } = organisation
    const [member, guest] = [await join(server, organisation), await join(server, organisation, 'guest')]
    await vi.waitFor(async () => expect(await titles(founder, 'zeeanemoon')).toEqual(['Geheim']), eventually)
    expect(await titles(member, 'zeeanemoon')).toEqual([])
    expect(await titles(guest, 'zeeanemoon')).toEqual([])
    await setRole(server, founder, { space, person: guest, role: 'reader' })
    expect(await titles(guest, 'zeeanemoon')).toEqual(['Geheim'])
    const membership = apiPaths.member(space.id, guest.person.id)
    bodyOf(await server.call(membership, { method: 'DELETE', token: founder.token }), 204)
    expect(await titles(guest, 'zeeanemoon')).toEqual([])
    expect(await titles(member, 'zeeanemoon', { filter: { spaceIds: [space.id] } })).toEqual([])
  })

  it('shows a page that moved to those who may read it where it is now, at once', async () => {
    const page = await createPage('Begroting', 'Over de zeeanemoon.')
    const { founder } = organisation
    const [member, other] = [await join(server, organisation), await createSpace(server, founder, 'Besloten')]
    await setRole(server, founder, { space, person: member, role: 'reader' })
    await vi.waitFor(async () => expect(await titles(member, 'zeeanemoon')).toEqual(['Begroting']), eventually)
    bodyOf(
      await server.call(apiPaths.movePage(page.id), {
        method: 'POST',
        token: founder.token,
        body: { spaceId: other.id },
      }),
      204,
    )
    expect(await titles(member, 'zeeanemoon')).toEqual([])
    await vi.waitFor(async () => expect(await titles(founder, 'zeeanemoon')).toEqual(['Begroting']), eventually)
    expect(await titles(member, 'zeeanemoon')).toEqual([])
  })

  it('hides what the tree archived until it is asked for', async () => {
    const page = await createPage('Oud', 'Over de zeeanemoon.')
    const { founder } = organisation
    await vi.waitFor(async () => expect(await titles(founder, 'zeeanemoon')).toEqual(['Oud']), eventually)
    await server.services.pages.setArchived(space.id, [page.id], true)
    await vi.waitFor(async () => expect(await titles(founder, 'zeeanemoon')).toEqual([]), eventually)
    expect(await titles(founder, 'zeeanemoon', { filter: { archived: true } })).toEqual(['Oud'])
  })

  it('refuses what is no question, and one too many at a time', async () => {
    const { token } = organisation.founder
    for (const query of ['', '?q=', `?q=${'a'.repeat(301)}`, '?q=a&limit=0', '?q=a&after=soon', '?q=a&nonsense=1'])
      expectProblem(await server.call(`${apiPaths.search}${query}`, { token }), 400, 'bad-input')
    const many = await Promise.all(Array.from({ length: 8 }, () => server.call(`${apiPaths.search}?q=brug`, { token })))
    expect(many.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 429, 429, 429, 429, 429])
  })
})
