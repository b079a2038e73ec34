import { parentPort } from 'node:worker_threads'
import { compactDocument, deriveDocument } from './compact-document.ts'
import type { CompactionJob, CompactionOutcome, DerivedPage } from './compaction.ts'

export interface WorkerRequest {
  readonly id: number
  readonly what: 'compact' | 'derive'
  readonly job: CompactionJob
}

export type WorkerAnswer =
  | { readonly id: number; readonly ok: true; readonly value: CompactionOutcome | DerivedPage }
  | { readonly id: number; readonly ok: false; readonly error: string }

function answer({ id, what, job }: WorkerRequest): WorkerAnswer {
  try {
    return { id, ok: true, value: what === 'compact' ? compactDocument(job) : deriveDocument(job) }
  } catch (error) {
    return { id, ok: false, error: String(error) }
  }
}

parentPort?.on('message', (request: WorkerRequest) => {
  parentPort?.postMessage(answer(request))
})
