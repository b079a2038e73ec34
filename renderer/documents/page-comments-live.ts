import type { ActRef } from '../../model/act-ref.ts'
import type { PageId } from '../../model/ids.ts'
import { may } from '../../model/permission.ts'
import { foldThreads, type Remark, type Thread } from '../../model/threads.ts'
import { mayAct } from './act-writer.ts'
import type { PageComments, RemarkView, ThreadView } from './comments.ts'
import { LiveValue } from './live.ts'
import type { OpenOrganisation } from './organisation.ts'
import type { Live } from './plein.ts'

/** The threads of one page, read again when something is said about it; worked for only while somebody looks. */
export class PageCommentsLive implements Live<PageComments | null> {
  readonly #organisation: OpenOrganisation
  readonly #page: PageId
  readonly #value = new LiveValue<PageComments | null>(null)
  readonly #undo: (() => void)[] = []
  #users = 0
  #reading = 0
  #readFor = ''

  constructor(organisation: OpenOrganisation, page: PageId) {
    this.#organisation = organisation
    this.#page = page
  }

  readonly snapshot = (): PageComments | null => this.#value.snapshot()

  readonly subscribe = (onChange: () => void): (() => void) => {
    const undo = this.#value.subscribe(onChange)
    this.#users += 1
    if (this.#users === 1) this.#start()
    return () => {
      undo()
      this.#users -= 1
      if (this.#users === 0) for (const each of this.#undo.splice(0)) each()
    }
  }

  #start(): void {
    const { acts } = this.#organisation
    this.#undo.push(
      acts.subscribe((pages) => {
        if (pages === 'all' || pages.has(this.#page)) void this.#read()
      }),
      this.#organisation.subscribeLists(() => {
        if (this.#state() !== this.#readFor) void this.#read()
      }),
    )
    void this.#read()
  }

  /** Of everything but the acts themselves that the snapshot depends on. */
  #state(): string {
    const { acts, lists, record } = this.#organisation
    const spaceId = lists.record(this.#page)?.spaceId
    const space = spaceId === undefined ? undefined : lists.space(spaceId)
    if (spaceId === undefined || space === undefined) return ''
    const waiting = acts.ownDocuments(spaceId).map((document) => document.waiting)
    return [spaceId, space.role, space.archived, record.role, ...waiting].join(' ')
  }

  async #read(): Promise<void> {
    const reading = (this.#reading += 1)
    this.#readFor = this.#state()
    const { acts, lists, hasServer } = this.#organisation
    const spaceId = lists.record(this.#page)?.spaceId
    try {
      const said = await acts.ofPage(this.#page)
      const waiting = spaceId === undefined || !hasServer ? new Set<ActRef>() : await acts.waiting(spaceId)
      if (reading !== this.#reading) return
      const threads = foldThreads(said).map((thread) => this.#viewOf(thread, waiting))
      this.#value.set({ threads, mayComment: spaceId !== undefined && mayAct(this.#organisation, spaceId) })
    } catch {
      // The disk refuses: the frame says so, and what was shown stays. Read again at the next change.
      this.#readFor = ''
    }
  }

  #viewOf(thread: Thread, waiting: ReadonlySet<ActRef>): ThreadView {
    const { opening, replies } = thread
    return {
      ...thread,
      opening: opening === null ? null : this.#remarkOf(opening, waiting),
      replies: replies.map((reply) => this.#remarkOf(reply, waiting)),
      mayResolve: this.#mayResolve(thread),
    }
  }

  #remarkOf(remark: Remark, waiting: ReadonlySet<ActRef>): RemarkView {
    const { record, hasServer } = this.#organisation
    const receipt = !hasServer ? 'local' : waiting.has(remark.ref) ? 'waiting' : 'on-server'
    return { ...remark, isMine: remark.author === record.personId, receipt }
  }

  #mayResolve({ author }: Thread): boolean {
    const { lists, record } = this.#organisation
    const spaceId = lists.record(this.#page)?.spaceId
    const space = spaceId === undefined ? undefined : lists.space(spaceId)
    if (space === undefined) return false
    if (author === record.personId) return mayAct(this.#organisation, space.id)
    const me = { personId: record.personId, organisationRole: record.role, suspended: false }
    const { kind, role, archived } = space
    return may(me, 'resolve-threads', { type: 'space', kind, role, archived })
  }
}
