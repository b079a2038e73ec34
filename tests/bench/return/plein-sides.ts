import { randomFillSync } from 'node:crypto'
import { mintId, type DocumentId, type OrganisationId } from '../../../model/ids.ts'
import { answerQuestions } from '../answer-questions.mjs'
import { fingerprint } from './fingerprint.ts'
import { PleinSide, type SideOptions } from './plein-side.ts'

/** Two laptops of two people in one process, as the peer's two sides share one. */
let sides: readonly PleinSide[] = []
let ids: readonly DocumentId[] = []

interface FillRequest {
  readonly port: number
  readonly spaceId: SideOptions['spaceId']
  readonly people: readonly SideOptions['personId'][]
  readonly organisationId: OrganisationId
  readonly pages: number
}

answerQuestions({
  /** Pages made on one side have come to the other; then both go offline and each changes every page. */
  fill: async (argument) => {
    const { people, pages, ...where } = argument as FillRequest
    sides = people.map((personId) => new PleinSide({ ...where, personId }))
    ids = Array.from({ length: pages }, () => mintId<DocumentId>(randomFillSync))
    const [first, second] = sides
    const arrived = second?.heard('remote-changes', pages)
    const acknowledged = first?.heard('acknowledged', pages)
    for (const side of sides) await side.comeBack()
    await first?.createPages(ids)
    await Promise.all([arrived, acknowledged])
    for (const side of sides) await side.leave()
    for (const [place, side] of sides.entries()) await side.editPages(ids, place)
  },
  comeBack: async () => {
    const startMs = performance.now()
    const done = sides.flatMap((side) => [
      side.heard('acknowledged', ids.length),
      side.heard('remote-changes', ids.length),
    ])
    await Promise.all(sides.map((side) => side.comeBack()))
    await Promise.all(done)
    return performance.now() - startMs
  },
  fingerprints: async () => Promise.all(sides.map(async (side) => fingerprint(await side.stateVectors(ids)))),
  leave: async () => {
    for (const side of sides) await side.leave()
  },
})
