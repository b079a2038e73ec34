import type { OrganisationId, RequestId } from '../../model/ids.ts'
import type { Answer } from '../../model/protocol/messages.ts'
import { equal, idOf, organisationId, type ContractCase } from './contract-case.ts'

const [first, second] = [idOf<RequestId>('first'), idOf<RequestId>('second')]

function answer(requestId: RequestId, more: Partial<Answer> = {}): Answer {
  return { requestId, ask: '{}', state: 'accepted', reason: null, askedAtMs: 5, answeredAtMs: 6, ...more }
}

/** Part of the laptop's contract. */
export const requestStorageContract: readonly ContractCase[] = [
  {
    title: 'RQ1 keeps what is asked until it is answered, in the order of asking, for every window',
    async run({ storage, otherWindow }) {
      const { requests } = storage.organisation(organisationId)
      await requests.put({ id: second, ask: '{"n":2}', about: 'Groen', askedAtMs: 20 })
      await requests.put({ id: first, ask: '{"n":1}', about: 'Bouw', askedAtMs: 10 })
      const waiting = await otherWindow.organisation(organisationId).requests.waiting()
      equal(
        waiting.map(({ id, about, state }) => [id, about, state]),
        [
          [first, 'Bouw', 'waiting'],
          [second, 'Groen', 'waiting'],
        ],
      )
      equal(await requests.number(), null)
    },
  },
  {
    title: 'RQ2 stores answers with the number that they reach, also to what another device asked',
    async run({ storage }) {
      const { requests } = storage.organisation(organisationId)
      await requests.put({ id: first, ask: '{"n":1}', about: 'Bouw', askedAtMs: 10 })
      await requests.take([answer(first, { state: 'refused', reason: 'closed' }), answer(second)], 7)
      equal(await requests.number(), 7)
      equal(await requests.waiting(), [])
      const read = (await requests.read()).toSorted((a, b) => (a.id < b.id ? -1 : 1))
      equal(
        read.map(({ id, about, state, reason, answeredAtMs }) => [id, about, state, reason, answeredAtMs]),
        [
          [first, 'Bouw', 'refused', 'closed', 6],
          [second, '', 'accepted', null, 6],
        ].toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
      )
    },
  },
  {
    title: 'RQ2 shows what was dismissed again when its answer changes, and not before',
    async run({ storage }) {
      const { requests } = storage.organisation(organisationId)
      await requests.take([answer(first, { state: 'asked' })], 1)
      await requests.dismiss(first)
      await requests.take([answer(first, { state: 'asked' })], 1)
      equal((await requests.read())[0]?.dismissed, true)
      await requests.take([answer(first)], 2)
      equal((await requests.read())[0]?.dismissed, false)
    },
  },
  {
    title: 'keeps the requests of organisations apart',
    async run({ storage }) {
      const other = storage.organisation(idOf<OrganisationId>('second'))
      await other.requests.take([answer(first)], 3)
      const { requests } = storage.organisation(organisationId)
      equal([await requests.read(), await requests.number()], [[], null])
    },
  },
]
