import type { ActRef } from '../../model/act-ref.ts'
import type { PageId, SpaceId } from '../../model/ids.ts'
import { noMarks, type PrivateDocument, type PrivateMarks } from '../../model/private.ts'
import { deriveFrom } from './live.ts'
import type { Marks } from './marks.ts'
import type { OpenOrganisation } from './organisation.ts'
import { OrganisationMarks } from './organisation-marks.ts'
import type { Live } from './plein.ts'

/** The marks of the organisation that is open in this window. */
export class WindowMarks implements Marks {
  readonly all: Live<PrivateMarks>
  readonly #open: Live<OpenOrganisation | null>
  #current: { readonly organisation: OpenOrganisation; readonly marks: OrganisationMarks } | null = null

  constructor(open: Live<OpenOrganisation | null>) {
    this.#open = open
    this.all = deriveFrom<OpenOrganisation | null, PrivateMarks>(
      open,
      () => this.#marks()?.all.snapshot() ?? noMarks,
      (_organisation, invalidate) => [this.#marks()?.all.subscribe(invalidate)],
    )
  }

  setFavourite(ids: readonly PageId[], isFavourite: boolean): void {
    this.#write((marks) => {
      marks.setFavourite(ids, isFavourite)
    })
  }

  setFollowed(id: PageId | SpaceId, isFollowed: boolean): void {
    this.#write((marks) => {
      marks.setFollowed(id, isFollowed)
    })
  }

  noteRead(id: PageId, seenMs: number): void {
    this.#write((marks) => {
      marks.noteRead(id, seenMs)
    })
  }

  setHeard(refs: readonly ActRef[], isHeard: boolean): void {
    this.#write((marks) => {
      marks.setHeard(refs, isHeard)
    })
  }

  #write(change: (marks: PrivateDocument) => void): void {
    this.#marks()?.write(change)
  }

  #marks(): OrganisationMarks | null {
    const organisation = this.#open.snapshot()
    if (this.#current !== null && this.#current.organisation !== organisation) {
      this.#current.marks.close()
      this.#current = null
    }
    if (organisation === null) return null
    this.#current ??= { organisation, marks: new OrganisationMarks(organisation) }
    return this.#current.marks
  }
}
