import { fail, type Result } from '../../model/result.ts'
import type { InvitationClient } from './invitation-client.ts'
import { LiveValue } from './live.ts'
import type { OpenOrganisation } from './organisation.ts'
import type { AccountError, Live } from './plein.ts'
import type { InvitationMade, NewInvitation, OpenInvitation } from './space-admin.ts'

/** Invitations of the organisation that is open in this window: over HTTP, done at once or not at all. */
export class WindowInvitations {
  readonly canMail = new LiveValue(false)
  readonly version = new LiveValue(0)
  readonly #client: InvitationClient

  constructor(open: Live<OpenOrganisation | null>, client: InvitationClient) {
    this.#client = client
    open.subscribe(() => void this.#lookForMail(open))
  }

  invite(organisation: OpenOrganisation, invitation: NewInvitation): Promise<Result<InvitationMade, AccountError>> {
    return this.#change(organisation, (serverUrl, token) => this.#client.invite(serverUrl, token, invitation))
  }

  list(organisation: OpenOrganisation): Promise<Result<readonly OpenInvitation[], AccountError>> {
    return this.#withServer(organisation, (serverUrl, token) => this.#client.list(serverUrl, token))
  }

  revoke(organisation: OpenOrganisation, id: string): Promise<Result<void, AccountError>> {
    return this.#change(organisation, (serverUrl, token) => this.#client.revoke(serverUrl, token, id))
  }

  async #change<T>(
    organisation: OpenOrganisation,
    call: (serverUrl: string, token: string) => Promise<Result<T, AccountError>>,
  ): Promise<Result<T, AccountError>> {
    const answer = await this.#withServer(organisation, call)
    this.version.set(this.version.snapshot() + 1)
    return answer
  }

  async #withServer<T>(
    organisation: OpenOrganisation,
    call: (serverUrl: string, token: string) => Promise<Result<T, AccountError>>,
  ): Promise<Result<T, AccountError>> {
    const { serverUrl } = organisation.record
    if (serverUrl === null) return fail('server-unreachable')
    return call(serverUrl, (await organisation.token()) ?? '')
  }

  async #lookForMail(open: Live<OpenOrganisation | null>): Promise<void> {
    const organisation = open.snapshot()
    this.canMail.set(false)
    const serverUrl = organisation?.record.serverUrl ?? null
    if (serverUrl === null) return
    const canMail = await this.#client.canMail(serverUrl)
    if (open.snapshot() === organisation) this.canMail.set(canMail)
  }
}
