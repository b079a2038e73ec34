import { WorkerCalls } from '../worker-calls.ts'
import type { SearchCall, SearchReturn, SearchWorkerData } from './search-calls.ts'

/** Heap of the worker: the largest page that is read, and some words. Beyond it the index is opened again; the server goes on. */
const workerHeapMb = 512

/** The index in a worker thread, in the file of this path. */
export function searchInThread(data: SearchWorkerData): WorkerCalls<SearchCall, SearchReturn> {
  const url = new URL('./search-worker.ts', import.meta.url)
  return new WorkerCalls(url, { workerData: data, resourceLimits: { maxOldGenerationSizeMb: workerHeapMb } })
}
