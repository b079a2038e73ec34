import { parentPort } from 'node:worker_threads'
import { compactDocument, deriveDocument, preserveDocument } from './compact-document.ts'
import type { CompactionJob, CompactionOutcome, DerivedPage, PreservedDocument } from './compaction.ts'
import type { WorkerCall, WorkerReturn } from './worker-calls.ts'

export type WorkerOutcome = CompactionOutcome | DerivedPage | PreservedDocument

export interface CompactionCall {
  readonly what: 'compact' | 'derive' | 'preserve'
  readonly job: CompactionJob
}

const work = { compact: compactDocument, derive: deriveDocument, preserve: preserveDocument } as const

function answer({ id, body: { what, job } }: WorkerCall<CompactionCall>): WorkerReturn<WorkerOutcome> {
  try {
    return { id, ok: true, value: work[what](job) }
  } catch (error) {
    return { id, ok: false, error: String(error) }
  }
}

parentPort?.on('message', (call: WorkerCall<CompactionCall>) => {
  parentPort?.postMessage(answer(call))
})
