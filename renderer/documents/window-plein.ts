import { type FillRandom, type OrganisationId, type PageId, type SpaceId } from '../../model/ids.ts'
import { ok, type Result } from '../../model/result.ts'
import type { OrganisationRecord } from '../storage/laptop-storage.ts'
import { Accounts, type AccountOptions } from './accounts.ts'
import { connectionOf, receiptOf, readSetAsideList, textOfUpdate } from './connection-live.ts'
import { summaryOfSpace } from './lists.ts'
import { localOrganisation, makeLocalSpace } from './local-organisation.ts'
import { deriveFrom, LiveValue } from './live.ts'
import { OpenOrganisation, type WindowClock } from './organisation.ts'
import type { JoinChannel } from './open-documents.ts'
import { PageLive, type PageState } from './page-live.ts'
import { LaptopOwnOrganisations, type OwnOrganisations } from './own-organisations.ts'
import type {
  AccountError,
  ConnectionSnapshot,
  Live,
  OrganisationSummary,
  Plein,
  ReceiptSnapshot,
  SessionSnapshot,
  SetAside,
  SpaceSnapshot,
  SpaceSummary,
} from './plein.ts'
import { spaceIsHere } from './space-is-here.ts'
import { inReadingOrder } from './space-order.ts'
import { storageTroubleOf } from './storage-trouble.ts'
import type { SyncLink } from './sync-link.ts'
import { WindowFacets } from './window-facets.ts'

export interface WindowPleinOptions extends AccountOptions {
  readonly makeLink: (record: OrganisationRecord) => SyncLink
  readonly join: (organisation: OpenOrganisation) => JoinChannel
  readonly clock: WindowClock
  readonly fillRandom: FillRandom
  /** Fills the sample organisation; answers when its pages are on the disk. */
  readonly fillSample: (organisation: OpenOrganisation, makeSpace: MakeSpace) => Promise<void>
  readonly sampleName: string
  /** The storage was found empty where it should not be (GE2). */
  readonly wasEmptied: boolean
}

export type MakeSpace = (space: { readonly name: string; readonly kind: SpaceSummary['kind'] }) => Promise<SpaceId>

const lastOpenedSetting = 'last-opened-organisation'
/** The id of the sample that was filled to its end. */
const sampleSetting = 'sample-filled'
/** Kept until an organisation is open again: who closes the window at this news still finds it next time. */
const emptiedSetting = 'storage-was-emptied'

/** The `Plein` of one window, over the storage and the sync of this laptop. */
export class WindowPlein extends WindowFacets implements Plein {
  readonly session = new LiveValue<SessionSnapshot>({ stage: 'starting' })
  readonly #options: WindowPleinOptions
  readonly #setAside = new LiveValue<readonly SetAside[]>([])
  readonly #pages = new Map<PageId, PageLive>()
  readonly #spaces = new Map<SpaceId, Live<SpaceSnapshot | null>>()
  readonly #receipts = new Map<PageId, Live<ReceiptSnapshot>>()

  readonly ownOrganisations: OwnOrganisations
  readonly #accounts: Accounts
  #letGo: () => void = () => undefined

