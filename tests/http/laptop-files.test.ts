import { createHash, randomBytes } from 'node:crypto'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { apiPaths, type SignedIn, type SpaceAnswer } from '../../model/api.ts'
import { mintId, parseFileHash, type FileHash, type OrganisationId } from '../../model/ids.ts'
import { openDexieStorage } from '../../renderer/storage/dexie-storage.ts'
import type { FilePlaces } from '../../renderer/storage/file-places.ts'
import { putKeepPolicy } from '../../renderer/storage/keep-settings.ts'
import type { OrganisationStorage } from '../../renderer/storage/laptop-storage.ts'
import { storeFile } from '../../renderer/storage/store-file.ts'
import { FileTransfer } from '../../renderer/sync/file-transfer.ts'
import type { FileActivity, FromWorker } from '../../renderer/sync/sync-messages.ts'
import { createOrganisation, createSpace, openTestServer, type TestServer } from './support/test-server.ts'

let server: TestServer
let serverUrl: string
let person: SignedIn
let space: SpaceAnswer

beforeAll(async () => {
  server = await openTestServer()
  person = (await createOrganisation(server)).founder
  serverUrl = await server.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => server.close())
beforeEach(async () => {
  space = await createSpace(server, person)
})

const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes)
const large = 6 * 1024 * 1024

function hashOf(bytes: Uint8Array): FileHash {
  const hash = parseFileHash(createHash('sha256').update(bytes).digest('hex'))
  if (hash === undefined) throw new Error('SHA-256 has another form')
  return hash
}

/** Files of their own in memory, as a worker sees them. */
class MemoryPlaces implements FilePlaces {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>()

  async openWriter(place: string) {
    const { files } = this
    const bytes = () => files.get(place) ?? new Uint8Array()
    return {
      get sizeBytes() {
        return bytes().length
      },
      write: (piece: Uint8Array) => {
        const longer = new Uint8Array(bytes().length + piece.length)
        longer.set(bytes())
        longer.set(piece, bytes().length)
        files.set(place, longer)
      },
      empty: () => void files.set(place, new Uint8Array()),
      close: () => undefined,
    }
  }

  async read(place: string) {
    const bytes = this.files.get(place)
    return bytes === undefined ? undefined : new Blob([bytes])
  }

  async remove(place: string) {
    this.files.delete(place)
  }

  async list() {
    return [...this.files.keys()].map((place) => ({ place, changedAtMs: 0 }))
  }
}

interface Laptop {
  readonly storage: OrganisationStorage
  readonly places: MemoryPlaces
  readonly transfer: FileTransfer
  readonly messages: FromWorker[]
  /** Between this laptop and the server, to break. */
  line: typeof fetch
  /** The window that led was closed: the next one's worker knows only what is stored. */
  anotherWorker(): FileTransfer
  activity(hash: FileHash): FileActivity | null | undefined
}

async function openLaptop(): Promise<Laptop> {
  const places = new MemoryPlaces()
  const engine = { indexedDB: new IDBFactory(), IDBKeyRange }
  const storage = (await openDexieStorage({ fillRandom, places, engine })).organisation(
    mintId<OrganisationId>(fillRandom),
  )
  await storage.putSpaces([
    {
      id: space.id,
      kind: 'project',
      name: 'Werkplaats',
      role: 'owner',
      archived: false,
      keep: 'everything',
      cursor: 1,
    },
  ])
  const messages: FromWorker[] = []
  const work = () =>
    new FileTransfer({
      ...{ storage, places, serverUrl, token: async () => person.token },
      clock: {
        nowMs: () => Date.now(),
        schedule: (ms, run) => {
          const timer = setTimeout(run, Math.min(ms, 5))
          return () => clearTimeout(timer)
        },
      },
      random: () => 0,
      emit: (message) => messages.push(message),
      report: (error) => {
        throw error
      },
      fetch: (input, init) => laptop.line(input, init),
    })
  const laptop: Laptop = {
    storage,
    places,
    messages,
    line: fetch,
    transfer: work(),
    anotherWorker: work,
    activity: (hash) => {
      const found = messages.findLast((message) => message.type === 'file' && message.hash === hash)
      return found?.type === 'file' ? found.activity : undefined
    },
  }
  return laptop
}

async function add(laptop: Laptop, bytes: Buffer<ArrayBuffer>, name = 'plan.bin'): Promise<FileHash> {
  const place = `place-${name.replace(/[^a-z]/g, '-')}`
  const stored = await storeFile(new Blob([bytes]), { places: laptop.places, place, onProgress: () => undefined })
  if (!stored.ok) throw new Error(stored.error)
  await laptop.storage.files.put({
    ...{ spaceId: space.id, hash: stored.value.hash, name, type: '', bytes: stored.value.bytes },
    ...{ addedBy: person.person.id, addedAtMs: Date.now(), onServer: false },
  })
  return stored.value.hash
}

const record = (laptop: Laptop, hash: FileHash) => laptop.storage.files.record(space.id, hash)
const patient = { timeout: 20_000 }

