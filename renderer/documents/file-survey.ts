import {
  parseFileHash,
  parseId,
  type FileHash,
  type OrganisationId,
  type PageId,
  type SpaceId,
} from '../../model/ids.ts'
import type { SpaceUsage } from './files.ts'

/** Looks through everything that is stored, in a worker of its own, so that no window stands still for it. */
export async function findUses(
  organisationId: OrganisationId,
  spaceId: SpaceId,
): Promise<ReadonlyMap<FileHash, readonly PageId[]>> {
  const answer = await survey({ organisationId, spaceId, what: 'uses' })
  const uses = new Map<FileHash, readonly PageId[]>()
  for (const entry of Array.isArray(answer) ? answer : []) {
    const [hashText, pages] = Array.isArray(entry) ? (entry as readonly unknown[]) : []
    const hash = parseFileHash(hashText)
    if (hash !== undefined && Array.isArray(pages))
      uses.set(
        hash,
        pages.flatMap((page) => parseId<PageId>(page) ?? []),
      )
  }
  return uses
}

export async function measureUsage(organisationId: OrganisationId): Promise<readonly SpaceUsage[]> {
  const answer = await survey({ organisationId, what: 'usage' })
  return (Array.isArray(answer) ? answer : []).flatMap((row: unknown) => readUsage(row) ?? [])
}

function readUsage(value: unknown): SpaceUsage | undefined {
  const row = Object(value) as Readonly<Record<string, unknown>>
  const spaceId = parseId<SpaceId>(row['spaceId'])
  const number = (name: string) => (typeof row[name] === 'number' ? row[name] : 0)
  if (spaceId === undefined) return undefined
  return {
    spaceId,
    pages: number('pages'),
    pageBytes: number('pageBytes'),
    files: number('files'),
    fileBytes: number('fileBytes'),
  }
}

function survey(question: object): Promise<unknown> {
  const worker = new Worker(new URL('./file-survey-worker.ts', import.meta.url), {
    type: 'module',
    name: 'plein-survey',
  })
  return new Promise<unknown>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) =>
      resolve(Reflect.get(Object(data), 'answer')),
    )
    worker.addEventListener('error', (event) => reject(new Error(`The survey failed: ${event.message}`)))
    worker.postMessage(question)
  }).finally(() => worker.terminate())
}
