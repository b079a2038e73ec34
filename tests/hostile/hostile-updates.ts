import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { seedOf } from '../../model/seeds.ts'

/** Updates that no Yjs writes, made byte by byte. */

const hasOrigin = 128
const string = 4
const embed = 5
const any = 8

/** One client's structs; `write` writes them, and nothing is deleted. */
function structsOf(
  client: number,
  { clock, count = 1 }: { readonly clock: number; readonly count?: number },
  write: (encoder: encoding.Encoder) => void,
): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint(encoder, count)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    write(encoder)
    encoding.writeVarUint(encoder, 0)
  })
}

function inProse(encoder: encoding.Encoder, info: number): void {
  encoding.writeUint8(encoder, info)
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarString(encoder, 'prose')
}

/** A text of one client at a clock of its choice. */
export function textAt(client: number, clock: number, text = 'x'): Uint8Array {
  return structsOf(client, { clock }, (encoder) => {
    inProse(encoder, string)
    encoding.writeVarString(encoder, text)
  })
}

/** Twelve bytes that claim more structs than a server has memory for. */
export function claimingStructs(client: number, count = 32_000_000): Uint8Array {
  return structsOf(client, { clock: 0, count }, () => undefined)
}

/** A collected struct that is said to be this long. */
export function claimingLength(client: number, length = 2 ** 50): Uint8Array {
  return structsOf(client, { clock: 0 }, (encoder) => {
    encoding.writeUint8(encoder, 0)
    encoding.writeVarUint(encoder, length)
  })
}

/** Text behind a letter of somebody who never wrote one. */
export function behindNothing(client: number): Uint8Array {
  return structsOf(client, { clock: 0 }, (encoder) => {
    encoding.writeUint8(encoder, string | hasOrigin)
    encoding.writeVarUint(encoder, 424_242)
    encoding.writeVarUint(encoder, 7)
    encoding.writeVarString(encoder, 'x')
  })
}

/** One value inside another, as many times as asked for, as lib0 writes them. */
export function nestedValue(client: number, depth: number): Uint8Array {
  return structsOf(client, { clock: 0 }, (encoder) => {
    inProse(encoder, any)
    encoding.writeVarUint(encoder, 1)
    for (let i = 0; i < depth; i += 1) {
      encoding.writeUint8(encoder, 117)
      encoding.writeVarUint(encoder, 1)
    }
    encoding.writeUint8(encoder, 126)
  })
}

/** The same as JSON. */
export function nestedJson(client: number, depth: number): Uint8Array {
  return structsOf(client, { clock: 0 }, (encoder) => {
    inProse(encoder, embed)
    encoding.writeVarString(encoder, '['.repeat(depth) + ']'.repeat(depth))
  })
}

/** A page whose body holds one block inside another, as deep as asked for: well-formed, and no editor would write it. */
export function nestedBlocks(depth: number): { readonly clientId: number; readonly update: Uint8Array } {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedOf('page', 'wiki'))
  const before = Y.encodeStateVector(doc)
  doc.transact(() => {
    let parent: Y.XmlFragment = doc.getXmlFragment('body')
    for (let i = 0; i < depth; i += 1) {
      const child = new Y.XmlElement('blockquote')
      parent.insert(0, [child])
      parent = child
    }
  })
  return { clientId: doc.clientID, update: Y.encodeStateAsUpdate(doc, before) }
}

/** Two bytes for each struct: collected ones of length one, none of which was joined with its neighbour. */
export function collected(client: number, count: number): Uint8Array {
  const structs = new Uint8Array(count * 2)
  for (let i = 1; i < structs.length; i += 2) structs[i] = 1
  return structsOf(client, { clock: 0, count }, (encoder) => {
    encoding.writeUint8Array(encoder, structs)
  })
}

/** Deletes the first clocks of a client, in ten bytes. */
export function deletionOf(client: number, length: number): Uint8Array {
  return encoding.encode((encoder) => {
    for (const value of [0, 1, client, 1, 0, length]) encoding.writeVarUint(encoder, value)
  })
}

/** Deletes every second clock of a client that never wrote. */
export function deletionsOf(client: number, count: number): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, count)
    for (let i = 0; i < count; i += 1) {
      encoding.writeVarUint(encoder, i * 2)
      encoding.writeVarUint(encoder, 1)
    }
  })
}
