import type { ConnectionSnapshot, ReceiptSnapshot } from '../../documents/plein.ts'

export type ReceiptTone = 'calm' | 'wait' | 'stop'

/** What the receipt of a page says: how many squares are filled, of how many, in which tone, and which words. */
export interface ReceiptWords {
  readonly filled: number
  readonly of: number
  readonly tone: ReceiptTone
  readonly words: ReceiptText
  readonly count: number
}

export type ReceiptText =
  | 'saving'
  | 'notSaved'
  | 'onLaptop'
  | 'onServer'
  | 'withColleagues'
  | 'sending'
  | 'offlineWaiting'
  | 'offlineDone'
  | 'stuckWaiting'
  | 'refused'

/**
 * Never claims more than was confirmed: the first square is the disk of this laptop, the second an acknowledgement of the
 * server, the third that a device of a colleague holds it. Where there is no server there is one square.
 */
export function receiptWords(receipt: ReceiptSnapshot, connection: ConnectionSnapshot): ReceiptWords {
  const hasServer = receipt.server !== 'none'
  const of = hasServer ? 3 : 1
  const count = connection.waitingChanges
  if (!receipt.onThisLaptop) {
    const isFull = connection.storageFull
    return { filled: 0, of, tone: isFull ? 'stop' : 'calm', words: isFull ? 'notSaved' : 'saving', count }
  }
  if (!hasServer) return { filled: 1, of, tone: 'calm', words: 'onLaptop', count }
  if (receipt.server === 'refused') return { filled: 1, of, tone: 'stop', words: 'refused', count }
  return serverWords(receipt, connection)
}

function serverWords(receipt: ReceiptSnapshot, connection: ConnectionSnapshot): ReceiptWords {
  const isWaiting = receipt.server === 'waiting'
  const people = receipt.withColleagues ?? 0
  const said = { filled: isWaiting ? 1 : people > 0 ? 3 : 2, of: 3, count: connection.waitingChanges }
  if (connection.state === 'offline') {
    return { ...said, tone: 'wait', words: said.count > 0 ? 'offlineWaiting' : 'offlineDone' }
  }
  if (connection.state === 'refused' && said.count > 0) return { ...said, tone: 'wait', words: 'stuckWaiting' }
  if (people > 0) return { ...said, tone: 'calm', words: 'withColleagues', count: people }
  return { ...said, tone: 'calm', words: isWaiting ? waitingWords(connection) : 'onServer' }
}

/** While a connection is still being sought nothing is on its way. */
function waitingWords(connection: ConnectionSnapshot): ReceiptText {
  return connection.state === 'online' ? 'sending' : 'onLaptop'
}
