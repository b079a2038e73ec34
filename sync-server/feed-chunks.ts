import type { SpaceId } from '../model/ids.ts'
import type { FeedChunk } from './feed.ts'

/** Chunks that are kept for the next device with the same cursor, over all spaces: about 2 MiB each when full. */
const keptChunks = 24

/** Chunks of the feeds of all spaces, the longest unused dropped first. */
export class FeedChunks {
  readonly #chunks = new Map<string, Promise<FeedChunk>>()

  get(spaceId: SpaceId, from: number): Promise<FeedChunk> | undefined {
    return this.#chunks.get(`${spaceId} ${from}`)
  }

  /** Keeps a chunk that is being made; one that fails is forgotten. */
  keep(spaceId: SpaceId, from: number, making: Promise<FeedChunk>): Promise<FeedChunk> {
    const key = `${spaceId} ${from}`
    this.#chunks.delete(key)
    this.#chunks.set(key, making)
    for (const oldest of this.#chunks.keys()) {
      if (this.#chunks.size <= keptChunks) break
      this.#chunks.delete(oldest)
    }
    making.catch(() => this.#chunks.delete(key))
    return making
  }

  forget(spaceId: SpaceId): void {
    for (const key of this.#chunks.keys()) if (key.startsWith(spaceId)) this.#chunks.delete(key)
  }
}