  constructor(options: WindowPleinOptions) {
    super(options)
    this.#options = options
    this.ownOrganisations = new LaptopOwnOrganisations({
      laptop: options.laptop,
      hold: options.hold,
      clock: options.clock,
      openOrganisation: () => this.open.snapshot(),
      createSpace: (space) => this.createSpace(space),
      onRemoved: async () => {
        const [session, organisations] = [this.session.snapshot(), await this.#summaries()]
        if (session.stage === 'open') this.session.set({ ...session, organisations })
      },
    })
    this.#accounts = new Accounts(options, {
      open: (id) => this.#openOrganisation(id),
      leave: async (id) => {
        if (this.open.snapshot()?.record.id === id) await this.#leaveOpen()
      },
    })
  }

  readonly connection: Live<ConnectionSnapshot> = this.#derive(
    (organisation, previous: ConnectionSnapshot | undefined) =>
      connectionOf(organisation, this.#setAside.snapshot(), previous),
    (organisation, invalidate) => [
      organisation?.status.subscribe(invalidate),
      organisation?.storageTrouble.subscribe(invalidate),
      organisation?.subscribeLists(invalidate),
      this.#setAside.subscribe(invalidate),
    ],
  )

  readonly spaces: Live<readonly SpaceSummary[]> = this.#derive(
    (organisation, previous: readonly SpaceSummary[] | undefined) => {
      const next = inReadingOrder(
        (organisation?.lists.spaces ?? []).filter((space) => !space.archived).map((space) => summaryOfSpace(space)),
      )
      return JSON.stringify(next) === JSON.stringify(previous) && previous !== undefined ? previous : next
    },
    (organisation, invalidate) => [organisation?.lists.subscribe(invalidate)],
  )

  /** Opens the organisation that was open last; the welcome where there is none. */
  async start(): Promise<void> {
    try {
      const { laptop, wasEmptied } = this.#options
      if (wasEmptied) await laptop.putSetting(emptiedSetting, true)
      const organisations = await laptop.organisations()
      const last = await laptop.setting(lastOpenedSetting)
      const record = organisations.find((each) => each.id === last) ?? organisations[0]
      if (record === undefined) await this.#sayWelcome([])
      else await this.#openOrganisation(record.id)
    } catch (cause) {
      this.session.set({ stage: 'trouble', reason: storageTroubleOf(cause) })
    }
  }

  /** Commits what was typed last; for closing windows and quitting. */
  async flush(): Promise<void> {
    await this.open.snapshot()?.batch.flush()
  }

  async close(): Promise<void> {
    await this.#leaveOpen()
    this.#options.laptop.close()
  }

  space(id: SpaceId): Live<SpaceSnapshot | null> {
    const live =
      this.#spaces.get(id) ??
      this.#derive<SpaceSnapshot | null>(
        (organisation) => {
          const space = organisation?.lists.space(id)
          const tree = organisation?.tree(id)
          if (organisation === null || space === undefined) return null
          return organisation.lists.snapshotOf(space, tree ?? null, organisation.record.personId)
        },
        (organisation, invalidate) => [organisation?.subscribeLists(invalidate)],
      )
    this.#spaces.set(id, live)
    return live
  }

  page(id: PageId): Live<PageState> {
    return this.pageLive(id) ?? new LiveValue<PageState>(undefined)
  }

  /** The page with its live document, for the editor. */
  pageLive(id: PageId): PageLive | null {
    const organisation = this.open.snapshot()
    if (organisation === null) return null
    const live = this.#pages.get(id) ?? new PageLive(organisation, id)
    this.#pages.set(id, live)
    return live
  }

  get organisation(): OpenOrganisation | null {
    return this.open.snapshot()
  }

  receipt(id: PageId): Live<ReceiptSnapshot> {
    const live =
      this.#receipts.get(id) ??
      this.#derive(
        (organisation, previous: ReceiptSnapshot | undefined) => receiptOf(organisation, id, previous),
        (organisation, invalidate) => [
          organisation?.receiptVersion.subscribe(invalidate),
          organisation?.batch.subscribe(invalidate),
          organisation?.status.subscribe(invalidate),
          organisation?.subscribeLists(invalidate),
        ],
      )
    this.#receipts.set(id, live)
    return live
  }

  readonly createPage: Plein['createPage'] = (page) => this.verbs.createPage(page)
  readonly renamePage: Plein['renamePage'] = (id, title) => this.verbs.renamePage(id, title)
  readonly setPageIcon: Plein['setPageIcon'] = (id, icon) => this.verbs.setPageIcon(id, icon)
  readonly archivePage: Plein['archivePage'] = (id) => this.verbs.setArchived(id, true)
  readonly restorePage: Plein['restorePage'] = (id) => this.verbs.setArchived(id, false)
  readonly movePage: Plein['movePage'] = (id, to) => this.verbs.movePage(id, to)

  async createSpace(space: Parameters<Plein['createSpace']>[0]): Promise<Result<SpaceId, AccountError>> {
    const organisation = this.mustBeOpen()
    const { serverUrl } = organisation.record
    if (serverUrl === null) return ok(await makeLocalSpace(organisation, space))
    const answer = await this.#accounts.createSpace(organisation, serverUrl, space)
    if (answer.ok) await spaceIsHere(organisation, answer.value, this.#options.clock)
    return answer
  }

  retryNow(): void {
    this.open.snapshot()?.link.post({ type: 'retry-now' })
  }

  async readSetAside(id: string): Promise<string> {
    const records = (await this.open.snapshot()?.storage.setAsideRecords()) ?? []
    const record = records.find((each) => each.id === id)
    return record === undefined ? '' : textOfUpdate(record.update)
  }

  async dismissSetAside(id: string): Promise<void> {
    const organisation = this.mustBeOpen()
    await organisation.storage.dismissSetAside(id)
    await this.#readSetAside(organisation)
  }

  readonly previewInvitation: Plein['previewInvitation'] = (link) => this.#accounts.previewInvitation(link)
  readonly join: Plein['join'] = (link, account) => this.#accounts.join(link, account)
  readonly createOrganisation: Plein['createOrganisation'] = (request) => this.#accounts.createOrganisation(request)
  readonly signIn: Plein['signIn'] = (credentials) => this.#accounts.signIn(credentials)
  readonly invite: Plein['invite'] = (invitation) => this.#accounts.invite(this.mustBeOpen(), invitation)

  async signOut(): Promise<void> {
    const organisation = this.mustBeOpen()
    await this.#accounts.signOut(organisation)
    this.#showOpen(organisation, await this.#summaries(), true)
  }

  async startPersonal(name: string): Promise<OrganisationId> {
    const organisation = await this.#openLocal('personal', { organisation: name, person: name })
    await makeLocalSpace(organisation, { name: this.#options.names().personalSpace, kind: 'personal' })
    return organisation.record.id
  }

  async openSample(): Promise<OrganisationId> {
    const organisations = await this.#options.laptop.organisations()
    const known = organisations.find((each) => each.kind === 'sample')
    const { laptop, sampleName, fillSample } = this.#options
    if (known !== undefined && (await laptop.setting(sampleSetting)) === known.id) {
      await this.#openOrganisation(known.id)
      return known.id
    }
    // The window was closed while it was being filled: half a sample shows nobody what Plein is.
    if (known !== undefined) await laptop.removeOrganisation(known.id)
    const organisation = await this.#openLocal('sample', { organisation: sampleName, person: '' })
    await fillSample(organisation, (space) => makeLocalSpace(organisation, space))
    await laptop.putSetting(sampleSetting, organisation.record.id)
    return organisation.record.id
  }

  async openOrganisation(id: OrganisationId): Promise<void> {
    if ((await this.#summaries()).some((each) => each.id === id)) await this.#openOrganisation(id)
  }

  async showWelcome(): Promise<void> {
    await this.#leaveOpen()
    this.#forgetViews()
    this.open.set(null)
    await this.#sayWelcome(await this.#summaries())
  }

  async #sayWelcome(organisations: readonly OrganisationSummary[]): Promise<void> {
    const wasEmptied = (await this.#options.laptop.setting(emptiedSetting)) === true
    this.session.set({ stage: 'welcome', organisations, wasEmptied })
  }

  async #leaveOpen(): Promise<void> {
    this.inOut.close()
    await this.open.snapshot()?.close()
    this.#letGo()
  }

  /** Null where another window took it off this laptop meanwhile. */
  async #openOrganisation(id: OrganisationId): Promise<OpenOrganisation | null> {
    await this.#leaveOpen()
    this.#letGo = await this.#options.hold.share(id)
    // Read again: another window may have signed another person in while this one waited.
    const record = (await this.#options.laptop.organisations()).find((each) => each.id === id)
    if (record !== undefined) return this.#openRecord(record)
    await this.showWelcome()
    return null
  }

  async #openRecord(record: OrganisationRecord): Promise<OpenOrganisation> {
    this.#forgetViews()
    const { laptop, clock, fillRandom, makeLink, join, secrets } = this.#options
    const organisation = new OpenOrganisation({
      record,
      storage: laptop.organisation(record.id),
      link: makeLink(record),
      token: () => secrets.get(record.id),
      clock,
      fillRandom,
      join: record.serverUrl === null ? null : join,
    })
    await organisation.start()
    await laptop.putSetting(lastOpenedSetting, record.id)
    await laptop.putSetting(emptiedSetting, false)
    organisation.setAsideVersion.subscribe(() => void this.#readSetAside(organisation))
    const summaries = await this.#summaries()
    organisation.status.subscribe(() => {
      this.#showOpen(organisation, summaries, organisation.status.snapshot()?.reason === 'sign-in-needed')
    })
    organisation.people.drawn.subscribe(() => this.#showMe(organisation))
    this.open.set(organisation)
    this.#showOpen(organisation, summaries, false)
    this.#showMe(organisation)
    await this.#readSetAside(organisation)
    return organisation
  }

  #showOpen(
    organisation: OpenOrganisation,
    organisations: readonly OrganisationSummary[],
    signInNeeded: boolean,
  ): void {
    if (this.open.snapshot() !== organisation) return
    const { record } = organisation
    const before = this.session.snapshot()
    if (before.stage === 'open' && before.organisation.id === record.id && before.signInNeeded === signInNeeded) return
    this.session.set({
      stage: 'open',
      organisation: summaryOf(record),
      organisations,
      me: { id: record.personId, name: record.personName, email: record.email, role: record.role },
      signInNeeded,
    })
  }

  /** One's own name and role, as the people of the organisation have it by now. */
  #showMe(organisation: OpenOrganisation): void {
    const session = this.session.snapshot()
    const card = organisation.people.drawn.snapshot().cards.get(organisation.record.personId)
    if (card === undefined || session.stage !== 'open' || this.open.snapshot() !== organisation) return
    const { name, role } = card
    if (name === session.me.name && role === session.me.role) return
    this.session.set({ ...session, me: { ...session.me, name, role } })
  }

  async #openLocal(
    kind: 'personal' | 'sample',
    names: { readonly organisation: string; readonly person: string },
  ): Promise<OpenOrganisation> {
    const record = localOrganisation(kind, names, this.#options.fillRandom)
    await this.#leaveOpen()
    await this.#options.laptop.putOrganisation(record)
    this.#letGo = await this.#options.hold.share(record.id)
    return this.#openRecord(record)
  }

  async #readSetAside(organisation: OpenOrganisation): Promise<void> {
    const list = await readSetAsideList(organisation)
    if (this.open.snapshot() === organisation) this.#setAside.set(list)
  }

  async #summaries(): Promise<readonly OrganisationSummary[]> {
    return (await this.#options.laptop.organisations()).map((record) => summaryOf(record))
  }

  #forgetViews(): void {
    this.#pages.clear()
    this.#spaces.clear()
    this.#receipts.clear()
    this.#setAside.set([])
  }

  #derive<T>(
    compute: (organisation: OpenOrganisation | null, previous: T | undefined) => T,
    connect: (organisation: OpenOrganisation | null, invalidate: () => void) => readonly ((() => void) | undefined)[],
  ): Live<T> {
    return deriveFrom(this.open, compute, connect)
  }
}

function summaryOf(record: OrganisationRecord): OrganisationSummary {
  return { id: record.id, name: record.name, kind: record.kind, serverUrl: record.serverUrl }
}
