import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { apiPaths, type PageAnswer, type SpaceAnswer, type VersionAnswer } from '../../model/api.ts'
import { readBody } from '../../model/page-body.ts'
import { bodyName, openPage } from '../../model/page.ts'
import {
  bodyOf,
  createOrganisation,
  createSpace,
  expectProblem,
  openTestServer,
  type Organisation,
  type TestServer,
} from './support/test-server.ts'

let server: TestServer
let organisation: Organisation
let token: string
let space: SpaceAnswer
let page: PageAnswer
beforeAll(async () => {
  server = await openTestServer()
  organisation = await createOrganisation(server)
  token = organisation.founder.token
  space = await createSpace(server, organisation.founder)
  const body = { title: 'Strooien', kind: 'wiki', markdown: 'Om **zes** uur.' }
  page = bodyOf<PageAnswer>(await server.call(apiPaths.pages(space.id), { method: 'POST', token, body }), 201)
})
afterAll(() => server.close())

const make = (body: object) => server.call(apiPaths.versions(page.id), { method: 'POST', token, body })
const list = async () =>
  bodyOf<{ versions: VersionAnswer[] }>(await server.call(apiPaths.versions(page.id), { token })).versions

describe('versions of a page over HTTP', () => {
  it('are made by hand, listed newest first, and read as JSON, Markdown and Yjs as the page was then', async () => {
    expect(await list()).toEqual([])
    const first = bodyOf<VersionAnswer>(await make({ name: ' Vastgesteld ' }), 201)
    expect(first).toMatchObject({ name: 'Vastgesteld', reason: 'by-hand', madeBy: organisation.founder.person.id })
    await server.services.syncServer.updateDocument(page.id, (doc) => openPage(doc).rename('Vegen'))
    const second = bodyOf<VersionAnswer>(await make({}), 201)
    expect(second).toMatchObject({ name: null, reason: 'before-restore' })
    expect((await list()).map(({ id }) => id)).toEqual([second.id, first.id])
    const path = apiPaths.version(page.id, first.id)
    expect(bodyOf(await server.call(path, { token }))).toMatchObject({ title: 'Strooien', body: { type: 'doc' } })
    const markdown = await server.call(`${path}?format=markdown`, { token })
    expect([markdown.headers['content-type'], markdown.text]).toEqual([
      'text/markdown; charset=utf-8',
      expect.stringContaining('# Strooien\n\nOm **zes** uur.'),
    ])
    const bytes = await server.call(`${path}?format=yjs`, { token })
    expect(bytes.headers['content-type']).toBe('application/octet-stream')
    const doc = new Y.Doc()
    Y.applyUpdate(doc, bytes.bytes)
    expect(JSON.stringify(readBody(doc.getXmlFragment(bodyName)))).toContain('zes')
  })

  it('of another page are unknown, and so is nonsense', async () => {
    const [version] = await list()
    const body = { title: 'Andere', kind: 'wiki' }
    const other = bodyOf<PageAnswer>(await server.call(apiPaths.pages(space.id), { method: 'POST', token, body }), 201)
    const of = (pageId: string, id: string) => server.call(apiPaths.version(pageId, id), { token })
    expectProblem(await of(other.id, version?.id ?? ''), 404, 'unknown-version')
    expectProblem(await of(page.id, '../../x'), 404, 'unknown-version')
    expectProblem(await of('a'.repeat(26), version?.id ?? ''), 404, 'unknown-page')
    expectProblem(await make({ name: 'x'.repeat(121) }), 400, 'bad-input')
    expectProblem(await make({ reason: 'periodic' }), 400, 'bad-input')
  })
})
