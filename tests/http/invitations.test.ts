import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  apiPaths,
  type Health,
  type InvitationAnswer,
  type OpenInvitationAnswer,
  type SignedIn,
  type SpaceAnswer,
} from '../../model/api.ts'
import type { SpaceRole } from '../../model/permission.ts'
import { openSmtpListener, type SmtpListener } from './support/smtp-listener.ts'
import {
  bodyOf,
  createOrganisation,
  createSpace,
  expectProblem,
  invite,
  join,
  openTestServer,
  setRole,
  spacesOf,
  type Organisation,
  type TestServer,
} from './support/test-server.ts'

let smtp: SmtpListener
let server: TestServer
let organisation: Organisation
beforeAll(async () => {
  smtp = await openSmtpListener()
  server = await openTestServer({ mail: { smtpUrl: smtp.url, from: 'Plein <plein@example.org>' } })
  organisation = await createOrganisation(server)
})
afterAll(async () => {
  await server.close()
  await smtp.close()
})

const post = (token: string, body: object) => server.call(apiPaths.invitations, { method: 'POST', token, body })
const openOnes = async (token: string) =>
  bodyOf<{ invitations: OpenInvitationAnswer[] }>(await server.call(apiPaths.openInvitations, { token })).invitations

describe('by e-mail', () => {
  it('says that e-mail is possible, and sends the link to whoever is invited', async () => {
    expect(bodyOf<Health>(await server.call(apiPaths.health)).canMail).toBe(true)
    const body = { role: 'member', email: 'bram@example.org' }
    const { isMailed, link } = await invite(server, organisation.founder.token, body)
    expect(isMailed).toBe(true)
    expect(smtp.mails).toMatchObject([{ from: 'plein@example.org', to: 'bram@example.org' }])
    const [mail] = smtp.mails
    const text = (mail?.message ?? '').replaceAll('=\n', '').replaceAll('=3D', '=')
    expect(text).toContain(link)
    expect(text).toContain('De Werf')
    expect(text).toContain('Sofie')
  })

  it('keeps the invitation with a link to copy where the mail server does not take it', async () => {
    const body = { role: 'member', email: 'nobody@example.org' }
    const { isMailed, code } = await invite(server, organisation.founder.token, body)
    expect(isMailed).toBe(false)
    bodyOf(await server.call(apiPaths.invitation(code)))
  })

  it('sends to one address and to nothing else that is typed there', async () => {
    const before = smtp.mails.length
    for (const email of ['a@example.org, b@example.org', 'a@example.org\r\nBcc: b@example.org', 'a b@example.org']) {
      const answer = await post(organisation.founder.token, { role: 'member', email })
      expectProblem(answer, 400, 'bad-input')
    }
    expect(smtp.mails.length).toBe(before)
  })

  it('gives a link to copy where the server has no mail', async () => {
    const other = await openTestServer()
    const { founder } = await createOrganisation(other)
    expect(bodyOf<Health>(await other.call(apiPaths.health)).canMail).toBe(false)
    const made = await invite(other, founder.token, { role: 'member', email: 'bram@example.org' })
    expect(made.isMailed).toBe(false)
    await other.close()
  })
})

describe('who may invite whom', () => {
  let owner: SignedIn
  let space: SpaceAnswer
  beforeAll(async () => {
    owner = await join(server, organisation)
    space = await createSpace(server, owner)
  })

  it('an owner invites guests to their own space, who come in with that role and see nothing else', async () => {
    const body = { role: 'guest', spaceId: space.id, spaceRole: 'commenter' }
    const { code } = bodyOf<InvitationAnswer>(await post(owner.token, body), 201)
    const newcomer = { name: 'Gast', email: 'gast@example.org', password: 'drie blauwe fietsen' }
    const guest = bodyOf<SignedIn>(
      await server.call(apiPaths.acceptInvitation(code), { method: 'POST', body: newcomer }),
      201,
    )
    const spaces = await spacesOf(server, guest.token)
    expect(spaces.map(({ kind, role }) => `${kind} ${role}`).toSorted()).toEqual([
      'personal owner',
      'project commenter',
    ])
  })

  it('an owner invites no colleague, nobody without a space, nobody elsewhere, and no guest as an owner', async () => {
    const elsewhere = await createSpace(server, organisation.founder)
    for (const body of [
      { role: 'member' },
      { role: 'member', spaceId: space.id },
      { role: 'guest' },
      { role: 'guest', spaceId: elsewhere.id },
      { role: 'guest', spaceId: space.id, spaceRole: 'owner' },
    ])
      expectProblem(await post(owner.token, body), 403, 'forbidden')
    const editor = await join(server, organisation)
    await setRole(server, owner, { space, person: editor, role: 'editor' })
    expectProblem(await post(editor.token, { role: 'guest', spaceId: space.id }), 403, 'forbidden')
  })

  it('an administrator invites to every space that they can see at all, as an owner of none but their own', async () => {
    const { token } = organisation.founder
    const to = (spaceRole: SpaceRole, where: SpaceAnswer) =>
      post(token, { role: 'member', spaceId: where.id, spaceRole })
    bodyOf(await to('editor', space), 201)
    expectProblem(await to('owner', space), 403, 'forbidden')
    bodyOf(await to('owner', await createSpace(server, organisation.founder)), 201)
    const closed = { method: 'PATCH', token: owner.token, body: { joining: 'closed' } } as const
    bodyOf(await server.call(apiPaths.space(space.id), closed))
    expectProblem(await to('editor', space), 403, 'forbidden')
    const personal = (await spacesOf(server, token)).find(({ kind }) => kind === 'personal')
    expectProblem(await post(token, { role: 'guest', spaceId: personal?.id }), 403, 'forbidden')
  })
})

describe('open invitations', () => {
  it('are listed for who made them and for owners of the space, all of them for an administrator, without their codes', async () => {
    const owner = await join(server, organisation)
    const space = await createSpace(server, owner)
    const second = await join(server, organisation)
    await setRole(server, owner, { space, person: second, role: 'owner' })
    const stranger = await join(server, organisation)
    const body = { role: 'guest', spaceId: space.id, email: 'piet@example.org' }
    const { id, code } = bodyOf<InvitationAnswer>(await post(owner.token, body), 201)
    const [shown] = await openOnes(owner.token)
    expect(shown).toMatchObject({ id, spaceId: space.id, spaceRole: 'commenter', email: 'piet@example.org' })
    expect(JSON.stringify(shown)).not.toContain(code)
    expect((await openOnes(second.token)).map((each) => each.id)).toEqual([id])
    expect(await openOnes(stranger.token)).toEqual([])
    expect((await openOnes(organisation.founder.token)).map((each) => each.id)).toContain(id)
  })

  it('let nobody in once they are revoked, and are revoked by nobody who does not see them', async () => {
    const { token } = organisation.founder
    const { id, code } = await invite(server, token, { role: 'member' })
    const stranger = await join(server, organisation)
    const revoke = (by: string) => server.call(apiPaths.openInvitation(id), { method: 'DELETE', token: by })
    expectProblem(await revoke(stranger.token), 404, 'invitation-unknown')
    bodyOf(await revoke(token), 204)
    expectProblem(await revoke(token), 404, 'invitation-unknown')
    expectProblem(await server.call(apiPaths.invitation(code)), 404, 'invitation-unknown')
  })
})
