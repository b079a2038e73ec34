import type { CompactionJob, Compactor } from './compaction.ts'
import type { CompactionCall, WorkerOutcome } from './compaction-worker.ts'
import { WorkerCalls } from './worker-calls.ts'

/** Heap of the worker: a document of 128 MiB, read three times over. A job that needs more fails; the server does not. */
const workerHeapMb = 1536

/**
 * Compacts in a worker thread.
 * @param workerUrl the file of `compaction-worker.ts`, or what it was built into
 */
export function compactInThread(workerUrl: URL = new URL('./compaction-worker.ts', import.meta.url)): Compactor {
  const calls = new WorkerCalls<CompactionCall, WorkerOutcome>(workerUrl, {
    resourceLimits: { maxOldGenerationSizeMb: workerHeapMb },
  })
  return { ...jobsOf((what, job) => calls.ask({ what, job })), close: () => calls.close() }
}

type Ask = (what: CompactionCall['what'], job: CompactionJob) => Promise<WorkerOutcome>

function jobsOf(ask: Ask): Omit<Compactor, 'close'> {
  return {
    async compact(job) {
      const outcome = await ask('compact', job)
      if (!('update' in outcome)) throw otherAnswer()
      return outcome
    },
    async derive(job) {
      const outcome = await ask('derive', job)
      if (!('title' in outcome)) throw otherAnswer()
      return outcome
    },
    async preserve(job) {
      const outcome = await ask('preserve', job)
      if (!('bytes' in outcome)) throw otherAnswer()
      return outcome
    },
  }
}

function otherAnswer(): Error {
  return new Error('The compaction worker gave another answer')
}