async function onServer(laptop: Laptop, hash: FileHash): Promise<void> {
  await expect.poll(async () => (await record(laptop, hash))?.onServer, patient).toBe(true)
}

async function bytesOnServer(hash: FileHash): Promise<Buffer> {
  return (await server.call(apiPaths.file(space.id, hash), { token: person.token })).bytes
}

/** Breaks the line at the request with this number of those that `counts`. */
function breakAt(number: number, counts: (init: RequestInit | undefined) => boolean): typeof fetch {
  let seen = 0
  return async (input, init) => {
    if (counts(init)) seen += 1
    if (counts(init) && seen === number) throw new TypeError('The line broke')
    return fetch(input, init)
  }
}

const isPart = (init: RequestInit | undefined) => init?.method === 'PATCH'

it('what waits goes to the server by itself, large and small, and comes back with its type by content', async () => {
  const laptop = await openLaptop()
  const film = randomBytes(large)
  const note = Buffer.from('Een aantekening.')
  const [filmHash, noteHash] = [await add(laptop, film, 'film.bin'), await add(laptop, note, 'note.txt')]
  laptop.transfer.handle({ type: 'files-changed', spaceIds: [space.id] })
  await onServer(laptop, filmHash)
  await onServer(laptop, noteHash)
  expect((await bytesOnServer(filmHash)).equals(film)).toBe(true)
  await expect.poll(async () => (await record(laptop, noteHash))?.type, patient).toBe('text/plain')
  expect(laptop.activity(filmHash)).toBeNull()
})

it('an upload goes on after the line broke, and sends no part twice', async () => {
  const laptop = await openLaptop()
  const film = randomBytes(large)
  const hash = await add(laptop, film)
  let sentBytes = 0
  const broken = breakAt(4, isPart)
  laptop.line = async (input, init) => {
    const answer = await broken(input, init)
    if (init?.body instanceof Blob) sentBytes += init.body.size
    return answer
  }
  laptop.transfer.handle({ type: 'files-changed', spaceIds: [space.id] })
  await onServer(laptop, hash)
  expect((await bytesOnServer(hash)).equals(film)).toBe(true)
  expect(sentBytes).toBe(film.length)
})

it('the place of an upload is remembered: another worker goes on with it', async () => {
  const laptop = await openLaptop()
  const film = randomBytes(large)
  const hash = await add(laptop, film)
  let parts = 0
  laptop.line = async (input, init) => {
    if (isPart(init)) parts += 1
    if (parts > 3) throw new TypeError('The line broke')
    return fetch(input, init)
  }
  laptop.transfer.handle({ type: 'files-changed', spaceIds: [space.id] })
  await expect.poll(() => laptop.activity(hash), patient).toEqual({ kind: 'waiting', reason: 'offline' })
  laptop.transfer.stop()
  const offsets: (string | null)[] = []
  laptop.line = async (input, init) => {
    if (isPart(init)) offsets.push(new Headers(init?.headers).get('upload-offset'))
    return fetch(input, init)
  }
  laptop.anotherWorker().handle({ type: 'files-changed', spaceIds: [space.id] })
  await onServer(laptop, hash)
  expect(Number(offsets[0])).toBeGreaterThan(0)
  expect((await bytesOnServer(hash)).equals(film)).toBe(true)
})

it('a paused upload stands still until it is resumed, and one that was given up is gone', async () => {
  const laptop = await openLaptop()
  const film = randomBytes(large)
  const hash = await add(laptop, film)
  let letGo: () => void = () => undefined
  laptop.line = async (input, init) => {
    if (isPart(init)) {
      await new Promise<void>((resolve, reject) => {
        letGo = resolve
        init?.signal?.addEventListener('abort', () => reject(new Error('aborted')))
      })
    }
    return fetch(input, init)
  }
  laptop.transfer.handle({ type: 'files-changed', spaceIds: [space.id] })
  await expect.poll(() => laptop.activity(hash), patient).toMatchObject({ kind: 'uploading' })
  await laptop.storage.files.change(space.id, hash, { paused: true })
  laptop.transfer.handle({ type: 'files-changed', spaceIds: [space.id] })
  await expect.poll(() => laptop.activity(hash), patient).toBeNull()
  expect((await record(laptop, hash))?.onServer).toBe(false)
  laptop.line = fetch
  letGo()
  await laptop.storage.files.change(space.id, hash, { paused: false })
  laptop.transfer.handle({ type: 'files-changed', spaceIds: [space.id] })
  await onServer(laptop, hash)
})

it('a file larger than the server takes stays here, with the reason', async () => {
  const laptop = await openLaptop()
  const hash = await add(laptop, randomBytes(server.services.uploads.limits.fileBytes + 1))
  laptop.transfer.handle({ type: 'files-changed', spaceIds: [space.id] })
  await expect.poll(async () => (await record(laptop, hash))?.refusal, patient).toBe('too-large')
  expect((await record(laptop, hash))?.here).toBe(true)
})

