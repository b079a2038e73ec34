import { parentPort, workerData } from 'node:worker_threads'
import { unreachable } from '../../model/result.ts'
import type { WorkerCall, WorkerReturn } from '../worker-calls.ts'
import { indexWasLost, type SearchCall, type SearchReturn, type SearchWorkerData } from './search-calls.ts'
import { ServerIndex } from './server-index.ts'

// SQLite: damaged, and not a database.
const damage = new Set([11, 26])

const { path, generation } = workerData as SearchWorkerData
const index = new ServerIndex(path, generation)

function run(call: SearchCall): SearchReturn {
  if (call.type === 'lacking') return { type: 'lacking', ids: index.lacking(call.documents) }
  if (call.type === 'find') return { type: 'found', hits: index.find(call.request) }
  if (call.type !== 'put') return unreachable(call)
  index.put(call.documents)
  return { type: 'put' }
}

function answer({ id, body }: WorkerCall<SearchCall>): WorkerReturn<SearchReturn> {
  try {
    return { id, ok: true, value: run(body) }
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'errcode') : undefined
    if (typeof code !== 'number' || !damage.has(code & 0xff)) return { id, ok: false, error: String(error) }
    index.startAnew()
    return { id, ok: false, error: indexWasLost }
  }
}

parentPort?.on('message', (call: WorkerCall<SearchCall>) => {
  parentPort?.postMessage(answer(call))
})
