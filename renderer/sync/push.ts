import type { DocumentId } from '../../model/ids.ts'
import { chunkBytes, maxRowsPerPush } from '../../model/protocol/limits.ts'
import type { ClientMessage } from '../../model/protocol/messages.ts'
import type { RefusalReason } from '../../model/protocol/reasons.ts'
import type { OrganisationStorage, WaitingRow } from '../storage/laptop-storage.ts'
import type { SerialQueue } from './serial-queue.ts'

/** Bytes that may be on their way before an acknowledgement: four commits, so that the server never waits for the line. */
const windowBytes = 4 * chunkBytes
/** What a row costs on the wire beside its update. */
const rowOverheadBytes = 60

export interface PushEvents {
  readonly send: (message: ClientMessage) => void
  /** These rows are committed on the server: one id for each row. */
  readonly acknowledged: (documentIds: readonly DocumentId[]) => void
  /** A row was taken out of the waiting rows (LO6); `isKept`: set aside, in sight. */
  readonly refused: (documentId: DocumentId, reason: RefusalReason, isKept: boolean) => Promise<void>
  /** Another log must be begun, and the line with it. */
  readonly logReused: () => Promise<void>
  /** Everything that waited is answered, and the answers are stored. */
  readonly emptied: () => void
}

/** LO1, LO5, LO6: pushes the rows of the log in order, several chunks on their way, and takes the answers. */
export class RowPusher {
  readonly #storage: OrganisationStorage
  readonly #queue: SerialQueue
  readonly #events: PushEvents
  /** Raised with every line: what was read for an older one is not sent. */
  #line = 0
  /** Raised with every log: answers about rows of an older one mean other rows now. */
  #log = 0
  #isActive = false
  #isReading = false
  #mustReadAgain = false
  #isDrained = false
  #sentRow = 0
  #onTheWay: { readonly row: number; readonly bytes: number; readonly restored: boolean }[] = []
  #bytesOnTheWay = 0
  #acknowledging: { row: number } | null = null

  /** @param queue the answers are stored in it, one after another */
  constructor(storage: OrganisationStorage, queue: SerialQueue, events: PushEvents) {
    this.#storage = storage
    this.#queue = queue
    this.#events = events
  }

  /** Whether anything waits for the server. */
  get hasWaiting(): boolean {
    return !this.#isDrained || this.#onTheWay.length > 0
  }

  /** After `welcome`: pushes what comes after the row that the server knows. */
  begin(knownRow: number): void {
    this.end()
    this.#isActive = true
    this.#sentRow = knownRow
    this.#read()
  }

  /** The line is gone: what was on its way is pushed again on the next. */
  end(): void {
    this.#line += 1
    this.#isActive = false
    this.#isReading = false
    this.#mustReadAgain = false
    this.#isDrained = false
    this.#onTheWay = []
    this.#bytesOnTheWay = 0
    this.#acknowledging = null
  }

