import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { MalformedFrame, type Field } from './fields.ts'
import { clientMessage, serverMessage, type ClientMessage, type ServerMessage } from './messages.ts'

export function encodeClientMessage(message: ClientMessage): Uint8Array<ArrayBuffer> {
  return encode(clientMessage, message)
}

export function encodeServerMessage(message: ServerMessage): Uint8Array<ArrayBuffer> {
  return encode(serverMessage, message)
}

/** Parses untrusted bytes. Throws MalformedFrame, and nothing else, on whatever is not exactly one message. */
export function decodeClientMessage(frame: Uint8Array): ClientMessage {
  return decode(clientMessage, frame)
}

/** Parses untrusted bytes. Throws MalformedFrame, and nothing else, on whatever is not exactly one message. */
export function decodeServerMessage(frame: Uint8Array): ServerMessage {
  return decode(serverMessage, frame)
}

function encode<T>(field: Field<T>, message: T): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder()
  field.write(encoder, message)
  return new Uint8Array(encoding.toUint8Array(encoder))
}

function decode<T>(field: Field<T>, frame: Uint8Array): T {
  const decoder = decoding.createDecoder(frame)
  const message = readOrMalformed(field, decoder)
  if (decoding.hasContent(decoder)) throw new MalformedFrame('bytes left over')
  return message
}

function readOrMalformed<T>(field: Field<T>, decoder: decoding.Decoder): T {
  try {
    return field.read(decoder)
  } catch (cause) {
    if (cause instanceof MalformedFrame) throw cause
    throw new MalformedFrame('truncated or out of range', { cause })
  }
}
