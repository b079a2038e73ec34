import type { RequestId } from '../../model/ids.ts'
import type { Answer } from '../../model/protocol/messages.ts'
import type { MemoryDisk } from './memory-disk.ts'
import {
  answered,
  controlNumberSetting,
  inOrderOfAsking,
  newRequest,
  type RequestRecord,
  type RequestStorage,
} from './request-storage.ts'

/** Requests of one organisation in memory. */
export class MemoryRequests implements RequestStorage {
  readonly #disk: () => MemoryDisk

  constructor(disk: () => MemoryDisk) {
    this.#disk = disk
  }

  async put(request: Parameters<RequestStorage['put']>[0]): Promise<void> {
    this.#disk().requests.set(request.id, newRequest(request))
  }

  async waiting(): Promise<readonly RequestRecord[]> {
    return inOrderOfAsking((await this.read()).filter(({ state }) => state === 'waiting'))
  }

  async read(): Promise<readonly RequestRecord[]> {
    return [...this.#disk().requests.values()]
  }

  async dismiss(id: RequestId): Promise<void> {
    const { requests } = this.#disk()
    const request = requests.get(id)
    if (request !== undefined) requests.set(id, { ...request, dismissed: true })
  }

  async number(): Promise<number | null> {
    const value = this.#disk().settings.get(controlNumberSetting)
    return typeof value === 'number' ? value : null
  }

  async take(answers: readonly Answer[], n: number): Promise<void> {
    const disk = this.#disk()
    for (const answer of answers) {
      disk.requests.set(answer.requestId, answered(disk.requests.get(answer.requestId), answer))
    }
    disk.settings.set(controlNumberSetting, n)
  }
}
