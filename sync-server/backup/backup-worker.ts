import { parentPort } from 'node:worker_threads'
import type { Result } from '../../model/result.ts'
import type { WorkerCall, WorkerReturn } from '../worker-calls.ts'
import { makeBackup, type BackupOrder } from './make-backup.ts'
import type { Manifest } from './manifest.ts'

/** Makes a backup away from the sockets: copying a database reads all of it in one go. */
async function answer({ id, body }: WorkerCall<BackupOrder>): Promise<WorkerReturn<Result<Manifest, string>>> {
  try {
    return { id, ok: true, value: await makeBackup(body, () => Date.now()) }
  } catch (error) {
    return { id, ok: false, error: String(error) }
  }
}

parentPort?.on('message', (call: WorkerCall<BackupOrder>) => {
  void answer(call).then((outcome) => parentPort?.postMessage(outcome))
})
