import type { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import { isSharedPage, writersOf } from '../../model/kinds.ts'
import type { PageId, PersonId } from '../../model/ids.ts'
import { isId } from '../../model/ids.ts'
import { openPage, type PageDocument } from '../../model/page.ts'
import { may } from '../../model/permission.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import { currentSchema } from '../../model/schema-version.ts'
import type { DocumentRecord, OrganisationRecord, SpaceRecord } from '../storage/laptop-storage.ts'
import { keepSame } from './live.ts'
import type { OpenDocument } from './open-documents.ts'
import type { OpenOrganisation } from './organisation.ts'
import type { Live, OpenPageError, PageSnapshot, PresentPerson } from './plein.ts'

export type PageState = Result<PageSnapshot, OpenPageError> | undefined

/**
 * One page as its screen sees it. Opened at the first subscription, closed after the last; a page that is not on this
 * laptop is asked for, and appears when it has come.
 */
export class PageLive implements Live<PageState> {
  readonly #organisation: OpenOrganisation
  readonly #id: PageId
  readonly #listeners = new Set<() => void>()
  #document: OpenDocument | null = null
  #page: PageDocument | null = null
  #state: PageState
  readonly #undo: (() => void)[] = []
  readonly #undoDocument: (() => void)[] = []
  #attempt = 0
  /** The line broke, and took everybody's presence with it: until it is back, who was here then stays in sight. */
  #keepsPresent = false

  constructor(organisation: OpenOrganisation, id: PageId) {
    this.#organisation = organisation
    this.#id = id
  }

  readonly snapshot = (): PageState => this.#state

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange)
    if (this.#listeners.size === 1) this.#start()
    return () => {
      this.#listeners.delete(onChange)
      if (this.#listeners.size === 0) this.#stop()
    }
  }

  /** The live document; null until it is open. For the editor alone. */
  get document(): OpenDocument | null {
    return this.#document
  }

  rename(title: string): void {
    this.#page?.rename(title)
  }

  setIcon(icon: string | null): void {
    this.#page?.setIcon(icon)
  }

  #start(): void {
    this.#undo.push(
      this.#organisation.subscribeLists(() => {
        if (this.#document === null) void this.#open()
        else this.#update()
      }),
    )
    this.#undo.push(
      this.#organisation.subscribeResets((id) => {
        if (id !== this.#id) return
        this.#letGo()
        this.#set(undefined)
        void this.#open()
      }),
    )
    this.#undo.push(
      this.#organisation.people.drawn.subscribe(() => this.#update()),
      this.#organisation.status.subscribe(() => {
        if (!this.#keepsPresent || this.#organisation.status.snapshot()?.state !== 'online') return
        this.#keepsPresent = false
        this.#update()
      }),
    )
    void this.#open()
  }

  #stop(): void {
    this.#attempt += 1
    for (const undo of this.#undo.splice(0)) undo()
    this.#letGo()
    this.#state = undefined
  }

  #letGo(): void {
    for (const undo of this.#undoDocument.splice(0)) undo()
    this.#document?.release()
    this.#document = null
    this.#page = null
  }

  async #open(): Promise<void> {
    const attempt = (this.#attempt += 1)
    const record = this.#organisation.lists.record(this.#id)
    if (record === undefined) {
      this.#set(fail('unknown-page'))
      return
    }
    if (!record.held) {
      this.#askFor()
      return
    }
    const document = await this.#organisation.documents.open(this.#id, { live: true })
    if (attempt !== this.#attempt || this.#listeners.size === 0) {
      document?.release()
      return
    }
    if (document === null) this.#askFor()
    else this.#show(document, record)
  }

  #askFor(): void {
    const failure = this.#organisation.fetchFailures.get(this.#id)
    if (failure !== undefined) {
      this.#set(fail(errorOf(failure)))
      return
    }
    if (!this.#organisation.hasServer) this.#set(fail('not-on-this-laptop'))
    this.#organisation.link.post({ type: 'fetch', documentId: this.#id })
  }

  #show(document: OpenDocument, record: DocumentRecord): void {
    this.#document = document
    this.#page = openPage(document.doc)
    this.#organisation.documents.setSchema(this.#id, record.minSchema)
    this.#undoDocument.push(
      this.#page.subscribe(() => {
        this.#update()
      }),
    )
    const { awareness } = document
    if (awareness !== null) {
      const onChange = (_changes: unknown, origin: unknown) => {
        if (origin instanceof WebsocketProvider) this.#keepsPresent = !origin.wsconnected
        this.#update()
      }
      awareness.on('change', onChange)
      this.#undoDocument.push(() => {
        awareness.off('change', onChange)
      })
    }
    this.#update()
  }

  #update(): void {
    const { lists } = this.#organisation
    const record = lists.record(this.#id)
    const space = record === undefined ? undefined : lists.space(record.spaceId)
    if (record === undefined || space === undefined) this.#set(fail('forbidden'))
    else if (this.#page !== null && record.pageKind !== null) this.#read(this.#page, record, space)
  }

  #read(page: PageDocument, record: DocumentRecord, space: SpaceRecord): void {
    this.#organisation.documents.setSchema(this.#id, record.minSchema)
    const meta = page.snapshot()
    const kind = record.pageKind ?? 'wiki'
    const tree = isSharedPage(kind) ? this.#organisation.tree(record.spaceId) : null
    const archived = tree === null ? meta.archived : tree.hidden.has(this.#id)
    const me = this.#organisation.record
    const readOnlyReason = reasonOf({
      mayWrite: mayWritePage(me, record, space),
      isNewer: record.minSchema > currentSchema,
      archived,
    })
    const previous = this.#state?.ok === true ? this.#state.value : undefined
    const next = keepSame(previous, {
      id: this.#id,
      spaceId: record.spaceId,
      kind,
      title: meta.title,
      icon: meta.icon,
      archived,
      mayEdit: readOnlyReason === null,
      readOnlyReason,
      present: this.#keepsPresent
        ? (previous?.present ?? [])
        : presentPeople(this.#document?.awareness ?? null, {
            self: me.personId,
            cards: this.#organisation.people.drawn.snapshot().cards,
            previous: previous?.present ?? [],
          }),
    } satisfies PageSnapshot)
    if (next !== previous) this.#set(ok(next))
  }

  #set(state: PageState): void {
    if (state?.ok === false && this.#state?.ok === false && state.error === this.#state.error) return
    this.#state = state
    for (const listener of [...this.#listeners]) listener()
  }
}

/** Whether this person may write a page. Asks the one decision function as the server will; the server decides again. */
export function mayWritePage(me: OrganisationRecord, record: DocumentRecord, space: SpaceRecord): boolean {
  return may({ personId: me.personId, organisationRole: me.role, suspended: false }, 'write', {
    type: 'document',
    space: { type: 'space', kind: space.kind, role: space.role, archived: space.archived },
    writers: writersOf(record.kind, record.pageKind),
    ownerId: record.ownerId,
    coAuthorIds: [],
    isPrivate: record.kind === 'private',
  })
}

function reasonOf(page: {
  readonly mayWrite: boolean
  readonly isNewer: boolean
  readonly archived: boolean
}): PageSnapshot['readOnlyReason'] {
  if (page.isNewer) return 'newer-schema'
  if (page.archived) return 'archived'
  return page.mayWrite ? null : 'rights'
}

function errorOf(failure: 'offline' | 'unknown' | 'forbidden' | 'damaged'): OpenPageError {
  if (failure === 'offline') return 'not-on-this-laptop'
  return failure === 'unknown' ? 'unknown-page' : failure
}

/**
 * Others who look at the page now, each once however many windows they have; who they are as the server stamped it, and what
 * they are called by now.
 */
function presentPeople(
  awareness: Awareness | null,
  {
    self,
    cards,
    previous,
  }: {
    readonly self: PersonId
    readonly cards: ReadonlyMap<PersonId, { readonly name: string }>
    readonly previous: readonly PresentPerson[]
  },
): readonly PresentPerson[] {
  const people = new Map<PersonId, PresentPerson>()
  for (const state of awareness?.getStates().values() ?? []) {
    const user: unknown = state['user']
    const person = readPresentPerson(user)
    if (person === null || person.personId === self) continue
    people.set(person.personId, { ...person, name: cards.get(person.personId)?.name ?? person.name })
  }
  const next = [...people.values()].toSorted((a, b) => (a.personId < b.personId ? -1 : 1))
  const isSame = next.length === previous.length && next.every((each, i) => isSamePerson(each, previous[i]))
  return isSame ? previous : next
}

function isSamePerson(a: PresentPerson, b: PresentPerson | undefined): boolean {
  return a.personId === b?.personId && a.name === b.name && a.colour === b.colour
}

function readPresentPerson(user: unknown): PresentPerson | null {
  if (typeof user !== 'object' || user === null) return null
  const personId: unknown = Reflect.get(user, 'personId')
  const name: unknown = Reflect.get(user, 'name')
  const colour: unknown = Reflect.get(user, 'colour')
  if (!isId(personId) || typeof name !== 'string') return null
  return { personId: personId as PersonId, name, colour: typeof colour === 'string' ? colour : 'slate' }
}
