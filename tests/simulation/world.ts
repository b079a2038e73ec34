import { mintId, type PageId, type PersonId, type SpaceId } from '../../model/ids.ts'
import type { Faults } from '../../sync-server/sync-options.ts'
import { FakeTime } from './fake-time.ts'
import { SeededRandom } from './seeded-random.ts'
import { SimPeer } from './sim-peer.ts'
import { SimServer } from './sim-server.ts'
import type { SimWindow } from './sim-window.ts'
import type { Step } from './steps.ts'
import { Tokens } from './tokens.ts'
import { currentSchema } from '../../model/schema-version.ts'
import { flatten } from './flatten.ts'

export interface RunOptions {
  readonly seed: number
  readonly peers: number
  readonly steps: readonly Step[]
  readonly faults?: Faults
}

/** What the newer peers and the server know; the last peer is one behind, as an app of part 1 beside one of today. */
const newerSchema = currentSchema

export class World {
  readonly time = new FakeTime()
  readonly tokens = new Tokens()
  readonly server: SimServer
  readonly peers: readonly SimPeer[]
  /** Two spaces in which everybody edits. */
  spaceIds: readonly SpaceId[] = []
  readonly created = new Set<PageId>()
  readonly #random: SeededRandom

  constructor(options: RunOptions) {
    this.#random = new SeededRandom(options.seed ^ 0x5eed)
    const shared = { time: this.time, random: this.#random }
    this.server = new SimServer({ ...shared, faults: options.faults ?? {}, schema: newerSchema })
    this.peers = Array.from(
      { length: options.peers },
      (_, index) =>
        new SimPeer({
          ...shared,
          index,
          server: this.server,
          tokens: this.tokens,
          schema: index === options.peers - 1 ? newerSchema - 1 : newerSchema,
        }),
    )
  }

  get problems(): readonly string[] {
    return [...this.server.problems, ...this.peers.flatMap((peer) => peer.problems)]
  }

  async begin(): Promise<void> {
    await this.server.create()
    const ownerId = mintId<PersonId>(this.#random.fill)
    for (const name of ['Here', 'There']) {
      const spaceId = await this.#settle(this.server.core.createSpace({ kind: 'team', name, ownerId }))
      this.spaceIds = [...this.spaceIds, spaceId]
      for (const peer of this.peers) await this.#settle(this.server.addPerson(peer.personId, spaceId))
    }
    for (const peer of this.peers) await this.#settle(peer.start())
    await this.time.advance(5000)
  }

  async do(step: Step): Promise<void> {
    const peer = this.peers[step.peer]
    if (peer === undefined) return
    await this.#settle(this.#act(peer, step))
    await this.time.advance(step.verb === 'pause' ? 500 + (step.a % 4000) : step.c % 60)
  }

  /** Everything mended and given time, until nothing waits any more. */
  async comeToRest(): Promise<void> {
    if (!this.server.isUp) await this.#settle(this.server.start())
    for (const peer of this.peers) peer.line.mend()
    for (let i = 0; i < 60; i += 1) {
      await this.time.advance(5000)
      if (await this.#isAtRest()) return
    }
  }

  async #isAtRest(): Promise<boolean> {
    for (const peer of this.peers) {
      const [waiting, asked, documents] = await Promise.all([
        peer.storage.waitingRows(0, 1),
        peer.storage.requests.waiting(),
        peer.storage.documents(),
      ])
      const isCurrent = documents.every((record) => record.held && !record.compare)
      if (!peer.isOnline || waiting.length > 0 || asked.length > 0 || !isCurrent) return false
      if ((await this.spacesBehind(peer)).length > 0) return false
      if (peer.windows.some((window) => !window.organisation.batch.isIdle)) return false
    }
    return true
  }

  /** Spaces of which the peer has not everything that the server has. */
  async spacesBehind(peer: SimPeer): Promise<readonly string[]> {
    const known = new Map((await peer.storage.spaces()).map((space) => [space.id, space.cursor]))
    return this.server.core
      .spaces()
      .filter(({ spaceId, head }) => this.spaceIds.includes(spaceId) && known.get(spaceId) !== head)
      .map(({ spaceId, head }) => `is at ${String(known.get(spaceId))}, the space at ${head}`)
  }

  /** Waits for something that itself waits for timed tasks. */
  async #settle<T>(running: Promise<T>): Promise<T> {
    let isDone = false
    const watched = running.finally(() => {
      isDone = true
    })
    watched.catch(() => undefined)
    for (let i = 0; i < 2000 && !isDone; i += 1) await this.time.advance(5)
    if (!isDone) throw new Error('A step did not end within ten simulated seconds')
    return watched
  }

  async #act(peer: SimPeer, step: Step): Promise<void> {
    const window = peer.windows[0]
    const second = peer.windows[1]
    if (window === undefined || second === undefined) return
    switch (step.verb) {
      case 'type': {
        // Somebody who wants to write opens a page first.
        const id = window.pages().length === 0 ? pick(pagesOf(peer), step.a) : undefined
        if (id !== undefined) await window.openPage(id)
        return typeIn(window, step)
      }
      case 'type-in-second-window': {
        const id = pick(pagesOf(peer), step.a)
        if (id !== undefined) await second.openPage(id)
        return typeIn(second, step)
      }
      case 'erase':
        return withPage(window, step.a, (id) => {
          window.erase(id, step.b)
        })
      case 'rename':
        return withPage(window, step.a, (id) => {
          window.rename(id, `Title ${step.b}`)
        })
      case 'create-page':
        return this.#createPage(peer, window, step)
      case 'move-page':
      case 'archive-page':
      case 'restore-page':
        return this.#changeTree(window, step)
      case 'move-across':
        return this.#moveAcross(window, step)
      case 'open-page': {
        const id = pick(pagesOf(peer), step.a)
        if (id !== undefined) await window.openPage(id)
        return
      }
      case 'close-page':
        return withPage(window, step.a, (id) => {
          window.closePage(id)
        })
      default:
        return this.#trouble(peer, step)
    }
  }

