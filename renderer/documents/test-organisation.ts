import { mintId, type OrganisationId } from '../../model/ids.ts'
import type { LaptopStorage, OrganisationRecord } from '../storage/laptop-storage.ts'
import { OpenOrganisation } from './organisation.ts'
import type { SyncLink } from './sync-link.ts'

let counter = 0

/** For tests: ids that never repeat within a run, and are the same in each. */
export function fillRandom(bytes: Uint8Array): void {
  counter += 1
  new DataView(bytes.buffer).setUint32(0, counter)
}

/** A clock that stands still: what waits for it never comes by itself. */
export const standingClock = { nowMs: () => 1000, schedule: () => () => undefined }

/** An organisation of the laptop, open in a window whose line leads nowhere unless the test gives it an end. */
export async function openForTest(
  laptop: LaptopStorage,
  record: OrganisationRecord,
  line: Partial<SyncLink> = {},
): Promise<OpenOrganisation> {
  const organisation = new OpenOrganisation({
    record,
    storage: laptop.organisation(record.id),
    link: {
      windowId: mintId<OrganisationId>(fillRandom),
      post: () => undefined,
      subscribe: () => () => undefined,
      close: () => undefined,
      ...line,
    },
    token: async () => null,
    clock: standingClock,
    fillRandom,
    join: null,
  })
  await organisation.start()
  return organisation
}
