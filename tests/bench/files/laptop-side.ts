import { randomFillSync } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { mustParseId, parseFileHash, type FileHash, type OrganisationId, type SpaceId } from '../../../model/ids.ts'
import { MemoryLaptopStorage } from '../../../renderer/storage/memory-storage.ts'
import { FileTransfer } from '../../../renderer/sync/file-transfer.ts'
import { answerQuestions } from '../answer-questions.mjs'

/** The shipped transfer of a laptop in a process of its own, over a file on this disk that is never read whole. */
answerQuestions({
  upload: (argument: unknown) => upload(argument),
  peakMiB: () => process.resourceUsage().maxRSS / 1024,
})

async function upload(argument: unknown): Promise<void> {
  const { serverUrl, token, spaceId, path, hash } = Object(argument) as Readonly<Record<string, string>>
  const storage = new MemoryLaptopStorage({ fillRandom: randomFillSync }).organisation(
    mustParseId<OrganisationId>('a'.repeat(26)),
  )
  await storage.files.put({
    ...{ spaceId: mustParseId<SpaceId>(spaceId), hash: mustBeHash(hash), name: 'film.mp4', type: 'video/mp4' },
    ...{ addedBy: null, addedAtMs: Date.now(), onServer: false, bytes: { blob: await openAsBlob(path ?? '') } },
  })
  await new Promise<void>((resolve, reject) => {
    const transfer = new FileTransfer({
      ...{ storage, places: null, serverUrl: serverUrl ?? '', token: async () => token ?? null },
      clock: {
        nowMs: () => Date.now(),
        schedule: (ms, run) => {
          const timer = setTimeout(run, ms)
          return () => clearTimeout(timer)
        },
      },
      random: Math.random,
      report: reject,
      emit: (message) => {
        if (message.type !== 'files-changed') return
        transfer.stop()
        resolve()
      },
    })
    transfer.handle({ type: 'files-changed', spaceIds: [] })
  })
}

function mustBeHash(text: string | undefined): FileHash {
  const hash = parseFileHash(text)
  if (hash === undefined) throw new Error('Not a hash')
  return hash
}
