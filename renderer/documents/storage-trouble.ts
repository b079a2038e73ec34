import { StorageFailed } from '../storage/laptop-storage.ts'
import type { StorageTrouble } from './plein.ts'

/** What kept the storage from opening, as screens explain it. */
export function storageTroubleOf(cause: unknown): StorageTrouble {
  const reason = cause instanceof StorageFailed ? cause.reason : 'damaged'
  if (reason === 'full') return 'storage-full'
  if (reason === 'blocked') return 'storage-blocked'
  return reason === 'newer-version' ? 'newer-version-ran-here' : 'storage-damaged'
}
