import { mustParseId, type PageId, type PersonId, type RequestId, type SpaceId } from '../../model/ids.ts'
import type { SpaceRole } from '../../model/permission.ts'
import type { Ask, NewSpace, SpaceChange } from '../../model/request.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import { Cell, Cells } from './fake-cell.ts'
import type { FakePeople } from './fake-people.ts'
import { FakeRequests } from './fake-requests.ts'
import { nextId } from './fake-sample.ts'
import type { AccountError, Live, SpaceSummary } from './plein.ts'
import type { RequestView } from './requests.ts'
import type {
  InvitationMade,
  JoinableSpace,
  NewInvitation,
  OpenInvitation,
  SpaceAdmin,
  SpaceDetails,
} from './space-admin.ts'

/** What the fake of spaces needs of the whole fake. */
export interface FakeHouse {
  readonly people: FakePeople
  readonly isOnline: () => boolean
  /** Tells the lists of spaces and pages what the server would have done. */
  readonly showSpaces: (spaces: readonly SpaceSummary[]) => void
  readonly movePage: (id: PageId, to: SpaceId, parent: PageId | null) => void
  readonly setArchived: (id: PageId, archived: boolean) => void
  readonly titleOf: (id: PageId) => string
}

type Answer = Pick<RequestView, 'state' | 'reason'>
const accepted: Answer = { state: 'accepted', reason: null }

