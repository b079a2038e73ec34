import { openInOutWorker, WindowInOut } from './in-out/window-in-out.ts'
import { arrivalOf } from './arrival.ts'
import { LiveValue } from './live.ts'
import type { OpenOrganisation } from './organisation.ts'
import { PageVerbs } from './page-verbs.ts'
import { WindowAway } from './window-away.ts'
import { WindowComments } from './window-comments.ts'
import { WindowDrafts } from './window-drafts.ts'
import { WindowFiles } from './window-files.ts'
import { WindowInvitations } from './window-invitations.ts'
import { WindowInbox } from './window-inbox.ts'
import { WindowHistory } from './window-history.ts'
import { WindowMarks } from './window-marks.ts'
import { WindowPeople } from './window-people.ts'
import type { WindowPleinOptions } from './window-plein.ts'
import { WindowProfile } from './window-profile.ts'
import { WindowRequests } from './window-requests.ts'
import { WindowSearch } from './window-search.ts'
import { WindowSpaceAdmin } from './window-space-admin.ts'
import { WindowTrees } from './window-trees.ts'

/** What a window knows of the organisation that is open in it, noun by noun; each follows when another is opened. */
export class WindowFacets {
  protected readonly open = new LiveValue<OpenOrganisation | null>(null)
  protected readonly verbs = new PageVerbs(() => this.mustBeOpen())
  readonly people = new WindowPeople(this.open)
  readonly arrival = arrivalOf(this.open)
  readonly files = new WindowFiles(this.open)
  readonly requests: WindowRequests
  readonly spaceAdmin: WindowSpaceAdmin
  readonly marks = new WindowMarks(this.open)
  readonly inbox = new WindowInbox(this.open, this.marks)
  readonly trees = new WindowTrees(() => this.mustBeOpen(), this.verbs)
  readonly away = new WindowAway(this.open)
  readonly history = new WindowHistory(this.open, (input, init) => fetch(input, init))
  readonly comments: WindowComments
  readonly drafts = new WindowDrafts(this.open)
  readonly search: WindowSearch
  readonly inOut: WindowInOut
  readonly profile = new WindowProfile(
    () => this.open.snapshot(),
    (input, init) => fetch(input, init),
  )

  constructor(options: WindowPleinOptions) {
    this.comments = new WindowComments(this.open, this.marks, options)
    this.requests = new WindowRequests(this.open, options.clock)
    const invitations = new WindowInvitations(this.open, options.invitations)
    const parts = { requests: this.requests, pages: this.verbs, invitations }
    this.spaceAdmin = new WindowSpaceAdmin(this.open, parts)
    this.search = new WindowSearch(
      this.open,
      () => options.clock.nowMs(),
      (input, init) => fetch(input, init),
    )
    this.inOut = new WindowInOut({
      organisation: () => this.open.snapshot(),
      openPort: openInOutWorker,
      untitled: () => options.names().untitled,
    })
  }

  protected mustBeOpen(): OpenOrganisation {
    const organisation = this.open.snapshot()
    if (organisation === null) throw new Error('No organisation is open in this window')
    return organisation
  }
}
