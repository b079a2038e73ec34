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
    if (first === undefined || second === undefined) throw new Error('Two people are needed')
    const arrived = second.heard('remote-changes', pages)
    for (const side of sides) await side.comeBack()
    await first.createPages(ids)
    await arrived
    await first.until('acknowledged', () => first.isDrained())
    await second.until('remote-changes', async () => (await wordOf(first)) === (await wordOf(second)))
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
  fingerprints: async () => Promise.all(sides.map(fingerprintOf)),
  leave: async () => {
    for (const side of sides) await side.leave()
  },
})

async function fingerprintOf(side: PleinSide) {
  return fingerprint(await side.stateVectors(ids))
}

async function wordOf(side: PleinSide): Promise<string> {
  return (await fingerprintOf(side)).hash
}
