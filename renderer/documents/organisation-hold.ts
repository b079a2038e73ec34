import type { OrganisationId } from '../../model/ids.ts'

/** Who has an organisation of this laptop open, over all its windows: many share it, and one may have it alone for a moment. */
export interface OrganisationHold {
  /** Waits while another window has it alone. Answers how to let go. */
  share(id: OrganisationId): Promise<() => void>
  /** Asks the other windows to let go, and runs the task when they have. */
  alone<T>(id: OrganisationId, task: () => Promise<T>): Promise<T>
}

export interface HoldOptions {
  /** Undefined where the browser gives none: outside https and this computer itself. */
  readonly locks: LockManager | undefined
  readonly askOthersToLetGo: (id: OrganisationId) => void
  readonly wait: (ms: number) => Promise<void>
}

/** A window that has not let go by then is frozen: it hears the request before anything else when it thaws. */
const patienceMs = 5000
/** Without locks nobody can know: far longer than a message between two windows takes. */
const guessMs = 300

export function makeOrganisationHold({ locks, askOthersToLetGo, wait }: HoldOptions): OrganisationHold {
  if (locks === undefined) {
    return {
      share: async () => () => undefined,
      alone: async (id, task) => {
        askOthersToLetGo(id)
        await wait(guessMs)
        return task()
      },
    }
  }
  return {
    share: (id) => shareLock(locks, nameOf(id)),
    alone: (id, task) => {
      askOthersToLetGo(id)
      return aloneWithin(locks, nameOf(id), { task, wait })
    },
  }
}

const nameOf = (id: OrganisationId) => `plein-open-${id}`

function shareLock(locks: LockManager, name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    locks
      .request(name, { mode: 'shared' }, () => new Promise<void>((letGo) => resolve(letGo)))
      // Taken from a frozen window, see `aloneWithin`.
      .catch(reject)
  })
}

async function aloneWithin<T>(
  locks: LockManager,
  name: string,
  { task, wait }: { readonly task: () => Promise<T>; readonly wait: HoldOptions['wait'] },
): Promise<T> {
  const patience = new AbortController()
  let isAlone = false
  void wait(patienceMs).then(() => {
    if (!isAlone) patience.abort()
  })
  const begin = () => {
    isAlone = true
    return task()
  }
  try {
    return await locks.request(name, { signal: patience.signal }, begin)
  } catch (error) {
    if (isAlone) throw error
    return locks.request(name, { steal: true }, begin)
  }
}
