import { parseFileHash, type FileHash, type SpaceId } from '../../model/ids.ts'
import { defaultKeepPolicy, type KeepPolicy } from '../../model/keep.ts'
import { fail, ok } from '../../model/result.ts'
import { Cell, Cells } from './fake-cell.ts'
import type { Files, FileState, FileSummary, SpaceFiles, Uploads } from './files.ts'

const megabyte = 1024 * 1024

/** Files in every state, in memory. */
export class FakeFiles implements Files {
  readonly uploads = new Cell<Uploads>({ files: 0, sizeBytes: 0, doneBytes: 0, current: null })
  readonly #lists: Cells<SpaceId, SpaceFiles>
  readonly #policies = new Cells<SpaceId, KeepPolicy>(() => defaultKeepPolicy)

  constructor(isEmpty: boolean, nowMs: number) {
    this.#lists = new Cells((spaceId) => ({
      isLoaded: true,
      files: isEmpty ? [] : sampleFiles(spaceId, nowMs),
      adding: [],
    }))
  }

  list(spaceId: SpaceId) {
    return this.#lists.get(spaceId)
  }

  state(spaceId: SpaceId, hash: FileHash) {
    const found = this.list(spaceId)
      .snapshot()
      .files.find((file) => file.hash === hash)
    return new Cell<FileState>(found?.state ?? { kind: 'not-here' })
  }

  async add() {
    return fail('unreadable' as const)
  }

  async bytes() {
    return null
  }

  async url() {
    return null
  }

  fetch(): void {
    // There is no server.
  }

  async pause() {}
  async resume() {}
  async cancel() {}
  async setPinned() {}
  refresh(): void {
    // There is no server.
  }

  async takeOffList(spaceId: SpaceId, hash: FileHash) {
    const cell = this.list(spaceId)
    const before = cell.snapshot()
    cell.set({ ...before, files: before.files.filter((file) => file.hash !== hash) })
    return ok(null)
  }

  async uses() {
    return new Map()
  }

  keepPolicy(spaceId: SpaceId) {
    return this.#policies.get(spaceId)
  }

  async setKeepPolicy(spaceId: SpaceId, policy: KeepPolicy) {
    this.#policies.get(spaceId).set(policy)
  }

  async usage() {
    return []
  }
}

function sampleFiles(spaceId: SpaceId, nowMs: number): readonly FileSummary[] {
  const rows: readonly (readonly [string, string, number, FileState])[] = [
    ['Plattegrond dependance.pdf', 'application/pdf', 2.4 * megabyte, { kind: 'on-server' }],
    [
      'Rondleiding nieuwbouw.mp4',
      'video/mp4',
      412 * megabyte,
      { kind: 'uploading', doneBytes: 160 * megabyte, sizeBytes: 412 * megabyte },
    ],
    ['Begroting 2027.xlsx', 'application/zip', 0.3 * megabyte, { kind: 'waiting', reason: 'line' }],
    ['Foto’s wijkschouw.zip', 'application/zip', 88 * megabyte, { kind: 'not-here' }],
    ['Opname raadsavond.wav', 'audio/wav', 3100 * megabyte, { kind: 'refused', reason: 'too-large' }],
    ['Routekaart.png', 'image/png', 0.9 * megabyte, { kind: 'on-server' }],
  ]
  return rows.map(([name, type, sizeBytes, state], place) => ({
    ...{ hash: fakeHash(place), spaceId, name, type, sizeBytes: Math.round(sizeBytes), state },
    ...{ addedBy: null, addedAtMs: nowMs - (place + 1) * 5_400_000, here: state.kind !== 'not-here', pinned: false },
  }))
}

function fakeHash(place: number): FileHash {
  const hash = parseFileHash(String(place).repeat(64))
  if (hash === undefined) throw new Error('Not a hash')
  return hash
}
