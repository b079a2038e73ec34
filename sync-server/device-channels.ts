import type { DocumentId, SpaceId } from '../model/ids.ts'
import { encodeServerMessage } from '../model/protocol/codec.ts'
import { maxChannels } from '../model/protocol/limits.ts'
import type { ClientMessage } from '../model/protocol/messages.ts'
import type { ChannelReason } from '../model/protocol/reasons.ts'
import { mayOnDocument } from './access.ts'
import type { Committer } from './commit.ts'
import { DeviceChannel, type ChannelHost } from './device-channel.ts'
import type { Author } from './row-source.ts'
import { MalformedUpdate } from './update-claims.ts'

/** The open pages of one device, by the numbers that it gave them. */
export class DeviceChannels {
  readonly #host: ChannelHost
  readonly #committer: Pick<Committer, 'barrier'>
  readonly #channels = new Map<number, DeviceChannel>()

  constructor(host: ChannelHost, committer: Pick<Committer, 'barrier'>) {
    this.#host = host
    this.#committer = committer
  }

  async open({ channel, documentId }: Extract<ClientMessage, { type: 'open' }>, author: Author): Promise<void> {
    const { core } = this.#host
    this.close(channel)
    if (this.#channels.size >= maxChannels) return this.#refuse(channel, 'too-many')
    let state = await core.states.get(documentId)
    if (state === undefined) {
      // Its first row may be on its way to the disk.
      await this.#committer.barrier()
      state = await core.states.get(documentId)
    }
    if (this.#host.isEnded) return
    const space = state && core.spaces.get(state.record.spaceId)
    if (state === undefined || space === undefined) return this.#refuse(channel, 'unknown-document')
    if (!mayOnDocument(author, 'read', state.record, space.record)) return this.#refuse(channel, 'forbidden')
    this.#channels.set(channel, new DeviceChannel(this.#host, channel, state.record))
  }

  close(channel: number): void {
    this.#channels.get(channel)?.leave()
    this.#channels.delete(channel)
  }

  leaveAll(): void {
    for (const channel of this.#channels.values()) channel.leave()
    this.#channels.clear()
  }

  async receive({ channel, bytes }: Extract<ClientMessage, { type: 'channel' }>): Promise<void> {
    const { core } = this.#host
    try {
      await this.#channels.get(channel)?.receive(bytes)
    } catch (error) {
      const isTheirs = error instanceof MalformedUpdate || error instanceof RangeError || error instanceof SyntaxError
      core.metrics.malformedFrames += 1
      if (!isTheirs) core.log('warn', 'A channel frame could not be read', { error: String(error) })
      this.#refuse(channel, 'malformed')
    }
  }

  /** Rows of this device were committed and acknowledged, by document and feed number (RC1). */
  wrote(committed: ReadonlyMap<string, number>): void {
    if (committed.size === 0) return
    for (const channel of this.#channels.values()) channel.wrote(committed.get(channel.documentId))
  }

  spaceRevoked(spaceId: SpaceId): void {
    for (const [number, channel] of this.#channels) {
      if (channel.spaceId === spaceId) this.#refuse(number, 'forbidden')
    }
  }

  /** CN6: the laptop opens it again, and is asked whether it may read the document where it stands now. */
  documentMoved(documentId: DocumentId): void {
    for (const [number, channel] of this.#channels) {
      if (channel.documentId === documentId) this.#refuse(number, 'moved')
    }
  }

  #refuse(channel: number, reason: ChannelReason): void {
    this.close(channel)
    this.#host.send(encodeServerMessage({ type: 'channel-closed', channel, reason }))
  }
}
