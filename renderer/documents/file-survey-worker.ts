/** Answers one question about everything that is stored: which pages show which files, or what each space takes. */
import * as Y from 'yjs'
import { fileHashesIn } from '../../model/file-hashes.ts'
import {
  parseFileHash,
  parseId,
  type FileHash,
  type OrganisationId,
  type PageId,
  type SpaceId,
} from '../../model/ids.ts'
import { bodyName } from '../../model/page.ts'
import { openDexieStorage } from '../storage/dexie-storage.ts'
import type { OrganisationStorage } from '../storage/laptop-storage.ts'
import type { SpaceUsage } from './files.ts'

/** Pages read from the disk at once. */
const readAtOnce = 100

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  void answer(data)
})

async function answer(question: unknown): Promise<void> {
  const { organisationId, spaceId, what } = Object(question) as Readonly<Record<string, unknown>>
  const id = parseId<OrganisationId>(organisationId)
  const space = parseId<SpaceId>(spaceId)
  if (id === undefined) return
  const laptop = await openDexieStorage({ fillRandom: (bytes) => crypto.getRandomValues(bytes) })
  try {
    const storage = laptop.organisation(id)
    if (what === 'usage') postMessage({ answer: await measure(storage) })
    else if (space !== undefined) postMessage({ answer: [...(await findUses(storage, space))] })
  } finally {
    laptop.close()
  }
}

async function findUses(storage: OrganisationStorage, spaceId: SpaceId): Promise<Map<FileHash, PageId[]>> {
  const uses = new Map<FileHash, PageId[]>()
  await eachDocument(storage, spaceId, (id, kind, updates) => {
    // Pages whose bytes name no file are never decoded.
    if (kind !== 'page' || !updates.some((update) => fileHashesIn(update).length > 0)) return
    for (const hash of filesIn(updates)) uses.set(hash, [...(uses.get(hash) ?? []), id])
  })
  return uses
}

async function measure(storage: OrganisationStorage): Promise<readonly SpaceUsage[]> {
  const rows = await storage.files.all()
  const spaces = await storage.spaces()
  return Promise.all(
    spaces.map(async ({ id: spaceId }) => {
      const here = rows.filter((row) => row.spaceId === spaceId && row.here)
      let [pages, pageBytes] = [0, 0]
      await eachDocument(storage, spaceId, (_id, kind, updates) => {
        if (kind === 'page') pages += 1
        pageBytes += updates.reduce((sum, { length }) => sum + length, 0)
      })
      const fileBytes = here.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
      return { spaceId, pages, pageBytes, files: here.length, fileBytes }
    }),
  )
}

async function eachDocument(
  storage: OrganisationStorage,
  spaceId: SpaceId,
  visit: (id: PageId, kind: string, updates: readonly Uint8Array[]) => void,
): Promise<void> {
  const held = (await storage.documents()).filter((record) => record.spaceId === spaceId && record.held)
  for (let at = 0; at < held.length; at += readAtOnce) {
    const some = held.slice(at, at + readAtOnce)
    const loaded = await storage.loadMany(some.map(({ id }) => id))
    for (const { id, kind } of some) visit(id, kind, loaded.get(id)?.updates ?? [])
  }
}

/** Every node that names a file does so by an attribute `file`. */
function filesIn(updates: readonly Uint8Array[]): ReadonlySet<FileHash> {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  const found = new Set<FileHash>()
  collect(doc.getXmlFragment(bodyName), found)
  doc.destroy()
  return found
}

function collect(node: Y.XmlFragment | Y.XmlElement, found: Set<FileHash>): void {
  if (node instanceof Y.XmlElement) {
    const hash = parseFileHash(node.getAttribute('file'))
    if (hash !== undefined) found.add(hash)
  }
  for (const child of node.toArray()) {
    if (child instanceof Y.XmlElement || child instanceof Y.XmlFragment) collect(child, found)
  }
}
