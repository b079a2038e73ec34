import { mustParseId, type OrganisationId, type PageId, type SpaceId } from '../../model/ids.ts'
import { isSharedPage } from '../../model/kinds.ts'
import { includesRole } from '../../model/permission.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import { Cell } from './fake-cell.ts'
import { FakeAway } from './fake-away.ts'
import { FakeComments } from './fake-comments.ts'
import { FakeDrafts } from './fake-drafts.ts'
import { FakeInbox } from './fake-inbox.ts'
import { FakeMarks } from './fake-marks.ts'
import { FakeFiles } from './fake-files.ts'
import { FakeHistory } from './fake-history.ts'
import { FakeInOut } from './fake-in-out.ts'
import { FakePeople, fakeNoor as noor, fakePresent as present } from './fake-people.ts'
import { FakeSearch } from './fake-search.ts'
import { FakeSpaceAdmin } from './fake-space-admin.ts'
import { FakeTrees } from './fake-trees.ts'
import { fakeProfile } from './fake-profile.ts'
import { type FakePage, type FakeSpace, fakePage, manyPages, nextId, oeverdam } from './fake-sample.ts'
import type {
  AccountError,
  ConnectionSnapshot,
  Live,
  Me,
  OpenPageError,
  OrganisationSummary,
  PageSnapshot,
  Plein,
  ReceiptSnapshot,
  SessionSnapshot,
  SpaceSnapshot,
  TreePage,
} from './plein.ts'

export const fakeScenes = [
  'online',
  'offline',
  'welcome',
  'refused',
  'personal',
  'empty',
  'many',
  'trouble',
  'full',
  'away',
] as const
export type FakeScene = (typeof fakeScenes)[number]

export function isFakeScene(value: unknown): value is FakeScene {
  return fakeScenes.some((scene) => scene === value)
}

