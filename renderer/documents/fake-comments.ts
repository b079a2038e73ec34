import { refOf, type ActRef } from '../../model/act-ref.ts'
import type { Act, Anchor, NewAct, ReactionName } from '../../model/act.ts'
import type { SaidAct } from '../../model/acts.ts'
import type { CommentText } from '../../model/comment-text.ts'
import { mustParseId, type ActId, type DocumentId, type PageId, type PersonId } from '../../model/ids.ts'
import { foldThreads, type Remark } from '../../model/threads.ts'
import type { CommentCounts, Comments, PageComments, RemarkView, Said, ThreadView } from './comments.ts'
import { Cell, Cells } from './fake-cell.ts'
import { fakePersonId } from './fake-people.ts'
import { nextId } from './fake-sample.ts'
import type { Live } from './plein.ts'

const document = (person: PersonId) => mustParseId<DocumentId>(person.replace(/a{3}$/, 'bbb'))

/** What people say, in memory; `speak` fills the pages of the pictures. */
export class FakeComments implements Comments {
  readonly counts = new Cell<ReadonlyMap<PageId, CommentCounts>>(new Map())
  readonly #me: PersonId
  readonly #said: SaidAct[] = []
  readonly #pages: Cells<PageId, PageComments | null>

  constructor(me: PersonId) {
    this.#me = me
    this.#pages = new Cells((id) => this.#read(id))
  }

  /** Fatima asks and Joris answers, as in the picture of a wiki page. */
  speak(page: PageId): void {
    const [fatima, joris, kees] = [fakePersonId('fatima'), fakePersonId('joris'), fakePersonId('kees')]
    const quote = 'De brug bij de Lage Zijde gaat altijd eerst'
    const question = 'Geldt dit ook als de brug dicht is? Vorig jaar kregen we daar 14 telefoontjes over.'
    const anchor: Anchor = { from: 'AA', to: 'AA', quote }
    const thread = this.#add(fatima, { kind: 'comment', page, anchor, text: [question] })
    this.#add(joris, { kind: 'reply', page, thread, text: ['Goede vraag. Dan rijdt route B eerst. Ik zet het erbij.'] })
    this.#add(kees, { kind: 'comment', page, anchor: null, text: ['Wagen 3 is terug van de garage.'] })
    this.#changed()
  }

  page(id: PageId): Live<PageComments | null> {
    return this.#pages.get(id)
  }

  comment(page: PageId, { anchor, text }: Parameters<Comments['comment']>[1]): Promise<Said> {
    return this.#say({ kind: 'comment', page, anchor, text })
  }

  reply(page: PageId, thread: ActRef, text: CommentText): Promise<Said> {
    return this.#say({ kind: 'reply', page, thread, text })
  }

  edit(page: PageId, target: ActRef, text: CommentText): Promise<Said> {
    return this.#say({ kind: 'edit', page, target, text })
  }

  remove(page: PageId, target: ActRef, { ref, anchor }: ThreadView): Promise<Said> {
    return this.#say({ kind: 'delete', page, target, thread: target === ref ? null : ref, anchor })
  }

  react(page: PageId, target: ActRef, reaction: ReactionName, on: boolean): Promise<Said> {
    return this.#say({ kind: 'reaction', page, target, reaction, on })
  }

  setResolved(page: PageId, thread: ActRef, isResolved: boolean): Promise<Said> {
    return this.#say({ kind: isResolved ? 'resolve' : 'reopen', page, thread })
  }

  async #say(act: NewAct): Promise<Said> {
    this.#add(this.#me, act)
    this.#changed()
    return 'stored'
  }

  #add(author: PersonId, said: NewAct): ActRef {
    const id = mustParseId<ActId>(nextId())
    const act: Act = { ...said, id, counter: this.#said.length + 1, atMs: Date.now() - 3_600_000 + this.#said.length }
    const ref = refOf(document(author), id)
    this.#said.push({ ref, author, mark: null, act })
    return ref
  }

  #changed(): void {
    this.#pages.readAgain()
    const pages = new Set(this.#said.map(({ act }) => act.page))
    this.counts.set(new Map([...pages].map((page) => [page, countsOf(this.#read(page))])))
  }

  #read(id: PageId): PageComments {
    const threads = foldThreads(this.#said.filter(({ act }) => act.page === id))
    const viewOf = (remark: Remark): RemarkView => ({
      ...remark,
      isMine: remark.author === this.#me,
      receipt: 'on-server',
    })
    return {
      threads: threads.map((thread) => ({
        ...thread,
        opening: thread.opening === null ? null : viewOf(thread.opening),
        replies: thread.replies.map(viewOf),
        mayResolve: true,
      })),
      mayComment: true,
    }
  }
}

function countsOf({ threads }: PageComments): CommentCounts {
  return {
    openThreads: threads.filter(({ resolved }) => resolved === null).length,
    remarks: threads.reduce((sum, { replies }) => sum + 1 + replies.length, 0),
    unread: 0,
  }
}
