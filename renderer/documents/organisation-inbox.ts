import type { ActRef } from '../../model/act-ref.ts'
import { mentionedIn } from '../../model/comment-text.ts'
import type { PageId } from '../../model/ids.ts'
import { foldThreads, type Remark, type Thread } from '../../model/threads.ts'
import type { MentionNotice } from '../../model/page-mentions.ts'
import type { PageActs } from '../storage/acts-storage.ts'
import { readPageMentions } from '../storage/page-mentions.ts'
import type { InboxItem } from './inbox.ts'
import { LiveValue } from './live.ts'
import type { OpenOrganisation } from './organisation.ts'

/** An item without whether it was read. */
export type Heard = Omit<InboxItem, 'isRead'>

/** More would be a list that nobody reads to its end; older ones are at their pages. */
const mostItems = 200

/** What others said to this person in one organisation, read from the tables again where something is said. */
export class OrganisationInbox {
  readonly items = new LiveValue<readonly Heard[] | null>(null)
  readonly #organisation: OpenOrganisation
  readonly #byPage = new Map<PageId, readonly Heard[]>()
  readonly #undo: readonly (() => void)[]
  #running: Promise<void> = Promise.resolve()

  constructor(organisation: OpenOrganisation) {
    this.#organisation = organisation
    this.#undo = [
      organisation.acts.subscribe((pages) => {
        this.#read(pages)
      }),
    ]
    this.#read('all')
  }

  close(): void {
    for (const undo of this.#undo) undo()
  }

  /** One after another, so that an older reading never replaces a newer one. */
  #read(pages: ReadonlySet<PageId> | 'all'): void {
    // Where the disk refuses, the frame says so, and what was known stays.
    this.#running = this.#running.then(() => this.#readPages(pages)).catch(() => undefined)
  }

  async #readPages(pages: ReadonlySet<PageId> | 'all'): Promise<void> {
    const { acts, storage } = this.#organisation
    const said = new Map((await acts.pages()).map((each) => [each.page, each]))
    const { pages: named } = await readPageMentions(storage)
    const known = new Set([...said.keys(), ...named.keys()])
    for (const page of pages === 'all' ? known : pages) {
      const heard = [...(await this.#readPage(said.get(page))), ...this.#namedIn(page, named.get(page) ?? [])]
      if (heard.length === 0) this.#byPage.delete(page)
      else this.#byPage.set(page, heard)
    }
    for (const page of this.#byPage.keys()) if (!known.has(page)) this.#byPage.delete(page)
    const items = [...this.#byPage.values()].flat().toSorted((a, b) => b.atMs - a.atMs)
    this.items.set(items.slice(0, mostItems))
  }

  /** Who names themselves hears nothing. */
  #namedIn(page: PageId, notices: readonly MentionNotice[]): readonly Heard[] {
    const { lists, record } = this.#organisation
    const listed = lists.record(page)
    if (listed === undefined || listed.archived) return []
    const { title: pageTitle, spaceId } = listed
    return notices
      .filter(({ item, author }) => item !== null && author !== record.personId)
      .map(({ ref, author, atMs, text }) => {
        return { ref, why: 'page', author, atMs, text: [text], page, pageTitle, spaceId, thread: null }
      })
  }

  async #readPage(page: PageActs | undefined): Promise<readonly Heard[]> {
    if (page === undefined || page.forMe.length === 0) return []
    const { lists, record, acts } = this.#organisation
    const wanted = new Set(page.forMe)
    const found: Heard[] = []
    for (const thread of foldThreads(await acts.ofPage(page.page))) {
      for (const remark of remarksOf(thread)) {
        if (!wanted.has(remark.ref)) continue
        const { ref, author, atMs, text } = remark
        const why = mentionedIn(text).includes(record.personId) ? 'mention' : 'reply'
        const pageTitle = lists.record(page.page)?.title ?? ''
        found.push({
          ref,
          why,
          author,
          atMs,
          text,
          page: page.page,
          pageTitle,
          spaceId: page.spaceId,
          thread: thread.ref,
        })
      }
    }
    return found
  }
}

function remarksOf({ opening, replies }: Thread): readonly Remark[] {
  return opening === null ? replies : [opening, ...replies]
}

/** Which of these were not read yet. */
export function unreadIn(items: readonly Heard[] | null, read: ReadonlySet<ActRef>): number {
  return (items ?? []).filter(({ ref }) => !read.has(ref)).length
}
