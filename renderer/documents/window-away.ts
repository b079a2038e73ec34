import * as Y from 'yjs'
import type { AwayItem, AwayReview } from '../../model/away-review.ts'
import type { PageId } from '../../model/ids.ts'
import { yChildren } from '../../model/page-body.ts'
import { bodyName } from '../../model/page.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import { currentSchema } from '../../model/schema-version.ts'
import type { Away, AwayPage, AwaySnapshot, RescueTrouble } from './away.ts'
import { deriveFrom, LiveValue } from './live.ts'
import type { OpenDocument } from './open-documents.ts'
import type { OpenOrganisation } from './organisation.ts'
import { mayWritePage } from './page-live.ts'
import type { Live } from './plein.ts'
import { editUndoably, type UndoableEdit } from './undoable-edit.ts'

interface Rescued {
  readonly pageId: PageId
  readonly itemId: string
}

interface Rescue extends Rescued {
  readonly edit: UndoableEdit
  readonly review: AwayReview
}

/** What is to be reviewed in the organisation that is open in this window. */
export class WindowAway implements Away {
  readonly reviews: Live<AwaySnapshot>
  readonly rescued = new LiveValue<Rescued | null>(null)
  readonly #open: Live<OpenOrganisation | null>
  readonly #stored = new LiveValue<readonly AwayReview[]>([])
  #rescue: Rescue | null = null
  #undoLink: () => void = () => undefined

  constructor(open: Live<OpenOrganisation | null>) {
    this.#open = open
    this.reviews = deriveFrom<OpenOrganisation | null, AwaySnapshot>(
      open,
      (organisation, previous) => snapshotOf(organisation, this.#stored.snapshot(), previous),
      (organisation, invalidate) => [this.#stored.subscribe(invalidate), organisation?.lists.subscribe(invalidate)],
    )
    open.subscribe(() => this.#follow())
  }

  #follow(): void {
    this.#undoLink()
    this.#letGo()
    this.#stored.set([])
    const organisation = this.#open.snapshot()
    this.#undoLink =
      organisation?.link.subscribe((message) => {
        if (message.type === 'reviews-changed' || message.type === 'space-revoked') void this.#read()
      }) ?? (() => undefined)
    void this.#read()
  }

  async #read(): Promise<void> {
    const organisation = this.#open.snapshot()
    const stored = (await organisation?.storage.reviews.reviews().catch(() => [])) ?? []
    if (this.#open.snapshot() === organisation) this.#stored.set(stored)
  }

  async rescue(pageId: PageId, itemId: string): Promise<Result<null, RescueTrouble>> {
    const organisation = this.#open.snapshot()
    const review = this.#reviewOf(pageId)
    const item = review?.items.find(({ id }) => id === itemId)
    const record = organisation?.lists.record(pageId)
    const space = record === undefined ? undefined : organisation?.lists.space(record.spaceId)
    if (
      organisation === null ||
      review === undefined ||
      item === undefined ||
      record === undefined ||
      space === undefined
    )
      return fail('not-on-this-laptop')
    if (record.minSchema > currentSchema) return fail('newer-schema')
    if (!mayWritePage(organisation.record, record, space)) return fail('may-not-write')
    const document = await organisation.documents.open(pageId, { live: false })
    if (document === null) return fail('not-on-this-laptop')
    organisation.documents.setSchema(pageId, record.minSchema)
    this.#letGo()
    this.#rescue = { pageId, itemId, review, edit: editUndoably(document, (doc) => putBack(doc, item)) }
    await this.#without(review, [itemId])
    this.rescued.set({ pageId, itemId })
    return ok(null)
  }

  undoRescue(): void {
    const rescue = this.#rescue
    if (rescue === null) return
    rescue.edit.undo()
    this.#letGo()
    void this.#open
      .snapshot()
      ?.storage.reviews.putReview(rescue.review)
      .then(() => this.#read())
  }

  async settle(pageId: PageId, itemId: string): Promise<void> {
    const review = this.#reviewOf(pageId)
    if (review !== undefined) await this.#without(review, [itemId])
  }

  async settleAll(): Promise<void> {
    for (const { pageId } of this.#stored.snapshot()) {
      await this.#open.snapshot()?.storage.reviews.removeReview(pageId)
    }
    await this.#read()
  }

  async blockOf(pageId: PageId, itemId: string): Promise<number | null> {
    const item = this.#reviewOf(pageId)?.items.find(({ id }) => id === itemId)
    const document: OpenDocument | null = (await this.#open.snapshot()?.documents.open(pageId, { live: false })) ?? null
    const block = document === null || item === undefined ? null : (placeIn(document.doc, item)?.index ?? null)
    document?.release()
    return block
  }

  #reviewOf(pageId: PageId): AwayReview | undefined {
    return this.#stored.snapshot().find((review) => review.pageId === pageId)
  }

  async #without(review: AwayReview, itemIds: readonly string[]): Promise<void> {
    const items = review.items.filter(({ id }) => !itemIds.includes(id))
    const reviews = this.#open.snapshot()?.storage.reviews
    if (items.length > 0) await reviews?.putReview({ ...review, items })
    else await reviews?.removeReview(review.pageId)
    await this.#read()
  }

  #letGo(): void {
    this.#rescue?.edit.release()
    this.#rescue = null
    this.rescued.set(null)
  }
}

function snapshotOf(
  organisation: OpenOrganisation | null,
  stored: readonly AwayReview[],
  previous: AwaySnapshot | undefined,
): AwaySnapshot {
  const pages = stored
    .map((review): AwayPage => ({ ...review, title: organisation?.lists.record(review.pageId)?.title ?? '' }))
    .toSorted((a, b) => Number(countLost(b) > 0) - Number(countLost(a) > 0))
  const questions = pages.reduce((sum, page) => sum + countLost(page), 0)
  const all = pages.reduce((sum, { items }) => sum + items.length, 0)
  const next = { pages, questions, merged: all - questions }
  const isSame =
    previous?.pages.length === pages.length &&
    pages.every((page, index) => {
      const before = previous.pages[index]
      return before?.items === page.items && before.title === page.title
    })
  return isSame ? previous : next
}

function countLost({ items }: AwayReview): number {
  return items.filter(({ kind }) => kind === 'lost').length
}

/** Where an item stands in the body: its block's index, and whether that block is still there. */
function placeIn(doc: Y.Doc, { place }: AwayItem): { readonly index: number; readonly isThere: boolean } | null {
  if (place === null) return null
  const relative = Y.decodeRelativePosition(place)
  const absolute = Y.createAbsolutePositionFromRelativePosition(relative, doc)
  if (absolute === null || absolute.type !== doc.getXmlFragment(bodyName) || relative.item === null) return null
  const item = Y.getItem(doc.store, relative.item)
  return { index: absolute.index, isThere: item instanceof Y.Item && !item.deleted }
}

/** As a block of its own: where its block stood, after it where that is still there, at the end where nobody knows. */
function putBack(doc: Y.Doc, item: AwayItem): void {
  if (item.block === null) return
  const fragment = doc.getXmlFragment(bodyName)
  const place = placeIn(doc, item)
  const index = place === null ? fragment.length : place.index + (place.isThere ? 1 : 0)
  fragment.insert(Math.min(index, fragment.length), yChildren([item.block]) as Y.XmlElement[])
}
