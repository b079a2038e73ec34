import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  apiLimits,
  apiPaths,
  type ImportAnswer,
  type PageAnswer,
  type PageJsonAnswer,
  type SpaceAnswer,
} from '../../model/api.ts'
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
beforeAll(async () => {
  server = await openTestServer()
  organisation = await createOrganisation(server)
  token = organisation.founder.token
  space = await createSpace(server, organisation.founder)
})
afterAll(() => server.close())

const create = (body: object, of = space) => server.call(apiPaths.pages(of.id), { method: 'POST', token, body })
const list = async (of = space) =>
  bodyOf<{ pages: PageAnswer[] }>(await server.call(apiPaths.pages(of.id), { token })).pages

describe('a page', () => {
  it('stands in the list and in the tree at once, under its parent', async () => {
    const own = await createSpace(server, organisation.founder, 'Boom')
    const parent = bodyOf<PageAnswer>(await create({ title: 'Winter', kind: 'wiki' }, own), 201)
    const child = bodyOf<PageAnswer>(await create({ title: 'Strooien', kind: 'document', parent: parent.id }, own), 201)
    const note = bodyOf<PageAnswer>(await create({ title: 'Voor mij', kind: 'note' }, own), 201)
    expect(parent).toMatchObject({ title: 'Winter', kind: 'wiki', parent: null, archived: false, spaceId: own.id })
    expect(child.documentId).toBe(child.id)
    expect((await list(own)).map(({ id, title, parent: under }) => [id, title, under])).toEqual([
      [parent.id, 'Winter', null],
      [child.id, 'Strooien', parent.id],
      [note.id, 'Voor mij', null],
    ])
  })

  it('comes back as JSON, Markdown and HTML as it was given', async () => {
    const markdown =
      '## Routes\n\nOm **zes** uur & <eerder>.\n\n- [x] zout\n- [ ] sneeuw\n\n| a | b |\n| - | - |\n| 1 | 2 |\n'
    const page = bodyOf<PageAnswer>(await create({ title: 'Strooien', kind: 'wiki', markdown }), 201)
    const json = bodyOf<PageJsonAnswer>(await server.call(`${apiPaths.page(page.id)}?format=json`, { token }))
    expect(json).toMatchObject({ id: page.id, title: 'Strooien', labels: [], body: { type: 'doc' } })
    const text = await server.call(`${apiPaths.page(page.id)}?format=markdown`, { token })
    expect(text.headers['content-type']).toBe('text/markdown; charset=utf-8')
    expect(text.text).toContain('# Strooien')
    expect(text.text).toMatch(/## Routes\n\nOm \*\*zes\*\* uur & .*eerder.*\n\n[-*] \[x\] zout/)
    const html = await server.call(`${apiPaths.page(page.id)}?format=html`, { token })
    expect(html.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(html.headers['content-security-policy']).toContain('sandbox')
    expect(html.text).toContain('<strong>zes</strong>')
    expect(html.text).not.toContain('<eerder>')
  })

  it('keeps a heading that is not its title', async () => {
    const page = bodyOf<PageAnswer>(
      await create({ title: 'Strooien', kind: 'wiki', markdown: '# Routes\n\nTekst' }),
      201,
    )
    expect((await server.call(`${apiPaths.page(page.id)}?format=markdown`, { token })).text).toMatch(
      /# Strooien\n\n# Routes\n\nTekst/,
    )
  })

  it.each([
    [{ title: 'x', kind: 'wiki', parent: 'a'.repeat(26) }, 422, 'unknown-parent'],
    [{ title: 'x', kind: 'space' }, 400, 'bad-input'],
    [{ kind: 'wiki' }, 400, 'bad-input'],
    [{ title: 'x'.repeat(301), kind: 'wiki' }, 400, 'bad-input'],
    [{ title: 'x', kind: 'wiki', parent: '../../etc' }, 400, 'bad-input'],
  ] as const)('of %j is refused', async (body, status, reason) => {
    expectProblem(await create(body), status, reason)
  })

  it('of its own author stands under no parent', async () => {
    const parent = bodyOf<PageAnswer>(await create({ title: 'Winter', kind: 'wiki' }), 201)
    expectProblem(await create({ title: 'Notitie', kind: 'note', parent: parent.id }), 422, 'unknown-parent')
  })

  it('that is too long is refused before it is read', async () => {
    expectProblem(
      await create({ title: 'x', kind: 'wiki', markdown: 'a'.repeat(apiLimits.markdownBytes) }),
      413,
      'too-large',
    )
  })

  it('that nobody made is unknown, whatever form its id has', async () => {
    for (const id of ['a'.repeat(26), 'x', '..%2F..%2Fetc', space.id]) {
      expectProblem(await server.call(`/api/pages/${id}`, { token }), 404, 'unknown-page')
    }
    expectProblem(await server.call(apiPaths.pages('a'.repeat(26)), { token }), 404, 'unknown-space')
    const page = bodyOf<PageAnswer>(await create({ title: 'x', kind: 'wiki' }), 201)
    expectProblem(await server.call(`${apiPaths.page(page.id)}?format=pdf`, { token }), 400, 'bad-input')
  })
})

describe('an import', () => {
  const base64 = (content: string | Buffer) => Buffer.from(content).toString('base64')
  const importFiles = (files: readonly { path: string; base64: string }[], of: SpaceAnswer, more: object = {}) =>
    server.call(apiPaths.imports(of.id), { method: 'POST', token, body: { files, ...more } })

  it('makes a tree of pages with links between them, and names what did not come in', async () => {
    const own = await createSpace(server, organisation.founder, 'Handboek')
    const files = [
      { path: 'README.md', base64: base64('# Handboek\n\nZie [routes](winter/routes.md).') },
      { path: 'winter/routes.md', base64: base64('# Routes\n\nTerug naar [begin](../README.md).') },
      { path: 'winter/kaart.png', base64: base64(Buffer.from('89504e470d0a1a0a', 'hex')) },
      { path: 'kapot.md', base64: base64(Buffer.from([0xff, 0x00, 0xfe, 0x80])) },
    ]
    const report = bodyOf<ImportAnswer>(await importFiles(files, own))
    expect(report.skipped.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { path: 'kapot.md', reason: 'not-text' },
      { path: 'winter/kaart.png', reason: 'not-referenced' },
    ])
    const pages = await list(own)
    expect(pages.map(({ title }) => title).toSorted()).toEqual(['Handboek', 'Routes', 'winter'])
    const routes = pages.find(({ title }) => title === 'Routes')
    expect(pages.find(({ title }) => title === 'winter')?.id).toBe(routes?.parent)
    const handbook = pages.find(({ title }) => title === 'Handboek')
    const text = await server.call(`${apiPaths.page(handbook?.id ?? '')}?format=json`, { token })
    expect(text.text).toContain(`plein:page/${routes?.id ?? 'no page'}`)
  })

  it('goes under the page that was named', async () => {
    const own = await createSpace(server, organisation.founder, 'Onder')
    const parent = bodyOf<PageAnswer>(await create({ title: 'Boven', kind: 'wiki' }, own), 201)
    bodyOf(await importFiles([{ path: 'a.md', base64: base64('# A') }], own, { parent: parent.id }))
    expect((await list(own)).map(({ title, parent: under }) => [title, under])).toEqual([
      ['Boven', null],
      ['A', parent.id],
    ])
    expectProblem(
      await importFiles([{ path: 'a.md', base64: base64('# A') }], own, { parent: 'a'.repeat(26) }),
      422,
      'unknown-parent',
    )
  })

  it('without any Markdown makes nothing and says why', async () => {
    const own = await createSpace(server, organisation.founder, 'Leeg')
    const report = bodyOf<ImportAnswer>(await importFiles([{ path: 'map/a.txt', base64: '' }], own))
    expect(report).toEqual({ files: 0, pages: [], skipped: [{ path: 'map/a.txt', reason: 'not-referenced' }] })
    expect(await list(own)).toEqual([])
  })

  it('that is no base64, or holds no files, is refused', async () => {
    expectProblem(await importFiles([{ path: 'a.md', base64: 'not base64!' }], space), 400, 'bad-input')
    expectProblem(await importFiles([], space), 400, 'bad-input')
  })
})

describe('a space', () => {
  it.each([
    [{ name: 'Plein', kind: 'organisation' }],
    [{ name: 'Plein', kind: 'personal' }],
    [{ name: '', kind: 'team' }],
    [{ name: '\u0000 ', kind: 'team' }],
    [{ kind: 'team' }],
  ])('of %j is refused', async (body) => {
    expectProblem(await server.call(apiPaths.spaces, { method: 'POST', token, body }), 400, 'bad-input')
  })

  it('lists its members’ cards without their e-mail', async () => {
    const answer = await server.call(apiPaths.members(space.id), { token })
    expect(bodyOf(answer)).toEqual({
      members: [
        { id: organisation.founder.person.id, name: 'Sofie', role: 'owner', organisationRole: 'administrator' },
      ],
    })
    expect(answer.text).not.toContain('@')
  })
})
