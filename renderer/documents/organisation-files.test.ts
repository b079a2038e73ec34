import { expect, it, vi } from 'vitest'
import type { FileHash, SpaceId } from '../../model/ids.ts'
import { idOf } from '../storage/contract-case.ts'
import { MemoryLaptopStorage } from '../storage/memory-storage.ts'
import { localOrganisation } from './local-organisation.ts'
import { OrganisationFiles } from './organisation-files.ts'
import { fillRandom } from './test-organisation.ts'

const spaceId = idOf<SpaceId>('space')

function openFiles() {
  const record = {
    ...localOrganisation('personal', { organisation: 'Haven', person: 'Noor' }, fillRandom),
    serverUrl: 'http://server.example',
  }
  const storage = new MemoryLaptopStorage({ fillRandom }).organisation(record.id)
  const waiting = vi.spyOn(storage.files, 'waiting')
  const later: (() => void)[] = []
  const files = new OrganisationFiles({
    ...{ storage, record, fillRandom, token: async () => null },
    link: { windowId: 'w', post: () => undefined, subscribe: () => () => undefined, close: () => undefined },
    clock: {
      nowMs: () => 1000,
      schedule: (_ms, task) => {
        later.push(task)
        return () => undefined
      },
    },
  })
  return { files, waiting, later }
}

/** A storage in memory answers within a few turns. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
}

it('counts what waits once for many steps of many uploads, and with the last of them', async () => {
  const { files, waiting, later } = openFiles()
  await settled()
  waiting.mockClear()
  for (let step = 0; step < 200; step += 1) {
    const hash = (step % 20).toString(16).padStart(64, '0') as FileHash
    files.hear({ type: 'file', spaceId, hash, activity: { kind: 'uploading', doneBytes: step, sizeBytes: 200 } })
  }
  expect(waiting).not.toHaveBeenCalled()
  expect(later).toHaveLength(1)
  later[0]?.()
  await settled()
  expect(waiting).toHaveBeenCalledOnce()
})

it('reads at once what changed, and what changes soon after it once, at the end of a rest', async () => {
  const { files, later } = openFiles()
  const read = files.list(spaceId)
  await settled()
  const list = vi.spyOn(read, 'take')
  for (let time = 0; time < 100; time += 1) files.hear({ type: 'files-changed', spaceIds: [spaceId] })
  await settled()
  expect(list).toHaveBeenCalledOnce()
  expect(later).toHaveLength(1)
  later[0]?.()
  await settled()
  expect(list).toHaveBeenCalledTimes(2)
  expect(later).toHaveLength(2)
  later[1]?.()
  await settled()
  expect(list).toHaveBeenCalledTimes(2)
  expect(later).toHaveLength(2)
})

it('counts no second time beside a count that is under way, and once more after it', async () => {
  const { files, waiting, later } = openFiles()
  await settled()
  waiting.mockClear()
  let end = (): void => undefined
  waiting.mockImplementationOnce(() => new Promise((tell) => (end = () => tell([]))))
  for (let step = 0; step < 2; step += 1) {
    files.hear({ type: 'files-changed', spaceIds: [spaceId] })
    files.hear({ type: 'files-changed', spaceIds: [spaceId] })
    later.at(-1)?.()
    await settled()
  }
  expect(waiting).toHaveBeenCalledOnce()
  end()
  await vi.waitFor(() => expect(waiting).toHaveBeenCalledTimes(2))
})