  async #trouble(peer: SimPeer, step: Step): Promise<void> {
    switch (step.verb) {
      case 'cut-line':
        peer.line.cut()
        break
      case 'mend-line':
        peer.line.mend()
        break
      case 'slow-line':
        peer.line.latencyMs = 5 + (step.a % 3000)
        break
      case 'repeat-frames':
        peer.line.repeats = 1 + (step.a % 4)
        break
      case 'restart-laptop':
        await peer.restart()
        break
      case 'restart-server':
        this.server.kill()
        for (const each of this.peers) each.line.drop()
        await this.time.advance(step.a % 3000)
        await this.server.start()
        break
      case 'back-up-server':
        this.server.backUp()
        break
      case 'restore-server':
        // Everybody compares everything afterwards: two or three in a run are enough.
        if (step.a % 4 > 0) break
        for (const each of this.peers) each.line.drop()
        await this.server.restore()
        break
      case 'compact-server':
        await this.time.advance(6000)
        break
      default:
        break
    }
  }

  async #createPage(peer: SimPeer, window: SimWindow, step: Step): Promise<void> {
    const spaceId = this.#spaceOf(step)
    if ((await window.tree(spaceId)) === null) return
    const { lists } = window.organisation
    const here = pagesOf(peer).filter((each) => lists.record(each)?.spaceId === spaceId)
    const parent = step.b % 3 === 0 ? null : (pick(here, step.a) ?? null)
    const id = await window.organisation.createPage({
      spaceId,
      kind: 'wiki',
      title: `Page ${step.c}`,
      parent,
    })
    this.created.add(id)
    await window.openPage(id)
  }

  #spaceOf({ c }: Step): SpaceId {
    const spaceId = pick(this.spaceIds, c)
    if (spaceId === undefined) throw new Error('There is no space')
    return spaceId
  }

  /** Asks, also offline; the server decides when it hears of it. */
  async #moveAcross(window: SimWindow, step: Step): Promise<void> {
    const { lists, requests } = window.organisation
    const pageId = pick(lists.pageIds(), step.a)
    const from = pageId === undefined ? undefined : lists.record(pageId)?.spaceId
    const to = this.spaceIds.find((each) => each !== from)
    if (pageId === undefined || to === undefined) return
    const there = lists.pageIds().filter((each) => lists.record(each)?.spaceId === to)
    const parent = step.b % 2 === 0 ? null : (pick(there, step.b) ?? null)
    await requests.send({ type: 'move-page', pageId, to, parent }, this.time.nowMs())
  }

  async #changeTree(window: SimWindow, step: Step): Promise<void> {
    const tree = await window.tree(this.#spaceOf(step))
    if (tree === null) return
    const snapshot = tree.snapshot()
    const pages = flatten(snapshot.roots)
    const id = pick(pages, step.a)
    if (step.verb === 'restore-page') {
      const archived = pick(snapshot.archived, step.a)
      if (archived !== undefined) tree.restore(archived)
    } else if (id === undefined) return
    else if (step.verb === 'archive-page') tree.setArchived(id, true)
    else
      // One page, or several at once that may stand under each other.
      tree.moveAll([id, ...pages.slice(step.c % pages.length).slice(0, step.a % 3)], {
        parent: step.b % 4 === 0 ? null : (pick(pages, step.b) ?? null),
        before: pick(pages, step.c) ?? null,
      })
  }
}

function typeIn(window: SimWindow, step: Step): void {
  withPage(window, step.a, (id) => {
    window.type(id, { paragraph: step.b % 4, word: step.c })
  })
}

function withPage(window: SimWindow, which: number, act: (id: PageId) => void): void {
  const id = pick(window.pages(), which)
  if (id !== undefined) act(id)
}

function pagesOf(peer: SimPeer): readonly PageId[] {
  const lists = peer.windows[0]?.organisation.lists
  return lists === undefined ? [] : lists.pageIds()
}

function pick<T>(from: readonly T[], which: number): T | undefined {
  return from[which % Math.max(from.length, 1)]
}
