import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/** The stock y-websocket dialect: what an unchanged client of it sends and understands, and nothing else (ST4). */
export type StockFrame =
  | { readonly type: 'step-1'; readonly stateVector: Uint8Array }
  | { readonly type: 'step-2'; readonly update: Uint8Array }
  | { readonly type: 'update'; readonly update: Uint8Array }
  | { readonly type: 'awareness'; readonly bytes: Uint8Array }
  | { readonly type: 'query-awareness' }

const messageSync = 0
const messageAwareness = 1
const messageQueryAwareness = 3

/** Parses a frame from outside; copies what it keeps. Throws on anything else. */
export function parseStockFrame(frame: Uint8Array): StockFrame {
  const decoder = decoding.createDecoder(frame)
  const type = decoding.readVarUint(decoder)
  if (type === messageQueryAwareness) return { type: 'query-awareness' }
  if (type === messageAwareness) return { type: 'awareness', bytes: readBytes(decoder) }
  if (type !== messageSync) throw new RangeError('Unknown message type')
  const step = decoding.readVarUint(decoder)
  if (step === 0) return { type: 'step-1', stateVector: readBytes(decoder) }
  if (step === 1) return { type: 'step-2', update: readBytes(decoder) }
  if (step === 2) return { type: 'update', update: readBytes(decoder) }
  throw new RangeError('Unknown sync message')
}

function readBytes(decoder: decoding.Decoder): Uint8Array {
  const length = decoding.peekVarUint(decoder)
  if (length > decoder.arr.length - decoder.pos) throw new RangeError('More bytes claimed than sent')
  return decoding.readVarUint8Array(decoder).slice()
}

export const stepOneFrame = (stateVector: Uint8Array): Uint8Array => syncFrame(0, stateVector)
export const stepTwoFrame = (update: Uint8Array): Uint8Array => syncFrame(1, update)
export const updateFrame = (update: Uint8Array): Uint8Array => syncFrame(2, update)

function syncFrame(step: number, bytes: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, messageSync)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, bytes)
  })
}

export function awarenessFrame(bytes: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, messageAwareness)
    encoding.writeVarUint8Array(encoder, bytes)
  })
}

/** Says nothing, and that the line is alive: an awareness update of nobody, which every stock client takes. */
export const quietFrame: Uint8Array = awarenessFrame(new Uint8Array([0]))
