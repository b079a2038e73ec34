import { parentPort } from 'node:worker_threads'
import { compactDocument, deriveDocument, preserveDocument } from './compact-document.ts'
import type { CompactionJob, CompactionOutcome, DerivedPage, PreservedDocument } from './compaction.ts'

export type WorkerOutcome = CompactionOutcome | DerivedPage | PreservedDocument

export interface WorkerRequest {
  readonly id: number
  readonly what: 'compact' | 'derive' | 'preserve'
  readonly job: CompactionJob
}

export type WorkerAnswer =
  | { readonly id: number; readonly ok: true; readonly value: WorkerOutcome }
  | { readonly id: number; readonly ok: false; readonly error: string }

const work = { compact: compactDocument, derive: deriveDocument, preserve: preserveDocument } as const

function answer({ id, what, job }: WorkerRequest): WorkerAnswer {
  try {
    return { id, ok: true, value: work[what](job) }
  } catch (error) {
    return { id, ok: false, error: String(error) }
  }
}

parentPort?.on('message', (request: WorkerRequest) => {
  parentPort?.postMessage(answer(request))
})