/** Spaces and their members in memory. What needs a server is done at once while the fake is online. */
export class FakeSpaceAdmin implements SpaceAdmin {
  readonly archived = new Cell<readonly SpaceDetails[]>([])
  readonly joinable = new Cell<readonly JoinableSpace[]>([])
  readonly canMail = new Cell(true)
  readonly invitationsVersion = new Cell(0)
  readonly requests: FakeRequests
  readonly #house: FakeHouse
  #spaces: readonly SpaceDetails[] = []
  #invitations: readonly OpenInvitation[] = []
  readonly #details = new Cells<SpaceId, SpaceDetails | null>(
    (id) => this.#spaces.find((space) => space.id === id) ?? null,
  )
  readonly #sections = new Cells<SpaceId, readonly SpaceDetails[]>((parent) =>
    this.#spaces.filter((space) => space.parent === parent),
  )

  constructor(house: FakeHouse) {
    this.#house = house
    this.requests = new FakeRequests({
      isOnline: house.isOnline,
      about: (ask) => this.#about(ask),
      decide: (ask) => this.#decide(ask),
    })
  }

  show(spaces: readonly SpaceSummary[]): void {
    this.#spaces = spaces.map((space) => detailsOf(space))
    for (const { id, role, kind } of spaces) this.#house.people.fill(id, role, kind === 'personal')
    this.joinable.set(joinableSpaces())
    this.#tell()
  }

  details(id: SpaceId): Live<SpaceDetails | null> {
    return this.#details.get(id)
  }

  sections(parent: SpaceId): Live<readonly SpaceDetails[]> {
    return this.#sections.get(parent)
  }

  async createSpace(space: Omit<NewSpace, 'spaceId'>): ReturnType<SpaceAdmin['createSpace']> {
    const spaceId = mustParseId<SpaceId>(nextId())
    return { spaceId, requestId: await this.requests.send({ type: 'create-space', spaceId, ...space }) }
  }

  changeSpace(spaceId: SpaceId, change: SpaceChange): Promise<RequestId | null> {
    return this.requests.send({ type: 'change-space', spaceId, change })
  }

  join(spaceId: SpaceId): Promise<RequestId | null> {
    return this.requests.send({ type: 'join-space', spaceId })
  }

  leave(spaceId: SpaceId): Promise<RequestId | null> {
    return this.requests.send({ type: 'leave-space', spaceId })
  }

  askRole(spaceId: SpaceId, role: SpaceRole): Promise<RequestId | null> {
    return this.requests.send({ type: 'ask-role', spaceId, role })
  }

  decideAsk(requestId: RequestId, isGranted: boolean): Promise<RequestId | null> {
    return this.requests.send({ type: 'decide-ask', requestId, isGranted })
  }

  setMember(spaceId: SpaceId, personId: PersonId, role: SpaceRole | null): Promise<RequestId | null> {
    return this.requests.send({ type: 'set-member', spaceId, personId, role })
  }

  movePage(
    pageId: PageId,
    to: { readonly spaceId: SpaceId; readonly parent: PageId | null },
  ): Promise<RequestId | null> {
    return this.requests.send({ type: 'move-page', pageId, to: to.spaceId, parent: to.parent })
  }

  archiveAuthored(pageId: PageId, archived: boolean): Promise<RequestId | null> {
    return this.requests.send({ type: 'archive-authored', pageId, archived })
  }

  invite({ role, space, email }: NewInvitation): Promise<Result<InvitationMade, AccountError>> {
    if (!this.#house.isOnline()) return Promise.resolve(fail('server-unreachable'))
    const id = nextId()
    const createdAtMs = Date.now()
    const me = this.#house.people.me.snapshot()
    if (me === null) return Promise.resolve(fail('forbidden'))
    const made = { id, role, space, email, invitedBy: me.id, createdAtMs, expiresAtMs: createdAtMs + 7 * 86_400_000 }
    this.#invitations = [made, ...this.#invitations]
    this.invitationsVersion.set(this.invitationsVersion.snapshot() + 1)
    return Promise.resolve(ok({ link: `http://127.0.0.1:4680/#/join/${id}`, isMailed: email !== null }))
  }

  openInvitations(): Promise<Result<readonly OpenInvitation[], AccountError>> {
    return Promise.resolve(this.#house.isOnline() ? ok(this.#invitations) : fail('server-unreachable'))
  }

  revokeInvitation(id: string): Promise<Result<void, AccountError>> {
    this.#invitations = this.#invitations.filter((invitation) => invitation.id !== id)
    return Promise.resolve(ok(undefined))
  }

  #about(ask: Ask): string {
    if (ask.type === 'create-space') return ask.name
    if (ask.type === 'move-page' || ask.type === 'archive-authored') return this.#house.titleOf(ask.pageId)
    if (ask.type === 'decide-ask') return ''
    const { spaceId } = ask
    return [...this.#spaces, ...this.joinable.snapshot()].find((space) => space.id === spaceId)?.name ?? ''
  }

  #decide(ask: Ask): Answer {
    switch (ask.type) {
      case 'join-space':
        return this.#join(ask.spaceId)
      case 'leave-space':
        return this.#leave(ask.spaceId)
      case 'ask-role':
        return { state: 'asked', reason: null }
      case 'decide-ask':
        return accepted
      case 'set-member':
        this.#house.people.setMember(ask.spaceId, ask.personId, ask.role)
        return accepted
      case 'create-space': {
        const { type: _type, spaceId: id, ...space } = ask
        this.#add({ ...space, id, role: 'owner', memberCount: 1, archived: false })
        return accepted
      }
      case 'change-space':
        this.#change(ask.spaceId, ask.change)
        return accepted
      case 'move-page':
        this.#house.movePage(ask.pageId, ask.to, ask.parent)
        return accepted
      case 'archive-authored':
        this.#house.setArchived(ask.pageId, ask.archived)
        return accepted
    }
  }

  #join(id: SpaceId): Answer {
    const space = this.joinable.snapshot().find((each) => each.id === id)
    if (space === undefined) return { state: 'refused', reason: 'unknown-space' }
    if (space.joining === 'ask') return { state: 'asked', reason: null }
    this.joinable.set(this.joinable.snapshot().filter((each) => each !== space))
    this.#add({ ...space, role: 'editor', parent: null, archived: false, memberCount: space.memberCount + 1 })
    return accepted
  }

  #leave(id: SpaceId): Answer {
    const owners = this.#house.people
      .members(id)
      .snapshot()
      .filter(({ role }) => role === 'owner')
    if (owners.length === 1 && owners[0]?.person.isMe === true) return { state: 'refused', reason: 'last-owner' }
    this.#spaces = this.#spaces.filter((space) => space.id !== id)
    this.#tell()
    return accepted
  }

  #add(space: SpaceDetails): void {
    this.#spaces = [...this.#spaces, space]
    this.#house.people.fill(space.id, space.role, true)
    this.#tell()
  }

  #change(id: SpaceId, change: SpaceChange): void {
    this.#spaces = this.#spaces.map((space) => (space.id === id ? { ...space, ...change } : space))
    this.#tell()
  }

  #tell(): void {
    this.#details.readAgain()
    this.#sections.readAgain()
    this.archived.set(this.#spaces.filter((space) => space.archived))
    this.#house.showSpaces(this.#spaces.map(({ id, name, kind, role }) => ({ id, name, kind, role })))
  }
}

function detailsOf(space: SpaceSummary): SpaceDetails {
  const joining =
    space.kind === 'community' ? 'open' : space.kind === 'team' || space.kind === 'project' ? 'ask' : 'closed'
  const memberCount = space.kind === 'personal' ? 1 : 7
  return { ...space, description: '', icon: null, parent: null, joining, memberCount, archived: false }
}

function joinableSpaces(): readonly JoinableSpace[] {
  const id = () => mustParseId<SpaceId>(nextId())
  return [
    {
      id: id(),
      name: 'Duurzaam kantoor',
      kind: 'community',
      description: 'Minder papier, minder plastic, meer planten.',
      icon: null,
      joining: 'open',
      memberCount: 23,
    },
    {
      id: id(),
      name: 'Financiën',
      kind: 'team',
      description: 'Begroting, inkoop en facturen.',
      icon: null,
      joining: 'ask',
      memberCount: 12,
    },
  ]
}
