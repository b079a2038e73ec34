import type { ActRef } from '../../model/act-ref.ts'
import type { NewAct, ReactionName } from '../../model/act.ts'
import { cleanCommentText, type CommentText } from '../../model/comment-text.ts'
import type { PageId } from '../../model/ids.ts'
import type { PageActs } from '../storage/acts-storage.ts'
import { ActDenied, ActWriter, type ActWriterOptions } from './act-writer.ts'
import type { CommentCounts, Comments, PageComments, Said, ThreadView } from './comments.ts'
import { deriveFrom, keepSame, LiveValue } from './live.ts'
import type { Marks } from './marks.ts'
import type { OpenOrganisation } from './organisation.ts'
import { PageCommentsLive } from './page-comments-live.ts'
import type { Live } from './plein.ts'

/** What people say, in the organisation that is open in this window. */
export class WindowComments implements Comments {
  readonly counts: Live<ReadonlyMap<PageId, CommentCounts>>
  readonly #open: Live<OpenOrganisation | null>
  readonly #writer: ActWriter
  readonly #pages = new Map<PageId, Live<PageComments | null>>()

  constructor(open: Live<OpenOrganisation | null>, marks: Marks, options: ActWriterOptions) {
    this.#open = open
    this.#writer = new ActWriter(options)
    this.counts = countsOf(open, marks)
  }

  page(id: PageId): Live<PageComments | null> {
    const live = this.#pages.get(id) ?? pageComments(this.#open, id)
    this.#pages.set(id, live)
    return live
  }

  comment(page: PageId, { anchor, text }: Parameters<Comments['comment']>[1]): Promise<Said> {
    return this.#say({ kind: 'comment', page, anchor, text: cleanCommentText(text) })
  }

  reply(page: PageId, thread: ActRef, text: CommentText): Promise<Said> {
    return this.#say({ kind: 'reply', page, thread, text: cleanCommentText(text) })
  }

  edit(page: PageId, target: ActRef, text: CommentText): Promise<Said> {
    return this.#say({ kind: 'edit', page, target, text: cleanCommentText(text) })
  }

  remove(page: PageId, target: ActRef, { ref, anchor }: ThreadView): Promise<Said> {
    const isOpening = target === ref
    return this.#say({
      ...{ kind: 'delete', page, target, thread: isOpening ? null : ref, anchor: isOpening ? anchor : null },
    })
  }

  react(page: PageId, target: ActRef, reaction: ReactionName, on: boolean): Promise<Said> {
    return this.#say({ kind: 'reaction', page, target, reaction, on })
  }

  setResolved(page: PageId, thread: ActRef, isResolved: boolean): Promise<Said> {
    return this.#say({ kind: isResolved ? 'resolve' : 'reopen', page, thread })
  }

  async #say(act: NewAct): Promise<Said> {
    const organisation = this.#open.snapshot()
    if (organisation === null) throw new ActDenied()
    return this.#writer.say(organisation, act)
  }
}

function pageComments(open: Live<OpenOrganisation | null>, id: PageId): Live<PageComments | null> {
  let inner: PageCommentsLive | null = null
  return deriveFrom<OpenOrganisation | null, PageComments | null>(
    open,
    () => inner?.snapshot() ?? null,
    (organisation, invalidate) => {
      inner = organisation === null ? null : new PageCommentsLive(organisation, id)
      return [inner?.subscribe(invalidate)]
    },
  )
}

function countsOf(open: Live<OpenOrganisation | null>, marks: Marks): Live<ReadonlyMap<PageId, CommentCounts>> {
  const pages = new LiveValue<readonly PageActs[]>([])
  let counted: ReadonlyMap<PageId, CommentCounts> = new Map()
  const count = () => {
    const { heard } = marks.all.snapshot()
    const next = pages.snapshot().map(({ page, openThreads, remarks, forMe }) => {
      const unread = forMe.filter((ref) => !heard.has(ref)).length
      return [page, keepSame(counted.get(page), { openThreads, remarks, unread })] as const
    })
    const isSame = next.length === counted.size && next.every(([page, counts]) => counted.get(page) === counts)
    if (!isSame) counted = new Map(next)
    return counted
  }
  return deriveFrom<OpenOrganisation | null, ReadonlyMap<PageId, CommentCounts>>(
    open,
    count,
    (organisation, invalidate) => {
      const read = async () => pages.set((await organisation?.acts.pages()) ?? [])
      const readAgain = () => void read().catch(() => undefined) // the disk refuses: the frame says so
      readAgain()
      return [pages.subscribe(invalidate), marks.all.subscribe(invalidate), organisation?.acts.subscribe(readAgain)]
    },
  )
}
