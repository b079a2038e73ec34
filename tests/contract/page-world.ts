import type { DocumentId, SpaceId } from '../../model/ids.ts'
import { MemoryStore } from '../../sync-server/store/memory-store.ts'
import type { Identity } from '../../sync-server/sync-options.ts'
import { textOf, type FakeDevice } from './fake-device.ts'
import { FakeWorld, mint, person } from './fake-world.ts'

export interface PageWorld {
  readonly world: FakeWorld
  readonly store: MemoryStore
  readonly ann: Identity
  readonly bob: Identity
  readonly spaceId: SpaceId
  /** A wiki page that Ann's device has registered. */
  readonly documentId: DocumentId
  readonly device: FakeDevice
  /** The text of a page as the server has it. */
  read(id?: DocumentId): Promise<string | undefined>
}

/** Ann owns a space, Bob edits in it; Ann's device is connected and has registered one wiki page. */
export async function openPageWorld(options: Parameters<typeof FakeWorld.open>[0] = {}): Promise<PageWorld> {
  const store = new MemoryStore()
  const world = await FakeWorld.open({ ...options, store })
  const [ann, bob] = [person('Ann'), person('Bob')]
  const spaceId = await world.space([
    [ann, 'owner'],
    [bob, 'editor'],
  ])
  const documentId = mint<DocumentId>()
  const device = await world.device(ann)
  device.register(documentId, spaceId)
  await world.settle()
  const read = async (id: DocumentId = documentId) => {
    const update = await world.server.readDocument(id)
    return update instanceof Uint8Array ? textOf(update) : update
  }
  return { world, store, ann, bob, spaceId, documentId, device, read }
}
