import { equalityDeep } from 'lib0/function'
import type { DocumentId, OrganisationId } from '../../model/ids.ts'
import type { LaptopStorage } from './laptop-storage.ts'

/** What a test needs of an implementation: a fresh storage, and hands to break it. */
export interface StorageUnderTest {
  readonly storage: LaptopStorage
  /** Another window: a second storage over the same disk, or the same one where an implementation has no second. */
  readonly otherWindow: LaptopStorage
  /** Flips one bit of the last stored record of the document. */
  damage(what: 'content' | 'waiting', organisationId: OrganisationId, documentId: DocumentId): Promise<void>
}

/** One promise of the storage. It asks nothing of a test runner but that throwing is failing: it runs in Chromium too. */
export interface ContractCase {
  readonly title: string
  readonly run: (test: StorageUnderTest) => Promise<void>
}

export const letters = 'abcdefghijklmnopqrstuvwxyz'
export function idOf<T extends string>(name: string): T {
  return (letters + name).slice(-26).replace(/[^a-z2-7]/g, 'x') as T
}

export const organisationId = idOf<OrganisationId>('organisation')

export function equal(actual: unknown, expected: unknown): void {
  if (!equalityDeep(actual, expected)) throw new Error(`expected ${show(expected)}, got ${show(actual)}`)
}

function show(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (part instanceof Uint8Array ? [...part] : part)) ?? 'undefined'
}
