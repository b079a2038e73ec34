import { decodeClientMessage, decodeServerMessage } from '../../model/protocol/codec.ts'
import type { Transport, TransportListener } from '../../renderer/sync/engine-options.ts'
import type { Session } from '../../sync-server/sync-options.ts'
import type { FakeTime } from './fake-time.ts'
import type { SimServer } from './sim-server.ts'

interface Person {
  readonly personId: Parameters<SimServer['accept']>[1]['personId']
  readonly name: string
}

/**
 * The line of one laptop: frames take time, a cut is noticed by one end before the other, what is on its way when the
 * line is cut may still arrive at the server, and a push or feed frame may come twice.
 */
export class SimLine {
  isMended = true
  latencyMs = 5
  repeats = 0
  readonly #time: FakeTime
  readonly #server: SimServer
  readonly #person: Person
  #current: { cut(): void } | null = null

  constructor(time: FakeTime, server: SimServer, person: Person) {
    this.#time = time
    this.#server = server
    this.#person = person
  }

  cut(): void {
    this.isMended = false
    this.#current?.cut()
  }

  mend(): void {
    this.isMended = true
    this.latencyMs = 5
  }

  /** The laptop's process ends: nothing more is said by it. */
  drop(): void {
    this.#current?.cut()
  }

  readonly connect = (_ticket: string, listener: TransportListener): Transport => {
    let isOpenHere = true
    let session: Session | null = null
    const endHere = (code: number) => {
      if (!isOpenHere) return
      isOpenHere = false
      listener.closed(code)
    }
    const inOrderHere = inOrder(this.#time, () => this.latencyMs)
    const inOrderThere = inOrder(this.#time, () => this.latencyMs)
    const toLaptop = (run: () => void) => {
      inOrderHere(() => {
        if (isOpenHere && this.isMended) run()
      })
    }
    const endThere = () => {
      // The server notices later than the laptop: frames on their way arrive first.
      const ending = session
      session = null
      if (ending !== null) {
        this.#time.schedule(this.latencyMs + 40, () => {
          ending.closed()
        })
      }
    }
    this.#time.schedule(this.latencyMs, () => {
      if (!isOpenHere) return
      if (!this.isMended || !this.#server.isUp) {
        endHere(1006)
        return
      }
      session = this.#server.accept(
        {
          send: (bytes) => {
            const frame = new Uint8Array(bytes)
            const times = this.repeats > 0 && isRepeatable(frame) ? 2 : 1
            if (times === 2) this.repeats -= 1
            for (let i = 0; i < times; i += 1) {
              toLaptop(() => {
                listener.received(frame)
              })
            }
          },
          close: (code) => {
            session = null
            toLaptop(() => {
              endHere(code)
            })
          },
          queuedBytes: () => 0,
        },
        this.#person,
      )
      listener.opened()
    })
    this.#current = {
      cut: () => {
        this.#time.schedule(1, () => {
          endHere(1006)
        })
        endThere()
      },
    }
    return {
      send: (bytes) => {
        if (!isOpenHere || !this.isMended) return
        const frame = new Uint8Array(bytes)
        const receiver = session
        const times = this.repeats > 0 && isPush(frame) ? 2 : 1
        if (times === 2) this.repeats -= 1
        for (let i = 0; i < times; i += 1) {
          inOrderThere(() => {
            receiver?.receive(frame)
          })
        }
      },
      close: () => {
        isOpenHere = false
        endThere()
      },
    }
  }
}

/** A line may become faster or slower, but one connection never lets a frame overtake another. */
function inOrder(time: FakeTime, latencyMs: () => number): (run: () => void) => void {
  let lastAtMs = 0
  return (run) => {
    lastAtMs = Math.max(lastAtMs, time.nowMs() + latencyMs())
    time.schedule(lastAtMs - time.nowMs(), run)
  }
}

function isPush(frame: Uint8Array): boolean {
  return decodeClientMessage(frame).type === 'push'
}

function isRepeatable(frame: Uint8Array): boolean {
  const { type } = decodeServerMessage(frame)
  return type === 'feed' || type === 'live' || type === 'acknowledged'
}
