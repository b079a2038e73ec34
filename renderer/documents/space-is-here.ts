import type { SpaceId } from '../../model/ids.ts'
import type { OpenOrganisation, WindowClock } from './organisation.ts'

/** A space comes by the feed; its screen can open only then. Waits five seconds at most: offline meanwhile, it comes later. */
export async function spaceIsHere(organisation: OpenOrganisation, id: SpaceId, clock: WindowClock): Promise<void> {
  const { lists } = organisation
  if (lists.space(id) !== undefined) return
  await new Promise<void>((resolve) => {
    const done = () => {
      undo()
      cancel()
      resolve()
    }
    const undo = lists.subscribe(() => {
      if (lists.space(id) !== undefined) done()
    })
    const cancel = clock.schedule(5000, done)
  })
}