/** Everything that screens may ask, kept in memory: for developing screens and for testing them. Nothing is stored. */
export class FakePlein implements Plein {
  readonly session: Cell<SessionSnapshot>
  readonly connection: Cell<ConnectionSnapshot>
  readonly profile = fakeProfile()
  readonly arrival = new Cell({ isListed: true, pages: 4812, here: 1240 })
  readonly ownOrganisations = { list: async () => [], bring: async () => fail('bad-input' as const) }
  readonly spaces = new Cell<readonly FakeSpace['space'][]>([])
  readonly marks = new FakeMarks()
  readonly inbox = new FakeInbox()
  readonly trees = new FakeTrees(this, (id) => mustParseId(this.#allPages().find((page) => page.id === id)?.spaceId))
  readonly people: FakePeople
  readonly comments = new FakeComments(noor.id)
  readonly drafts = new FakeDrafts()
  readonly search = new FakeSearch(() => this.#allPages())
  readonly files: FakeFiles
  readonly history: FakeHistory
  readonly inOut = new FakeInOut()
  readonly away: FakeAway
  readonly spaceAdmin: FakeSpaceAdmin
  readonly #scene: FakeScene
  readonly #organisation: OrganisationSummary
  readonly #spaceCells = new Map<SpaceId, Cell<SpaceSnapshot | null>>()
  readonly #pageCells = new Map<PageId, Cell<Result<PageSnapshot, OpenPageError> | undefined>>()
  #stored: readonly FakeSpace[] = []

  constructor(scene: FakeScene) {
    this.#scene = scene
    this.files = new FakeFiles(scene === 'empty' || scene === 'personal', Date.now())
    const isPersonal = scene === 'personal'
    this.#organisation = {
      id: mustParseId<OrganisationId>(nextId()),
      name: isPersonal ? 'Noor de Wit' : 'Gemeente Oeverdam',
      kind: isPersonal ? 'personal' : 'server',
      serverUrl: isPersonal ? null : 'http://127.0.0.1:4680',
    }
    this.session = new Cell<SessionSnapshot>(this.#firstSession())
    this.connection = new Cell(connectionOf(scene))
    this.people = new FakePeople(noor, isPersonal)
    this.history = new FakeHistory(scene === 'offline')
    this.spaceAdmin = this.#makeSpaceAdmin()
    if (scene !== 'welcome' && scene !== 'trouble') this.#fill()
    this.away = new FakeAway(
      scene === 'away' ? this.#allPages().find(({ title }) => title.startsWith('Draaiboek')) : undefined,
    )
  }

  get requests(): FakeSpaceAdmin['requests'] {
    return this.spaceAdmin.requests
  }

  #makeSpaceAdmin(): FakeSpaceAdmin {
    return new FakeSpaceAdmin({
      people: this.people,
      isOnline: () => this.#scene !== 'offline' && this.#scene !== 'refused',
      showSpaces: (spaces) => {
        this.#stored = spaces.map(
          (space) => this.#stored.find((one) => one.space.id === space.id) ?? { space, pages: [] },
        )
        this.spaces.set(spaces)
        this.#tell()
      },
      movePage: (id, spaceId, parent) => this.#rehome(id, spaceId, parent),
      setArchived: (id, archived) => this.#edit(id, { archived }),
      titleOf: (id) => this.#allPages().find((page) => page.id === id)?.title ?? '',
    })
  }

  #rehome(id: PageId, spaceId: SpaceId, parent: PageId | null): void {
    const pages = this.#allPages()
    const moving = pages.filter((page) => isBelow(pages, page.id, id)).map((page) => ({ ...page, spaceId }))
    this.#stored = this.#stored.map((stored) => {
      const rest = stored.pages.filter((page) => !moving.some((each) => each.id === page.id))
      const come = moving.map((page) => (page.id === id ? { ...page, parent } : page))
      return { ...stored, pages: stored.space.id === spaceId ? [...rest, ...come] : rest }
    })
    this.#tell()
  }

  #firstSession(): SessionSnapshot {
    if (this.#scene === 'welcome') return { stage: 'welcome', organisations: [], wasEmptied: false }
    if (this.#scene === 'trouble') return { stage: 'trouble', reason: 'storage-damaged' }
    return this.#opened(noor)
  }

  #opened(me: Me): SessionSnapshot {
    const organisation = this.#organisation
    return { stage: 'open', organisation, organisations: [organisation], me, signInNeeded: this.#scene === 'refused' }
  }

  #fill(): void {
    const isWaiting = this.#scene === 'offline' || this.#scene === 'refused'
    this.#stored = this.#scene === 'many' ? manyPages(10_000) : this.#scene === 'empty' ? [] : oeverdam(isWaiting)
    this.spaceAdmin.show(this.#stored.map((stored) => stored.space))
    const waitingPages = this.#allPages()
      .filter((page) => page.waitingChanges > 0)
      .map(({ id, spaceId, title, waitingChanges: changes }) => ({
        pageId: id,
        kind: 'page' as const,
        spaceId,
        title,
        changes,
      }))
    const waitingChanges = waitingPages.reduce((sum, page) => sum + page.changes, 0)
    const first = this.#allPages()[0]
    const setAside =
      first === undefined || this.#scene !== 'refused'
        ? []
        : [{ id: 'aside-1', documentId: first.id, ...fakeAside(first) }]
    this.connection.set({ ...this.connection.snapshot(), waitingChanges, waitingPages, setAside })
    const discussed = this.#allPages().find(({ title }) => title.startsWith('Draaiboek gladheid 2026'))
    if (discussed !== undefined) {
      this.comments.speak(discussed.id)
      this.inbox.fill(discussed, this.comments.page(discussed.id).snapshot(), noor.id)
    }
    this.#tell()
  }

  #allPages(): readonly FakePage[] {
    return this.#stored.flatMap((stored) => stored.pages)
  }

  space(id: SpaceId): Live<SpaceSnapshot | null> {
    const known = this.#spaceCells.get(id)
    if (known !== undefined) return known
    const cell = new Cell(this.#spaceSnapshot(id))
    this.#spaceCells.set(id, cell)
    return cell
  }

  #spaceSnapshot(id: SpaceId): SpaceSnapshot | null {
    const stored = this.#stored.find((one) => one.space.id === id)
    if (stored === undefined) return null
    const live = stored.pages.filter((page) => !page.archived)
    return {
      space: stored.space,
      tree: treeOf(live.filter((page) => isSharedPage(page.kind))),
      treeIsHere: true,
      notes: live.filter((page) => page.kind === 'note').toReversed(),
      archived: stored.pages.filter((page) => page.archived),
    }
  }

  page(id: PageId): Live<Result<PageSnapshot, OpenPageError> | undefined> {
    const known = this.#pageCells.get(id)
    if (known !== undefined) return known
    const cell = new Cell(this.#pageSnapshot(id))
    this.#pageCells.set(id, cell)
    return cell
  }

  #pageSnapshot(id: PageId): Result<PageSnapshot, OpenPageError> {
    const page = this.#allPages().find((one) => one.id === id)
    const space = this.#stored.find((one) => one.space.id === page?.spaceId)?.space
    if (page === undefined || space === undefined) return fail('unknown-page')
    const mayEdit = includesRole(space.role, 'editor') && !page.archived
    const readOnlyReason = mayEdit ? null : page.archived ? 'archived' : 'rights'
    const { kind, title, icon, archived, spaceId } = page
    const isShown = title.startsWith('Draaiboek gladheid 2026')
    return ok({ id, spaceId, kind, title, icon, archived, mayEdit, readOnlyReason, present: isShown ? present : [] })
  }

  receipt(id: PageId): Live<ReceiptSnapshot> {
    const waitingChanges = this.#allPages().find((page) => page.id === id)?.waitingChanges ?? 0
    const nowMs = Date.now()
    const server = this.#organisation.serverUrl === null ? 'none' : waitingChanges > 0 ? 'waiting' : 'acknowledged'
    return new Cell<ReceiptSnapshot>({
      onThisLaptop: this.#scene !== 'full',
      waitingChanges,
      server,
      lastSavedAtMs: nowMs - 1000,
      lastAcknowledgedAtMs: server === 'acknowledged' ? nowMs : nowMs - 43 * 60 * 1000,
      withColleagues: server === 'acknowledged' ? 4 : null,
    })
  }

  #change(edit: (page: FakePage) => FakePage): void {
    this.#stored = this.#stored.map((stored) => ({ ...stored, pages: stored.pages.map(edit) }))
    this.#tell()
  }

  #tell(): void {
    for (const [id, cell] of this.#spaceCells) cell.set(this.#spaceSnapshot(id))
    for (const [id, cell] of this.#pageCells) cell.set(this.#pageSnapshot(id))
  }

  #edit(id: PageId, change: Partial<FakePage>): void {
    this.#change((page) => (page.id === id ? { ...page, ...change, changedAtMs: Date.now() } : page))
  }

  createPage({ spaceId, kind, title, parent }: Parameters<Plein['createPage']>[0]): Promise<PageId> {
    const page = fakePage({ spaceId, title, kind, parent, changedAtMs: Date.now() })
    this.#stored = this.#stored.map((stored) =>
      stored.space.id === spaceId ? { ...stored, pages: [...stored.pages, page] } : stored,
    )
    this.#tell()
    return Promise.resolve(page.id)
  }

  renamePage(id: PageId, title: string): void {
    this.#edit(id, { title })
  }

  setPageIcon(id: PageId, icon: string | null): void {
    this.#edit(id, { icon })
  }

  archivePage(id: PageId): Promise<void> {
    this.#edit(id, { archived: true })
    return Promise.resolve()
  }

  restorePage(id: PageId): Promise<void> {
    this.#edit(id, { archived: false, parent: null })
    return Promise.resolve()
  }

  movePage(id: PageId, to: { parent: PageId | null; before: PageId | null }): Promise<void> {
    this.#stored = this.#stored.map((stored) => ({ ...stored, pages: moved(stored.pages, id, to) }))
    this.#tell()
    return Promise.resolve()
  }

  createSpace({ name, kind }: Parameters<Plein['createSpace']>[0]): Promise<Result<SpaceId, AccountError>> {
    if (this.#scene === 'offline') return Promise.resolve(fail('server-unreachable'))
    const id = mustParseId<SpaceId>(nextId())
    this.spaceAdmin.show([...this.#stored.map((stored) => stored.space), { id, name, kind, role: 'owner' }])
    return Promise.resolve(ok(id))
  }

  retryNow(): void {
    this.connection.set({ ...this.connection.snapshot(), nextAttemptAtMs: Date.now() + 20_000 })
  }

  readSetAside(): Promise<string> {
    return Promise.resolve('De brug bij de Lage Zijde gaat altijd eerst, ook in het weekend.')
  }

  dismissSetAside(id: string): Promise<void> {
    const { setAside, ...rest } = this.connection.snapshot()
    this.connection.set({ ...rest, setAside: setAside.filter((one) => one.id !== id) })
    return Promise.resolve()
  }

  previewInvitation(link: string): ReturnType<Plein['previewInvitation']> {
    if (link.includes('gone')) return Promise.resolve(fail('invitation-unknown'))
    return Promise.resolve(ok({ organisation: 'Gemeente Oeverdam', invitedBy: 'Ilse Hendriks', members: 180 }))
  }

  join(_link: string, account: { name: string; email: string }): Promise<Result<OrganisationId, AccountError>> {
    if (account.email.startsWith('taken')) return Promise.resolve(fail('email-taken'))
    return this.#start(account.name, account.email)
  }

  createOrganisation({
    account,
    setupCode,
  }: Parameters<Plein['createOrganisation']>[0]): ReturnType<Plein['createOrganisation']> {
    if (account.email.startsWith('code') && setupCode === undefined) return Promise.resolve(fail('setup-code-needed'))
    return this.#start(account.name, account.email)
  }

  signIn({ email, password }: { email: string; password: string }): Promise<Result<OrganisationId, AccountError>> {
    return password === 'wrong' ? Promise.resolve(fail('wrong-password')) : this.#start(noor.name, email)
  }

  async startPersonal(name: string): Promise<OrganisationId> {
    await this.#start(name, '')
    return this.#organisation.id
  }

  async openSample(): Promise<OrganisationId> {
    await this.#start(noor.name, noor.email)
    return this.#organisation.id
  }

  #start(name: string, email: string): Promise<Result<OrganisationId, AccountError>> {
    this.#fill()
    this.session.set(this.#opened({ ...noor, name, email }))
    return Promise.resolve(ok(this.#organisation.id))
  }

  signOut(): Promise<void> {
    this.session.set({ stage: 'welcome', organisations: [this.#organisation], wasEmptied: false })
    return Promise.resolve()
  }

  openOrganisation(): Promise<void> {
    return Promise.resolve()
  }

  invite(): Promise<Result<string, AccountError>> {
    if (this.#scene === 'offline') return Promise.resolve(fail('server-unreachable'))
    return Promise.resolve(ok(`http://127.0.0.1:4680/#/join/${nextId()}`))
  }
}

function connectionOf(scene: FakeScene): ConnectionSnapshot {
  const isOffline = scene === 'offline'
  return {
    state: scene === 'personal' ? 'none' : scene === 'refused' ? 'refused' : isOffline ? 'offline' : 'online',
    reason: scene === 'refused' ? 'sign-in-needed' : null,
    offlineSinceMs: isOffline ? Date.now() - 42 * 60 * 1000 : null,
    nextAttemptAtMs: isOffline ? Date.now() + 20_000 : null,
    waitingChanges: 0,
    waitingPages: [],
    setAside: [],
    storageFull: scene === 'full',
  }
}

function treeOf(pages: readonly FakePage[]): readonly TreePage[] {
  const byParent = Map.groupBy(pages, (page) => page.parent)
  const below = (parent: PageId | null): readonly TreePage[] =>
    (byParent.get(parent) ?? []).map(({ parent: _parent, ...row }) => ({ ...row, children: below(row.id) }))
  return below(null)
}

function moved(
  pages: readonly FakePage[],
  id: PageId,
  to: { parent: PageId | null; before: PageId | null },
): readonly FakePage[] {
  const page = pages.find((one) => one.id === id)
  if (page === undefined || isBelow(pages, to.parent, id)) return pages
  const rest = pages.filter((one) => one.id !== id)
  const index = rest.findIndex((one) => one.id === to.before)
  return rest.toSpliced(index === -1 ? rest.length : index, 0, { ...page, parent: to.parent })
}

function isBelow(pages: readonly FakePage[], candidate: PageId | null, ancestor: PageId): boolean {
  let current = candidate
  while (current !== null) {
    if (current === ancestor) return true
    current = pages.find((page) => page.id === current)?.parent ?? null
  }
  return false
}

function fakeAside({ spaceId, title }: FakePage) {
  return { kind: 'page', spaceId, title, reason: 'forbidden' } as const
}
