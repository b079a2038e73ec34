import { Worker } from 'node:worker_threads'
import type { CompactionJob, Compactor } from './compaction.ts'
import type { WorkerAnswer, WorkerOutcome, WorkerRequest } from './compaction-worker.ts'

/** Heap of the worker: a document of 128 MiB, read three times over. A job that needs more fails; the server does not. */
const workerHeapMb = 1536

interface Waiting {
  readonly resolve: (value: WorkerOutcome) => void
  readonly reject: (error: Error) => void
}

/**
 * Compacts in a worker thread, started at the first job. A worker that dies fails the jobs that it had and is started
 * again at the next one.
 * @param workerUrl the file of `compaction-worker.ts`, or what it was built into
 */
export function compactInThread(workerUrl: URL = new URL('./compaction-worker.ts', import.meta.url)): Compactor {
  let worker: Worker | null = null
  let nextId = 0
  const waiting = new Map<number, Waiting>()

  const lose = (error: Error) => {
    worker = null
    for (const job of waiting.values()) job.reject(error)
    waiting.clear()
  }

  const start = (): Worker => {
    const started = new Worker(workerUrl, { resourceLimits: { maxOldGenerationSizeMb: workerHeapMb } })
    started.unref()
    started.on('message', (answer: WorkerAnswer) => {
      const job = waiting.get(answer.id)
      waiting.delete(answer.id)
      if (waiting.size === 0) started.unref()
      if (answer.ok) job?.resolve(answer.value)
      else job?.reject(new Error(answer.error))
    })
    started.on('error', (error) => {
      if (worker === started) lose(error instanceof Error ? error : new Error(String(error)))
    })
    started.on('exit', () => {
      if (worker === started) lose(new Error('The compaction worker ended'))
    })
    return started
  }

  const ask: Ask = (what, job) => {
    worker ??= start()
    worker.ref()
    nextId += 1
    const id = nextId
    const { promise, resolve, reject } = Promise.withResolvers<WorkerOutcome>()
    waiting.set(id, { resolve, reject })
    worker.postMessage({ id, what, job } satisfies WorkerRequest)
    return promise
  }

  return {
    ...jobsOf(ask),
    async close() {
      const ending = worker
      worker = null
      for (const job of waiting.values()) job.reject(new Error('The server stops'))
      waiting.clear()
      await ending?.terminate()
    },
  }
}

type Ask = (what: WorkerRequest['what'], job: CompactionJob) => Promise<WorkerOutcome>

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