it('a download that broke off goes on with the rest, and is checked as a whole', async () => {
  const author = await openLaptop()
  const film = randomBytes(large)
  const hash = await add(author, film)
  author.transfer.handle({ type: 'files-changed', spaceIds: [space.id] })
  await onServer(author, hash)

  const reader = await openLaptop()
  const ranges: (string | null)[] = []
  reader.line = async (input, init) => {
    const answer = await fetch(input, init)
    if (!String(input).endsWith(hash)) return answer
    ranges.push(new Headers(init?.headers).get('range'))
    return ranges.length > 1 ? answer : new Response(brokenAfter(answer, 2_000_000), answer)
  }
  reader.transfer.handle({ type: 'fetch-file', spaceId: space.id, hash })
  await expect.poll(() => reader.activity(hash), patient).toEqual({ kind: 'failed', reason: 'offline' })
  expect(await reader.storage.files.bytes(hash)).toBeUndefined()
  reader.transfer.handle({ type: 'fetch-file', spaceId: space.id, hash })
  await expect.poll(() => reader.activity(hash), patient).toBeNull()
  expect(ranges[1]).toMatch(/^bytes=[1-9]\d+-$/)
  const bytes = await reader.storage.files.bytes(hash)
  expect(hashOf(new Uint8Array((await bytes?.arrayBuffer()) ?? new ArrayBuffer()))).toBe(hash)
})

function brokenAfter(answer: Response, bytes: number): ReadableStream<Uint8Array> {
  const reader = answer.body?.getReader()
  let passed = 0
  return new ReadableStream({
    async pull(controller) {
      const piece = await reader?.read()
      if (piece?.value === undefined || passed > bytes) {
        controller.error(new TypeError('The line broke'))
        await reader?.cancel()
        return
      }
      passed += piece.value.length
      controller.enqueue(piece.value)
    },
  })
}

it('the keep policy fetches what is to stay and drops what is not, but nothing unsent', async () => {
  const author = await openLaptop()
  const bytes = Buffer.from('Een verslag.')
  const hash = await add(author, bytes)
  author.transfer.handle({ type: 'files-changed', spaceIds: [space.id] })
  await onServer(author, hash)

  const reader = await openLaptop()
  const unsent = Buffer.from('Nog niet verstuurd.')
  reader.transfer.heard(online)
  await expect.poll(async () => (await record(reader, hash))?.here, patient).toBe(true)
  reader.line = () => Promise.reject(new TypeError('No line'))
  const unsentHash = await add(reader, unsent)
  await putKeepPolicy(reader.storage, space.id, { pages: 'everything', files: 'none' })
  reader.transfer.handle({ type: 'keep-changed', spaceId: space.id })
  await expect.poll(async () => (await record(reader, hash))?.here, patient).toBe(false)
  expect((await record(reader, unsentHash))?.here).toBe(true)
  reader.transfer.stop()
})

const online = {
  ...{ type: 'status', organisationId: mintId<OrganisationId>(fillRandom), state: 'online', reason: null },
  ...{ offlineSinceMs: null, nextAttemptAtMs: null, storageFull: false, serverHolding: false },
} as const satisfies FromWorker

it('GE1 what the server lost is given back by a laptop that has it, and is not let go of before', async () => {
  const laptop = await openLaptop()
  const [film, note] = [randomBytes(large), Buffer.from('Voor de brand.')]
  const [filmHash, noteHash] = [await add(laptop, film, 'film.bin'), await add(laptop, note, 'note.txt')]
  for (const hash of [filmHash, noteHash]) await laptop.storage.files.change(space.id, hash, { onServer: true })
  await putKeepPolicy(laptop.storage, space.id, { pages: 'everything', files: 'none' })
  laptop.transfer.handle({ type: 'keep-changed', spaceId: space.id })
  // As after a restore: the list is read from its beginning, and names neither.
  laptop.transfer.heard(online)
  for (const [hash, bytes] of [
    [filmHash, film],
    [noteHash, note],
  ] as const) {
    await expect.poll(async () => (await bytesOnServer(hash)).equals(bytes), patient).toBe(true)
    await onServer(laptop, hash)
  }
  expect(await laptop.storage.files.waiting()).toEqual([])
  laptop.transfer.stop()
})

it('edits that are on their way go first', async () => {
  const laptop = await openLaptop()
  const film = randomBytes(large)
  const hash = await add(laptop, film)
  laptop.transfer.handle({ type: 'own-rows', windowId: 'w', changes: [] })
  let parts = 0
  laptop.line = async (input, init) => {
    if (isPart(init)) parts += 1
    return fetch(input, init)
  }
  // The clock of this laptop runs fast: what makes way for a while goes on by itself, so nothing stands still for ever.
  laptop.transfer.handle({ type: 'files-changed', spaceIds: [space.id] })
  laptop.transfer.heard({ type: 'acknowledged', documentIds: [], atMs: 0 })
  await onServer(laptop, hash)
  expect(parts).toBeGreaterThan(1)
})
