import { describe, expect, it } from 'vitest'
import type { ConnectionSnapshot, ReceiptSnapshot } from '../../documents/plein.ts'
import { receiptWords } from './receipt-words.ts'

const online: ConnectionSnapshot = {
  state: 'online',
  reason: null,
  offlineSinceMs: null,
  nextAttemptAtMs: null,
  waitingChanges: 0,
  waitingPages: [],
  setAside: [],
  storageFull: false,
}
const acknowledged: ReceiptSnapshot = {
  onThisLaptop: true,
  waitingChanges: 0,
  lastAcknowledgedAtMs: 1,
  lastSavedAtMs: 1,
  server: 'acknowledged',
  withColleagues: null,
}
const waiting: ReceiptSnapshot = { ...acknowledged, server: 'waiting', waitingChanges: 7 }

describe('the words of a receipt', () => {
  it('say "on the server" only after an acknowledgement', () => {
    expect(receiptWords(acknowledged, online)).toMatchObject({ filled: 2, of: 3, words: 'onServer', tone: 'calm' })
    expect(receiptWords(waiting, online)).toMatchObject({ filled: 1, words: 'sending' })
  })

  it('fill the third square only where a device of a colleague has it, and say how many', () => {
    expect(receiptWords({ ...acknowledged, withColleagues: 0 }, online)).toMatchObject({ filled: 2, words: 'onServer' })
    const held = { ...acknowledged, withColleagues: 4 }
    expect(receiptWords(held, online)).toMatchObject({ filled: 3, words: 'withColleagues', count: 4 })
    expect(receiptWords({ ...held, onThisLaptop: false }, online)).toMatchObject({ filled: 0, words: 'saving' })
  })

  it('do not call a change on its way while a connection is still sought', () => {
    const connecting: ConnectionSnapshot = { ...online, state: 'connecting', waitingChanges: 7 }
    expect(receiptWords(waiting, connecting)).toMatchObject({ filled: 1, of: 3, words: 'onLaptop', tone: 'calm' })
  })

  it('fill no square before the disk of this laptop has it', () => {
    const unsaved = { ...acknowledged, onThisLaptop: false }
    expect(receiptWords(unsaved, online)).toMatchObject({ filled: 0, words: 'saving', tone: 'calm' })
    expect(receiptWords(unsaved, { ...online, storageFull: true })).toMatchObject({ words: 'notSaved', tone: 'stop' })
  })

  it('turn amber offline and count what waits, without emptying a square that the server confirmed', () => {
    const offline: ConnectionSnapshot = { ...online, state: 'offline', waitingChanges: 12 }
    expect(receiptWords(waiting, offline)).toMatchObject({
      filled: 1,
      words: 'offlineWaiting',
      tone: 'wait',
      count: 12,
    })
    expect(receiptWords(acknowledged, offline)).toMatchObject({ filled: 2, words: 'offlineWaiting' })
    expect(receiptWords(acknowledged, { ...offline, waitingChanges: 0 })).toMatchObject({ words: 'offlineDone' })
  })

  it('show one square where there is no server', () => {
    expect(receiptWords({ ...acknowledged, server: 'none' }, online)).toMatchObject({
      filled: 1,
      of: 1,
      words: 'onLaptop',
    })
  })

  it('tell what the server refused', () => {
    expect(receiptWords({ ...waiting, server: 'refused' }, online)).toMatchObject({ words: 'refused', tone: 'stop' })
  })
})
