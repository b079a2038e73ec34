import * as decoding from 'lib0/decoding'
import { MalformedUpdate, type ClockRange, type UpdateClaims } from './update-claims.ts'
import { UpdateScanner } from './update-scanner.ts'

/**
 * Reads every byte of a Yjs update (version 1) once and applies nothing. What passes can be merged and applied without
 * stalling or throwing: counts fit the bytes that are left, clocks stay below `maxClock`, clients come in the falling order
 * that `Y.mergeUpdates` counts on (in another order it loses structs silently), nesting is bounded, JSON parses.
 * @param maxParts structs and deletions together that it may hold
 * @throws MalformedUpdate and nothing else
 */
export function inspectUpdate(update: Uint8Array, maxParts = Number.POSITIVE_INFINITY): UpdateClaims {
  try {
    const scanner = new UpdateScanner(update, maxParts)
    scanner.scan()
    return scanner
  } catch (cause) {
    if (cause instanceof MalformedUpdate) throw cause
    throw new MalformedUpdate('truncated or out of range', { cause })
  }
}

/** What of each client is there; a Map, or one seen through a layer of changes that are not committed yet. */
export interface Clocks {
  get(client: number): number | undefined
}

/** Whether an update leans on anything that is not there: clocks before its own, or neighbours and parents. */
export function hasGap(claims: UpdateClaims, stateVector: Clocks): boolean {
  const reach = new Map<number, number>()
  for (const [client, ranges] of claims.clients) {
    let have = stateVector.get(client) ?? 0
    for (const range of ranges) {
      if (range.start > have) return true
      have = Math.max(have, range.end)
    }
    reach.set(client, have)
  }
  for (const [client, needed] of claims.dependencies) {
    if (needed > (reach.get(client) ?? stateVector.get(client) ?? 0)) return true
  }
  return false
}

/** Whether parts of the update are known already: those are cut off before it is stored, lest they say something else. */
export function overlaps(claims: UpdateClaims, stateVector: Clocks): boolean {
  for (const [client, ranges] of claims.clients) {
    const first = ranges[0]
    if (first !== undefined && first.start < (stateVector.get(client) ?? 0)) return true
  }
  return false
}

/** Whether the update holds any struct that is not known yet. */
export function bringsStructs(claims: UpdateClaims, stateVector: Clocks): boolean {
  for (const [client, ranges] of claims.clients) {
    if ((ranges.at(-1)?.end ?? 0) > (stateVector.get(client) ?? 0)) return true
  }
  return false
}

/** Moves the state vector on by an update; `base` is what lies under a layer of changes. */
export function advance(stateVector: Map<number, number>, claims: UpdateClaims, base: Clocks = stateVector): void {
  for (const [client, ranges] of claims.clients) {
    const have = base.get(client) ?? 0
    const end = reachFrom(have, ranges)
    if (end > have) stateVector.set(client, end)
  }
}

/** How far the ranges carry without a hole; a range beyond a hole waits for what is missing and does not count. */
function reachFrom(have: number, ranges: readonly ClockRange[]): number {
  let end = have
  for (const range of ranges) {
    if (range.start > end) break
    end = Math.max(end, range.end)
  }
  return end
}

/** A state vector may name at most this many clients; a page edited in 20,000 sessions is far below. */
const maxClients = 100_000

/** Parses a state vector from outside. @throws MalformedUpdate and nothing else */
export function parseStateVector(bytes: Uint8Array): Map<number, number> {
  try {
    const decoder = decoding.createDecoder(bytes)
    const count = decoding.readVarUint(decoder)
    if (count > maxClients || count * 2 > bytes.length) throw new MalformedUpdate('more clients than bytes')
    const stateVector = new Map<number, number>()
    for (let i = 0; i < count; i += 1) {
      const client = decoding.readVarUint(decoder)
      stateVector.set(client, decoding.readVarUint(decoder))
    }
    if (decoding.hasContent(decoder)) throw new MalformedUpdate('bytes left over')
    return stateVector
  } catch (cause) {
    if (cause instanceof MalformedUpdate) throw cause
    throw new MalformedUpdate('truncated or out of range', { cause })
  }
}
