import { parseInvitationLink, type SignedIn } from '../../model/api.ts'
import type { OrganisationId, SpaceId } from '../../model/ids.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import type { LaptopStorage, OrganisationRecord } from '../storage/laptop-storage.ts'
import type { Secrets } from '../platform/platform.ts'
import type { AccountClient } from './account-client.ts'
import type { InvitationClient } from './invitation-client.ts'
import type { OpenOrganisation } from './organisation.ts'
import type { OrganisationHold } from './organisation-hold.ts'
import type { Account, AccountError, InvitationPreview, Plein } from './plein.ts'

export interface AccountOptions {
  readonly laptop: LaptopStorage
  /** Where the platform keeps the tokens of this device. */
  readonly secrets: Secrets
  readonly accounts: AccountClient
  readonly invitations: InvitationClient
  /** Where `createOrganisation` goes: this origin's server in a browser, the embedded one on the desktop. */
  readonly homeServerUrl: () => Promise<string | null>
  readonly deviceName: string
  /** Keeps windows apart while an organisation gets another person. */
  readonly hold: OrganisationHold
  /** Names in the language of the interface, for what is made on joining. */
  readonly names: () => { readonly personalSpace: string; readonly teamSpace: string; readonly untitled: string }
}

/** Coming in and going out: invitations, new organisations, signing in. What it lets in is put on this laptop and opened. */
export class Accounts {
  readonly #options: AccountOptions
  readonly #open: (id: OrganisationId) => Promise<unknown>
  readonly #leave: (id: OrganisationId) => Promise<void>

  constructor(
    options: AccountOptions,
    doors: {
      readonly open: (id: OrganisationId) => Promise<unknown>
      /** Closes the organisation where it is open in this window. */
      readonly leave: (id: OrganisationId) => Promise<void>
    },
  ) {
    this.#options = options
    this.#open = doors.open
    this.#leave = doors.leave
  }

  previewInvitation(link: string): Promise<Result<InvitationPreview, AccountError>> {
    return this.#options.accounts.preview(link)
  }

  async join(link: string, account: Account): Promise<Result<OrganisationId, AccountError>> {
    const parsed = parseInvitationLink(link)
    if (parsed === undefined) return fail('bad-input')
    const { personalSpace } = this.#options.names()
    const request = { ...account, deviceName: this.#options.deviceName, personalSpaceName: personalSpace }
    const answer = await this.#options.accounts.join(link, request)
    return answer.ok ? this.#enter(answer.value.serverUrl, answer.value) : answer
  }

  async createOrganisation(
    organisation: Parameters<Plein['createOrganisation']>[0],
  ): Promise<Result<OrganisationId, AccountError>> {
    const serverUrl = await this.#options.homeServerUrl()
    if (serverUrl === null) return fail('server-unreachable')
    const server = await this.#options.accounts.check(serverUrl)
    if (!server.ok) return server
    if (server.value.hasOrganisation) return fail('organisation-exists')
    const names = this.#options.names()
    const { name, email, password } = organisation.account
    const answer = await this.#options.accounts.createOrganisation(serverUrl, {
      name: organisation.name,
      personName: name,
      email,
      password,
      deviceName: this.#options.deviceName,
      teamSpaceName: names.teamSpace,
      personalSpaceName: names.personalSpace,
      ...(organisation.setupCode === undefined ? {} : { setupCode: organisation.setupCode }),
    })
    return answer.ok ? this.#enter(serverUrl, answer.value) : answer
  }

  async signIn(credentials: {
    readonly serverUrl: string
    readonly email: string
    readonly password: string
  }): Promise<Result<OrganisationId, AccountError>> {
    const serverUrl = originOf(credentials.serverUrl)
    if (serverUrl === null) return fail('bad-input')
    const server = await this.#options.accounts.check(serverUrl)
    if (!server.ok) return server
    const { email, password } = credentials
    const answer = await this.#options.accounts.signIn(serverUrl, {
      email,
      password,
      deviceName: this.#options.deviceName,
    })
    return answer.ok ? this.#enter(serverUrl, answer.value) : answer
  }

  async invite(
    organisation: OpenOrganisation,
    invitation: { readonly role: 'member' | 'guest' },
  ): Promise<Result<string, AccountError>> {
    const { serverUrl } = organisation.record
    if (serverUrl === null) return fail('server-unreachable')
    return this.#options.accounts.invite(serverUrl, await this.token(organisation), invitation)
  }

  async signOut(organisation: OpenOrganisation): Promise<void> {
    const { serverUrl } = organisation.record
    const token = await this.token(organisation)
    await organisation.batch.flush()
    await this.#options.secrets.delete(organisation.record.id)
    await organisation.tellToken()
    if (serverUrl !== null && token !== '') await this.#options.accounts.signOut(serverUrl, token)
  }

  async createSpace(
    organisation: OpenOrganisation,
    serverUrl: string,
    space: Parameters<Plein['createSpace']>[0],
  ): Promise<Result<SpaceId, AccountError>> {
    const answer = await this.#options.accounts.createSpace(serverUrl, await this.token(organisation), space)
    return answer.ok ? ok(answer.value.id) : answer
  }

  async token(organisation: OpenOrganisation): Promise<string> {
    return (await organisation.token()) ?? ''
  }

  /** Signed in, joined or created: the organisation is put on this laptop and opened. */
  async #enter(serverUrl: string, signedIn: SignedIn): Promise<Result<OrganisationId, AccountError>> {
    const { laptop } = this.#options
    const known = (await laptop.organisations()).find((each) => each.id === signedIn.organisation.id)
    const record: OrganisationRecord = {
      id: signedIn.organisation.id,
      name: signedIn.organisation.name,
      kind: 'server',
      serverUrl,
      personId: signedIn.person.id,
      personName: signedIn.person.name,
      email: signedIn.person.email,
      role: signedIn.person.role,
      generation: known?.generation ?? null,
    }
    const put = async () => {
      await laptop.putOrganisation(record)
      await this.#options.secrets.set(record.id, signedIn.token)
    }
    if (known === undefined || known.personId === record.personId) await put()
    else if (!(await this.#replace(record.id, put))) {
      await this.#open(record.id)
      return fail('unsent-of-somebody-else')
    }
    await this.#open(record.id)
    return ok(record.id)
  }

  /**
   * Another person was signed in to this organisation here. What they have not sent must never be pushed in the new person's
   * name, nor be lost: with anything waiting the answer is false, else their copy makes room for what `put` brings.
   */
  async #replace(id: OrganisationId, put: () => Promise<void>): Promise<boolean> {
    const { laptop, hold } = this.#options
    await this.#leave(id)
    // Other windows of the person before let go first, so that nothing of theirs is written after we have looked, and begin
    // again only when the new person is there.
    return hold.alone(id, async () => {
      const storage = laptop.organisation(id)
      const [waiting, setAside] = [await storage.waitingRows(0, 1), await storage.setAsideRecords()]
      if (waiting.length > 0 || setAside.length > 0) return false
      await laptop.removeOrganisation(id)
      await put()
      return true
    })
  }
}

/** What somebody typed as the address of their server; null where it is none. Without a scheme, https is meant. */
function originOf(text: string): string | null {
  const address = text.trim()
  const withScheme = /^https?:\/\//i.test(address) ? address : `https://${address}`
  if (!URL.canParse(withScheme)) return null
  return new URL(withScheme).origin
}
