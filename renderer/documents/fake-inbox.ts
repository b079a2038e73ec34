import type { ActRef } from '../../model/act-ref.ts'
import type { PersonId } from '../../model/ids.ts'
import type { PageComments } from './comments.ts'
import { Cell } from './fake-cell.ts'
import type { Inbox, InboxItem } from './inbox.ts'
import type { PageSnapshot } from './plein.ts'

/** What others said, from the comments of the fake: everything that answers or names somebody. */
export class FakeInbox implements Inbox {
  readonly items = new Cell<readonly InboxItem[] | null>([])
  readonly unread = new Cell(0)

  /** As if this person had begun every thread of the page. */
  fill(page: Pick<PageSnapshot, 'id' | 'title' | 'spaceId'>, comments: PageComments | null, me: PersonId): void {
    const items = (comments?.threads ?? []).flatMap(({ ref: thread, opening, replies }) =>
      [...(opening === null ? [] : [opening]), ...replies]
        .filter(({ author }) => author !== me)
        .map(({ ref, author, atMs, text }, place): InboxItem => {
          const why = place === 0 ? 'mention' : 'reply'
          const { id, title, spaceId } = page
          return { ref, why, author, atMs, text, page: id, pageTitle: title, spaceId, thread, isRead: place > 0 }
        }),
    )
    this.#show(items)
  }

  setRead(refs: readonly ActRef[], isRead: boolean): void {
    const items = this.items.snapshot() ?? []
    this.#show(items.map((item) => (refs.includes(item.ref) ? { ...item, isRead } : item)))
  }

  #show(items: readonly InboxItem[]): void {
    this.items.set(items)
    this.unread.set(items.filter(({ isRead }) => !isRead).length)
  }
}
