import type { PageId, PersonId, RequestId, SpaceId } from '../../model/ids.ts'
import type { SpaceRole } from '../../model/permission.ts'
import type { Ask, NewSpace, SpaceChange } from '../../model/request.ts'
import type { SpaceRecord } from '../storage/laptop-storage.ts'
import { deriveFrom, keepSame } from './live.ts'
import { changeLocalSpace, createLocalSpace, moveLocalPage } from './local-spaces.ts'
import type { OpenOrganisation } from './organisation.ts'
import type { PageVerbs } from './page-verbs.ts'
import type { Live } from './plein.ts'
import type { Requests } from './requests.ts'
import type { JoinableSpace, SpaceAdmin, SpaceDetails } from './space-admin.ts'
import type { WindowInvitations } from './window-invitations.ts'

const none: readonly never[] = []

/** Spaces and who belongs to them: by requests where there is a server, at once where there is none. */
export class WindowSpaceAdmin implements SpaceAdmin {
  readonly archived: Live<readonly SpaceDetails[]>
  readonly joinable: Live<readonly JoinableSpace[]>
  readonly canMail: Live<boolean>
  readonly invitationsVersion: Live<number>
  readonly #open: Live<OpenOrganisation | null>
  readonly #requests: Pick<Requests, 'send'>
  readonly #pages: PageVerbs
  readonly #invitations: WindowInvitations
  /** Drawn last, so that a space that did not change stays the same object. */
  readonly #drawn = new Map<SpaceId, SpaceDetails>()

  constructor(
    open: Live<OpenOrganisation | null>,
    parts: {
      readonly requests: Pick<Requests, 'send'>
      readonly pages: PageVerbs
      readonly invitations: WindowInvitations
    },
  ) {
    this.#open = open
    this.#requests = parts.requests
    this.#pages = parts.pages
    this.#invitations = parts.invitations
    this.canMail = parts.invitations.canMail
    this.invitationsVersion = parts.invitations.version
    this.archived = this.#spaces((space) => space.archived)
    this.joinable = deriveFrom<OpenOrganisation | null, readonly JoinableSpace[]>(
      open,
      (organisation) => organisation?.requests.drawn.snapshot().joinable ?? none,
      (organisation, invalidate) => [organisation?.requests.drawn.subscribe(invalidate)],
    )
  }

  details(id: SpaceId): Live<SpaceDetails | null> {
    return this.#derive<SpaceDetails | null>((organisation) => {
      const space = organisation?.lists.space(id)
      return organisation === null || space === undefined ? null : this.#detailsOf(organisation, space)
    })
  }

  sections(parent: SpaceId): Live<readonly SpaceDetails[]> {
    return this.#spaces((space) => space.parent === parent && !space.archived)
  }

  async createSpace(space: Omit<NewSpace, 'spaceId'>): ReturnType<SpaceAdmin['createSpace']> {
    const organisation = this.#mustBeOpen()
    if (!organisation.hasServer) return { spaceId: await createLocalSpace(organisation, space), requestId: null }
    const spaceId = organisation.mintSpace()
    return { spaceId, requestId: await this.#requests.send({ type: 'create-space', spaceId, ...space }) }
  }

  changeSpace(spaceId: SpaceId, change: SpaceChange): Promise<RequestId | null> {
    return this.#ask({ type: 'change-space', spaceId, change }, (organisation) =>
      changeLocalSpace(organisation, spaceId, change),
    )
  }

  join(spaceId: SpaceId): Promise<RequestId | null> {
    return this.#ask({ type: 'join-space', spaceId })
  }

  leave(spaceId: SpaceId): Promise<RequestId | null> {
    return this.#ask({ type: 'leave-space', spaceId })
  }

  askRole(spaceId: SpaceId, role: SpaceRole): Promise<RequestId | null> {
    return this.#ask({ type: 'ask-role', spaceId, role })
  }

  decideAsk(requestId: RequestId, isGranted: boolean): Promise<RequestId | null> {
    return this.#ask({ type: 'decide-ask', requestId, isGranted })
  }

  setMember(spaceId: SpaceId, personId: PersonId, role: SpaceRole | null): Promise<RequestId | null> {
    return this.#ask({ type: 'set-member', spaceId, personId, role })
  }

  movePage(pageId: PageId, to: Parameters<SpaceAdmin['movePage']>[1]): Promise<RequestId | null> {
    return this.#ask({ type: 'move-page', pageId, to: to.spaceId, parent: to.parent }, (organisation) =>
      moveLocalPage(organisation, pageId, to),
    )
  }

  archiveAuthored(pageId: PageId, archived: boolean): Promise<RequestId | null> {
    return this.#ask({ type: 'archive-authored', pageId, archived }, () => this.#pages.setArchived(pageId, archived))
  }

  readonly invite: SpaceAdmin['invite'] = (invitation) => this.#invitations.invite(this.#mustBeOpen(), invitation)
  readonly openInvitations: SpaceAdmin['openInvitations'] = () => this.#invitations.list(this.#mustBeOpen())
  readonly revokeInvitation: SpaceAdmin['revokeInvitation'] = (id) => this.#invitations.revoke(this.#mustBeOpen(), id)

  /** Without a server there is nobody to ask; what one person can do alone is done at once. */
  async #ask(ask: Ask, alone?: (organisation: OpenOrganisation) => Promise<void>): Promise<RequestId | null> {
    const organisation = this.#mustBeOpen()
    if (organisation.hasServer) return this.#requests.send(ask)
    await alone?.(organisation)
    return null
  }

  #mustBeOpen(): OpenOrganisation {
    const organisation = this.#open.snapshot()
    if (organisation === null) throw new Error('No organisation is open in this window')
    return organisation
  }

  #spaces(isMeant: (space: SpaceDetails) => boolean): Live<readonly SpaceDetails[]> {
    return this.#derive<readonly SpaceDetails[]>((organisation, previous) => {
      if (organisation === null) return none
      const spaces = organisation.lists.spaces.map((space) => this.#detailsOf(organisation, space)).filter(isMeant)
      return keepSame(
        previous,
        spaces.toSorted((a, b) => a.name.localeCompare(b.name)),
      )
    })
  }

  #detailsOf({ people }: OpenOrganisation, space: SpaceRecord): SpaceDetails {
    const { id, name, kind, role, archived } = space
    const memberCount = people.drawn.snapshot().members.get(id)?.length ?? 0
    const said = {
      description: space.description ?? '',
      icon: space.icon ?? null,
      parent: space.parent ?? null,
      joining: space.joining ?? 'closed',
    }
    const details = keepSame(this.#drawn.get(id), { id, name, kind, role, archived, memberCount, ...said })
    this.#drawn.set(id, details)
    return details
  }

  #derive<T>(compute: (organisation: OpenOrganisation | null, previous: T | undefined) => T): Live<T> {
    return deriveFrom<OpenOrganisation | null, T>(this.#open, compute, (organisation, invalidate) => [
      organisation?.lists.subscribe(invalidate),
      organisation?.people.drawn.subscribe(invalidate),
    ])
  }
}
