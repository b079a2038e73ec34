import type { AwayReview } from '../../model/away-review.ts'
import type { DocumentId, OrganisationId, PageId, PersonId, SpaceId } from '../../model/ids.ts'
import { equal, idOf, organisationId, type ContractCase } from './contract-case.ts'
import { maxKeptStates } from './review-storage.ts'

const spaceId = idOf<SpaceId>('space')
const pageId = idOf<PageId>('page')
const otherId = idOf<PageId>('other')

function reviewOf(id: PageId, toMs: number): AwayReview {
  const words = [{ text: 'Neem een zak mee.', by: 'me', change: 'added' }] as const
  const block = { type: 'paragraph', content: [{ type: 'text', text: 'Neem een zak mee.' }] }
  const place = new Uint8Array([1, 2, 3])
  const authors = [idOf<PersonId>('daan')]
  return { pageId: id, fromMs: null, toMs, mine: 2, items: [{ id: '1', kind: 'lost', authors, words, place, block }] }
}

/** Part of the laptop's contract. */
export const reviewStorageContract: readonly ContractCase[] = [
  {
    title: 'keeps one state of a page, the last, and says when it was kept',
    async run({ storage, otherWindow }) {
      const { reviews } = storage.organisation(organisationId)
      equal(await reviews.state(pageId), undefined)
      equal(await reviews.stateAtMs(pageId), undefined)
      await reviews.keepState(pageId, { atMs: 1, state: new Uint8Array([1]) })
      await reviews.keepState(pageId, { atMs: 2, state: new Uint8Array([2, 2]) })
      const other = otherWindow.organisation(organisationId).reviews
      equal(await other.state(pageId), { atMs: 2, state: new Uint8Array([2, 2]) })
      equal(await other.stateAtMs(pageId), 2)
    },
  },
  {
    title: 'lets the oldest state go where there are too many',
    async run({ storage }) {
      const { reviews } = storage.organisation(organisationId)
      const ids = Array.from({ length: maxKeptStates + 1 }, (_, i) =>
        idOf<PageId>(
          `page${[...String(i).padStart(3, '0')].map((digit) => 'abcdefghij'.charAt(Number(digit))).join('')}`,
        ),
      )
      for (const [atMs, id] of ids.entries()) await reviews.keepState(id, { atMs, state: new Uint8Array([1]) })
      const [first = pageId, second = pageId] = ids
      equal([await reviews.stateAtMs(first), await reviews.stateAtMs(second)], [undefined, 1])
    },
  },
  {
    title: 'keeps a review of each page until it is removed, oldest first, and none of another organisation',
    async run({ storage, otherWindow }) {
      const { reviews } = storage.organisation(organisationId)
      await reviews.putReview(reviewOf(pageId, 9))
      await reviews.putReview(reviewOf(otherId, 5))
      await reviews.putReview(reviewOf(pageId, 7))
      const other = otherWindow.organisation(organisationId).reviews
      equal(await other.reviews(), [reviewOf(otherId, 5), reviewOf(pageId, 7)])
      equal(await storage.organisation(idOf<OrganisationId>('second')).reviews.reviews(), [])
      await other.removeReview(otherId)
      equal(await reviews.reviews(), [reviewOf(pageId, 7)])
    },
  },
  {
    title: 'keeps a return until it ends, and puts its review in its place',
    async run({ storage, otherWindow }) {
      const { reviews } = storage.organisation(organisationId)
      const bytes = new Uint8Array([4, 5])
      const record = { pageId, fromMs: 3, cursor: 9, before: bytes, own: [bytes, bytes], lastRow: 12 }
      await reviews.putReturn({ ...record, pageId: otherId, fromMs: null })
      await reviews.putReturn(record)
      const other = otherWindow.organisation(organisationId).reviews
      equal(
        (await other.returns()).find((each) => each.pageId === pageId),
        record,
      )
      await other.endReturn(otherId, null)
      await other.endReturn(pageId, reviewOf(pageId, 4))
      equal([await reviews.returns(), await reviews.reviews()], [[], [reviewOf(pageId, 4)]])
    },
  },
  {
    title: 'lets states and reviews go with their page, and with its space',
    async run({ storage }) {
      const organisation = storage.organisation(organisationId)
      const listed = (id: DocumentId) =>
        organisation.updateDocuments([{ id, spaceId, kind: 'page', pageKind: 'wiki', held: true }])
      for (const [id, remove] of [
        [pageId, () => organisation.drop(pageId, { forget: true })],
        [otherId, () => organisation.removeSpace(spaceId)],
      ] as const) {
        await listed(id)
        await organisation.reviews.keepState(id, { atMs: 1, state: new Uint8Array([1]) })
        await organisation.reviews.putReview(reviewOf(id, 1))
        await remove()
        equal([await organisation.reviews.state(id), await organisation.reviews.reviews()], [undefined, []])
      }
    },
  },
]
