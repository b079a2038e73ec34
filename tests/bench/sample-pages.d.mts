import type * as Yjs from 'yjs'

export function sentence(seed: number, count: number): string
export function pageUpdates(Y: typeof Yjs, index: number, edits?: number): Uint8Array[]
export function typeInto(doc: Yjs.Doc, place: number, text: string): void
