import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/** The y-websocket dialect, as far as a channel must understand it. */
const messageSync = 0
const messageAwareness = 1
const syncStep1 = 0
const syncStep2 = 1
const syncUpdate = 2

export interface AwarenessEntry {
  readonly clientId: number
  readonly clock: number
  /** JSON; `null` where the client is gone. */
  readonly state: string
}

export type DialectMessage =
  | { readonly type: 'step-1' }
  | { readonly type: 'step-2'; readonly update: Uint8Array }
  | { readonly type: 'update'; readonly update: Uint8Array }
  | { readonly type: 'awareness'; readonly entries: readonly AwarenessEntry[] }
  | { readonly type: 'other' }

/** Reads one message; `other` for whatever it is not sure of. Never throws. */
export function readDialect(bytes: Uint8Array): DialectMessage {
  try {
    const decoder = decoding.createDecoder(bytes)
    const type = decoding.readVarUint(decoder)
    if (type === messageSync) return readSync(decoder)
    if (type === messageAwareness)
      return { type: 'awareness', entries: readAwareness(decoding.readVarUint8Array(decoder)) }
  } catch {
    // Malformed: nobody acts on it.
  }
  return { type: 'other' }
}

function readSync(decoder: decoding.Decoder): DialectMessage {
  const step = decoding.readVarUint(decoder)
  if (step === syncStep1) return { type: 'step-1' }
  if (step === syncStep2) return { type: 'step-2', update: decoding.readVarUint8Array(decoder) }
  if (step === syncUpdate) return { type: 'update', update: decoding.readVarUint8Array(decoder) }
  return { type: 'other' }
}

function readAwareness(bytes: Uint8Array): AwarenessEntry[] {
  const decoder = decoding.createDecoder(bytes)
  const count = decoding.readVarUint(decoder)
  const entries: AwarenessEntry[] = []
  for (let i = 0; i < count; i += 1) {
    const clientId = decoding.readVarUint(decoder)
    const clock = decoding.readVarUint(decoder)
    entries.push({ clientId, clock, state: decoding.readVarString(decoder) })
  }
  return entries
}

export function writeAwareness(entries: readonly AwarenessEntry[]): Uint8Array<ArrayBuffer> {
  const inner = encoding.createEncoder()
  encoding.writeVarUint(inner, entries.length)
  for (const { clientId, clock, state } of entries) {
    encoding.writeVarUint(inner, clientId)
    encoding.writeVarUint(inner, clock)
    encoding.writeVarString(inner, state)
  }
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, messageAwareness)
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner))
  return new Uint8Array(encoding.toUint8Array(encoder))
}

/** An update as the provider of an open page takes it. */
export function writeUpdateMessage(update: Uint8Array): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, messageSync)
  encoding.writeVarUint(encoder, syncUpdate)
  encoding.writeVarUint8Array(encoder, update)
  return new Uint8Array(encoding.toUint8Array(encoder))
}
