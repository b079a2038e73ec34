import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  apiPaths,
  type JoinableSpaceAnswer,
  type PageAnswer,
  type SignedIn,
  type SpaceAnswer,
} from '../../model/api.ts'
import {
  bodyOf,
  createOrganisation,
  createSpace,
  expectProblem,
  join,
  openTestServer,
  setRole,
  spacesOf,
  type Organisation,
  type TestServer,
} from './support/test-server.ts'

let server: TestServer
let organisation: Organisation
let owner: SignedIn
beforeAll(async () => {
  server = await openTestServer()
  organisation = await createOrganisation(server)
  owner = await join(server, organisation)
})
afterAll(() => server.close())

const change = (space: SpaceAnswer, body: object, by = owner) =>
  server.call(apiPaths.space(space.id), { method: 'PATCH', token: by.token, body })
const act = (path: string, { token }: SignedIn) => server.call(path, { method: 'POST', token })
const joinable = async ({ token }: SignedIn) =>
  bodyOf<{ spaces: JoinableSpaceAnswer[] }>(await server.call(apiPaths.joinableSpaces, { token })).spaces

describe('a space over HTTP', () => {
  it('is described, opened and archived by its owner', async () => {
    const space = await createSpace(server, owner)
    expect(space).toMatchObject({ description: '', icon: null, parent: null, joining: 'ask' })
    const body = { name: 'Groen', description: 'Over bomen', icon: 'tree', joining: 'open' }
    expect(bodyOf(await change(space, body))).toMatchObject({ ...body, role: 'owner', archived: false })
    expect(bodyOf(await change(space, { archived: true }))).toMatchObject({ archived: true, name: 'Groen' })
    expectProblem(await change(space, { name: 'Anders' }), 403, 'forbidden')
    expectProblem(await change(space, { name: '  ' }), 400, 'bad-input')
    expect((await spacesOf(server, owner.token)).find(({ id }) => id === space.id)).toMatchObject({ archived: true })
  })

  it('is joined by colleagues while it is open, and by nobody else', async () => {
    const space = await createSpace(server, owner)
    const [colleague, guest] = [await join(server, organisation), await join(server, organisation, 'guest')]
    expectProblem(await act(apiPaths.joinSpace(space.id), colleague), 403, 'forbidden')
    await change(space, { joining: 'open' })
    expect((await joinable(colleague)).map(({ id }) => id)).toContain(space.id)
    expect(await joinable(guest)).toEqual([])
    expectProblem(await act(apiPaths.joinSpace(space.id), guest), 403, 'forbidden')
    bodyOf(await act(apiPaths.joinSpace(space.id), colleague), 204)
    expectProblem(await act(apiPaths.joinSpace(space.id), colleague), 409, 'already-member')
    expect((await spacesOf(server, colleague.token)).find(({ id }) => id === space.id)).toMatchObject({
      role: 'editor',
    })
    bodyOf(await act(apiPaths.leaveSpace(space.id), colleague), 204)
    expectProblem(await act(apiPaths.leaveSpace(space.id), colleague), 403, 'forbidden')
    expectProblem(await act(apiPaths.leaveSpace(space.id), owner), 409, 'last-owner')
    expectProblem(await act(apiPaths.joinSpace('a'.repeat(26)), colleague), 404, 'unknown-space')
  })

  it('has closed sections, made by its editors', async () => {
    const space = await createSpace(server, owner)
    const body = { name: 'Personeel', kind: 'team', parent: space.id }
    const made = await server.call(apiPaths.spaces, { method: 'POST', token: owner.token, body })
    expect(bodyOf<SpaceAnswer>(made, 201)).toMatchObject({ parent: space.id, joining: 'closed', role: 'owner' })
    const reader = await join(server, organisation)
    await setRole(server, owner, { space, person: reader, role: 'reader' })
    expectProblem(await server.call(apiPaths.spaces, { method: 'POST', token: reader.token, body }), 403, 'forbidden')
  })

  it('gives a page to another space with all that stands under it, by an editor of both', async () => {
    const [from, to] = [await createSpace(server, owner), await createSpace(server, owner)]
    const make = async (title: string, parent?: string) => {
      const body = { title, kind: 'wiki', markdown: `Over ${title}`, ...(parent === undefined ? {} : { parent }) }
      const made = await server.call(apiPaths.pages(from.id), { method: 'POST', token: owner.token, body })
      return bodyOf<PageAnswer>(made, 201)
    }
    const top = await make('Winter')
    const under = await make('Sneeuw', top.id)
    const move = (by: SignedIn) =>
      server.call(apiPaths.movePage(top.id), { method: 'POST', token: by.token, body: { spaceId: to.id } })
    const editor = await join(server, organisation)
    await setRole(server, owner, { space: from, person: editor, role: 'editor' })
    expectProblem(await move(editor), 404, 'unknown-space')
    await setRole(server, owner, { space: to, person: editor, role: 'reader' })
    expectProblem(await move(editor), 403, 'forbidden')
    bodyOf(await move(owner), 204)
    const list = async (space: SpaceAnswer) =>
      bodyOf<{ pages: PageAnswer[] }>(await server.call(apiPaths.pages(space.id), { token: owner.token })).pages
    expect(await list(from)).toEqual([])
    expect((await list(to)).map(({ id, parent }) => [id, parent])).toEqual([
      [top.id, null],
      [under.id, top.id],
    ])
    const text = await server.call(`${apiPaths.page(under.id)}?format=markdown`, { token: owner.token })
    expect(text.text).toContain('Over Sneeuw')
  })
})
