import { StorageFailed, type StorageProblem } from './laptop-storage.ts'

/** Error names of IndexedDB and Dexie, and what they mean for a person. */
const problems: Readonly<Record<string, StorageProblem>> = {
  QuotaExceededError: 'full',
  VersionError: 'newer-version',
  UnknownError: 'damaged',
  DataError: 'damaged',
  NotReadableError: 'damaged',
  DataCloneError: 'damaged',
  OpenFailedError: 'blocked',
  DatabaseClosedError: 'blocked',
  DatabaseClosed: 'blocked',
  MissingAPIError: 'blocked',
  SecurityError: 'blocked',
  InvalidStateError: 'blocked',
  NotAllowedError: 'blocked',
  TimeoutError: 'blocked',
  AbortError: 'blocked',
}

/**
 * Runs an operation of the disk; whatever IndexedDB throws leaves as StorageFailed. Broken invariants of our own code pass
 * unchanged.
 */
export async function guarded<T>(run: () => PromiseLike<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    const problem = problemOf(cause)
    if (problem === undefined) throw cause
    throw new StorageFailed(problem, { cause })
  }
}

/** The innermost known reason: Dexie wraps what IndexedDB said, and an aborted transaction hides the full disk behind it. */
export function problemOf(error: unknown): StorageProblem | undefined {
  let found: StorageProblem | undefined
  let at: unknown = error
  for (let depth = 0; depth < 5 && typeof at === 'object' && at !== null; depth += 1) {
    if (at instanceof StorageFailed) return at.reason
    const name: unknown = Reflect.get(at, 'name')
    const problem = typeof name === 'string' ? problems[name] : undefined
    if (problem === 'full') return 'full'
    found = problem ?? found
    at = Reflect.get(at, 'inner') ?? Reflect.get(at, 'cause')
  }
  return found
}
