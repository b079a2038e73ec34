import type { PageId, PersonId, RequestId, SpaceId } from '../../model/ids.ts'
import type { SpaceRole } from '../../model/permission.ts'
import type { NewSpace, SpaceChange } from '../../model/request.ts'
import { fail } from '../../model/result.ts'
import { LiveValue } from './live.ts'
import type { Live } from './plein.ts'
import type { Requests } from './requests.ts'
import type { JoinableSpace, SpaceAdmin, SpaceDetails } from './space-admin.ts'

/** Spaces and their members, by way of requests. */
export class WindowSpaceAdmin implements SpaceAdmin {
  readonly archived: Live<readonly SpaceDetails[]> = new LiveValue([])
  readonly joinable: Live<readonly JoinableSpace[]> = new LiveValue([])
  readonly canMail: Live<boolean> = new LiveValue(false)
  readonly #requests: Requests
  readonly #mintSpace: () => SpaceId

  constructor(requests: Requests, mintSpace: () => SpaceId) {
    this.#requests = requests
    this.#mintSpace = mintSpace
  }

  details(): Live<SpaceDetails | null> {
    return new LiveValue<SpaceDetails | null>(null)
  }

  sections(): Live<readonly SpaceDetails[]> {
    return this.archived
  }

  async createSpace(space: Omit<NewSpace, 'spaceId'>): ReturnType<SpaceAdmin['createSpace']> {
    const spaceId = this.#mintSpace()
    return { spaceId, requestId: await this.#requests.send({ type: 'create-space', spaceId, ...space }) }
  }

  changeSpace(spaceId: SpaceId, change: SpaceChange): Promise<RequestId | null> {
    return this.#requests.send({ type: 'change-space', spaceId, change })
  }

  join(spaceId: SpaceId): Promise<RequestId | null> {
    return this.#requests.send({ type: 'join-space', spaceId })
  }

  leave(spaceId: SpaceId): Promise<RequestId | null> {
    return this.#requests.send({ type: 'leave-space', spaceId })
  }

  askRole(spaceId: SpaceId, role: SpaceRole): Promise<RequestId | null> {
    return this.#requests.send({ type: 'ask-role', spaceId, role })
  }

  decideAsk(requestId: RequestId, isGranted: boolean): Promise<RequestId | null> {
    return this.#requests.send({ type: 'decide-ask', requestId, isGranted })
  }

  setMember(spaceId: SpaceId, personId: PersonId, role: SpaceRole | null): Promise<RequestId | null> {
    return this.#requests.send({ type: 'set-member', spaceId, personId, role })
  }

  movePage(
    pageId: PageId,
    to: { readonly spaceId: SpaceId; readonly parent: PageId | null },
  ): Promise<RequestId | null> {
    return this.#requests.send({ type: 'move-page', pageId, to: to.spaceId, parent: to.parent })
  }

  archiveAuthored(pageId: PageId, archived: boolean): Promise<RequestId | null> {
    return this.#requests.send({ type: 'archive-authored', pageId, archived })
  }

  readonly invite: SpaceAdmin['invite'] = () => Promise.resolve(fail('forbidden'))
  readonly openInvitations: SpaceAdmin['openInvitations'] = () => Promise.resolve(fail('forbidden'))
  readonly revokeInvitation: SpaceAdmin['revokeInvitation'] = () => Promise.resolve(fail('forbidden'))
}
