import type { ActRef } from '../../model/act-ref.ts'
import type { Inbox, InboxItem } from './inbox.ts'
import { deriveFrom, keepSame } from './live.ts'
import type { Marks } from './marks.ts'
import type { OpenOrganisation } from './organisation.ts'
import { OrganisationInbox, unreadIn } from './organisation-inbox.ts'
import type { Live } from './plein.ts'

/** What others said to this person, in the organisation that is open in this window. */
export class WindowInbox implements Inbox {
  readonly items: Live<readonly InboxItem[] | null>
  readonly unread: Live<number>
  readonly #open: Live<OpenOrganisation | null>
  readonly #marks: Marks
  #current: { readonly organisation: OpenOrganisation; readonly inbox: OrganisationInbox } | null = null

  constructor(open: Live<OpenOrganisation | null>, marks: Marks) {
    this.#open = open
    this.#marks = marks
    this.items = deriveFrom<OpenOrganisation | null, readonly InboxItem[] | null>(
      open,
      (_organisation, previous) => this.#read(previous ?? null),
      (_organisation, invalidate) => this.#watch(invalidate),
    )
    this.unread = deriveFrom<OpenOrganisation | null, number>(
      open,
      () => unreadIn(this.#inbox()?.items.snapshot() ?? null, marks.all.snapshot().heard),
      (_organisation, invalidate) => this.#watch(invalidate),
    )
  }

  setRead(refs: readonly ActRef[], isRead: boolean): void {
    const { heard } = this.#marks.all.snapshot()
    // Only what stands in the inbox is marked: everything else would be marks for nothing.
    const listed = new Set((this.#inbox()?.items.snapshot() ?? []).map(({ ref }) => ref))
    const changed = refs.filter((ref) => listed.has(ref) && heard.has(ref) !== isRead)
    if (changed.length > 0) this.#marks.setHeard(changed, isRead)
  }

  #watch(invalidate: () => void): readonly ((() => void) | undefined)[] {
    return [this.#inbox()?.items.subscribe(invalidate), this.#marks.all.subscribe(invalidate)]
  }

  #read(previous: readonly InboxItem[] | null): readonly InboxItem[] | null {
    const items = this.#inbox()?.items.snapshot() ?? null
    if (items === null) return null
    const { heard } = this.#marks.all.snapshot()
    const known = new Map((previous ?? []).map((item) => [item.ref, item]))
    const next = items.map((item) => keepSame(known.get(item.ref), { ...item, isRead: heard.has(item.ref) }))
    const isSame = previous?.length === next.length && next.every((item, place) => item === previous[place])
    return isSame ? previous : next
  }

  #inbox(): OrganisationInbox | null {
    const organisation = this.#open.snapshot()
    if (this.#current !== null && this.#current.organisation !== organisation) {
      this.#current.inbox.close()
      this.#current = null
    }
    if (organisation === null) return null
    this.#current ??= { organisation, inbox: new OrganisationInbox(organisation) }
    return this.#current.inbox
  }
}