  /** Rows were appended. Those that follow what was sent go out without reading them back. */
  appended(rows: readonly WaitingRow[] | undefined): void {
    if (!this.#isActive) return
    if (rows !== undefined && this.#mayGoStraight(rows)) this.#send(rows)
    else this.#read()
  }

  acknowledged(row: number): void {
    while (this.#onTheWay[0] !== undefined && this.#onTheWay[0].row <= row) {
      this.#bytesOnTheWay -= this.#onTheWay.shift()?.bytes ?? 0
    }
    this.#storeAcknowledged(row)
    if (!this.#isDrained) this.#read()
  }

  /** The log was renewed: rows have other numbers. */
  logRenewed(): void {
    this.#log += 1
    this.end()
  }

  /** Also when the line broke since: the refusal is not said twice. */
  refused(row: number, documentId: DocumentId, reason: RefusalReason): void {
    // A later acknowledgement must not be taken by a step that stands before this one: it would pass the row unseen.
    this.#acknowledging = null
    const log = this.#log
    // A gap, or a document that a restored server has lost, is repaired by comparing: all that is here is given back (GE1). What was
    // given back and is refused again leans on what is nowhere, or may not be there: no comparison repairs it.
    const isRepaired = reason === 'gap' || reason === 'unknown-document'
    const isKept = !isRepaired || this.#onTheWay.some((sent) => sent.row === row && sent.restored)
    this.#queue.add(async () => {
      if (log !== this.#log) return
      if (reason === 'row-reused') {
        await this.#events.logReused()
        return
      }
      await this.#storage.setAside(row, reason, isKept)
      await this.#events.refused(documentId, reason, isKept)
    })
  }

  #storeAcknowledged(row: number): void {
    if (this.#acknowledging !== null) {
      this.#acknowledging.row = row
      return
    }
    const step = { row }
    this.#acknowledging = step
    const log = this.#log
    this.#queue.add(async () => {
      if (this.#acknowledging === step) this.#acknowledging = null
      if (log !== this.#log) return
      const documentIds = await this.#storage.acknowledge(step.row)
      if (documentIds.length > 0) this.#events.acknowledged(documentIds)
      if (this.#isActive && !this.hasWaiting) this.#events.emptied()
    })
  }

  #mayGoStraight(rows: readonly WaitingRow[]): boolean {
    if (this.#isReading || !this.#isDrained || this.#bytesOnTheWay >= windowBytes) return false
    return rows.every(({ row }, place) => row === this.#sentRow + 1 + place)
  }

  #read(): void {
    if (!this.#isActive) return
    if (this.#isReading) {
      this.#mustReadAgain = true
      return
    }
    if (this.#bytesOnTheWay >= windowBytes) return
    this.#isReading = true
    this.#isDrained = false
    const line = this.#line
    this.#readChunks(line).then(
      () => {
        if (line === this.#line) this.#hasRead()
      },
      (error: unknown) => {
        if (line !== this.#line) return
        this.#isReading = false
        // Answers that still wait to be stored name rows that have other numbers now.
        if (isDamage(error)) this.#log += 1
        // A damaged row: the log was renewed with the others. Anything else is for whoever keeps the queue.
        this.#queue.add(() => (isDamage(error) ? this.#events.logReused() : Promise.reject(error)))
      },
    )
  }

  async #readChunks(line: number): Promise<void> {
    while (line === this.#line && this.#bytesOnTheWay < windowBytes) {
      const rows = await this.#storage.waitingRows(this.#sentRow, chunkBytes)
      if (line !== this.#line) return
      if (rows.length === 0) {
        this.#isDrained = true
        return
      }
      this.#send(rows)
    }
  }

  #hasRead(): void {
    this.#isReading = false
    if (this.#mustReadAgain) {
      this.#mustReadAgain = false
      this.#read()
    } else if (this.#onTheWay.length === 0) {
      this.#queue.add(async () => {
        if (this.#isActive && !this.hasWaiting) this.#events.emptied()
      })
    }
  }

  #send(rows: readonly WaitingRow[]): void {
    for (const chunk of chunksOf(rows)) {
      this.#events.send({ type: 'push', rows: chunk.map((row) => ({ ...row, update: new Uint8Array(row.update) })) })
      for (const row of chunk) {
        this.#sentRow = row.row
        this.#onTheWay.push({ row: row.row, bytes: sizeOf(row), restored: row.restored })
        this.#bytesOnTheWay += sizeOf(row)
      }
    }
  }
}

function sizeOf(row: WaitingRow): number {
  return row.update.length + rowOverheadBytes
}

function isDamage(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, 'reason') === 'damaged'
}

/** Pushes of about `chunkBytes`, at least one row each. */
export function* chunksOf(rows: readonly WaitingRow[]): Generator<readonly WaitingRow[]> {
  let chunk: WaitingRow[] = []
  let bytes = 0
  for (const row of rows) {
    if (chunk.length > 0 && (chunk.length >= maxRowsPerPush || bytes + sizeOf(row) > chunkBytes)) {
      yield chunk
      chunk = []
      bytes = 0
    }
    chunk.push(row)
    bytes += sizeOf(row)
  }
  if (chunk.length > 0) yield chunk
}
