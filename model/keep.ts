/**
 * How much of a space stays on this laptop. `newest`: of pages, those changed last, up to a number; `recent`: what changed or was
 * opened in the last quarter, files of up to 25 MB; `pinned`: what somebody asked to keep; `none`: only what is open. Rows of lists, and whatever the server does not have, always stay.
 */
export const keepChoices = ['everything', 'newest', 'recent', 'pinned', 'none'] as const
export type KeepChoice = (typeof keepChoices)[number]
/** Pages are not kept one by one, and files not by number: a large one takes the room of a thousand pages. */
export const pageKeepChoices = keepChoices.filter((choice) => choice !== 'pinned')
export const fileKeepChoices = keepChoices.filter((choice) => choice !== 'newest')
/** What comes of a large space where nobody chose: some 30 MB, within a minute on a slow line. */
export const newestPages = 2000

export interface KeepPolicy {
  readonly pages: KeepChoice
  readonly files: KeepChoice
}

export const defaultKeepPolicy: KeepPolicy = { pages: 'newest', files: 'recent' }

export const recentMs = 91 * 24 * 3600 * 1000
const unaskedFileBytes = 25 * 1024 * 1024

/** A policy from outside; what it does not say is as by default. */
export function parseKeepPolicy(value: unknown): KeepPolicy {
  const { pages, files } = Object(value) as Readonly<Record<string, unknown>>
  return {
    pages: keepChoices.find((choice) => choice === pages) ?? defaultKeepPolicy.pages,
    files: keepChoices.find((choice) => choice === files) ?? defaultKeepPolicy.files,
  }
}

/** What the server is told: with `rows` it sends no bytes of changes, and the laptop fetches what it has. */
export function wireKeepOf({ pages }: KeepPolicy): 'everything' | 'rows' {
  return pages === 'everything' || pages === 'newest' || pages === 'recent' ? 'everything' : 'rows'
}

/** What the decision needs of a page or file. */
export interface Keepable {
  readonly pinned: boolean
  readonly changedAtMs: number
  /** When it was opened here last; 0: never. */
  readonly usedAtMs: number
  /** Of a file; 0 for pages, which are small. */
  readonly sizeBytes: number
}

/** Whether it comes to this laptop unasked. Whoever asks counts what comes under `newest`. */
export function isFetchedUnasked(choice: KeepChoice, thing: Keepable, nowMs: number): boolean {
  if (thing.pinned || choice === 'everything' || choice === 'newest') return true
  return choice === 'recent' && thing.sizeBytes <= unaskedFileBytes && nowMs - thing.changedAtMs < recentMs
}

/** Whether it stays once it is here. */
export function isKept(choice: KeepChoice, thing: Keepable, nowMs: number): boolean {
  return isFetchedUnasked(choice, thing, nowMs) || (choice === 'recent' && nowMs - thing.usedAtMs < recentMs)
}
