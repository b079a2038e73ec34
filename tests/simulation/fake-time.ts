interface Task {
  readonly atMs: number
  readonly order: number
  readonly run: () => void
  isCancelled: boolean
}

/** A clock that stands still between steps. Everything timed in the simulation is a task here; nothing sleeps. */
export class FakeTime {
  #nowMs = 1_800_000_000_000
  #order = 0
  #tasks: Task[] = []

  readonly nowMs = (): number => this.#nowMs

  readonly schedule = (ms: number, run: () => void): (() => void) => {
    const task: Task = { atMs: this.#nowMs + ms, order: (this.#order += 1), run, isCancelled: false }
    // Sorted on insertion, from the back: most tasks are due soon after what is already there.
    let at = this.#tasks.length
    while (at > 0 && isBefore(task, this.#tasks[at - 1])) at -= 1
    this.#tasks.splice(at, 0, task)
    return () => {
      task.isCancelled = true
    }
  }

  /** Runs all tasks that are due within `ms`, in order, and lets promises settle after each. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms
    await settlePromises()
    for (let task = this.#tasks[0]; task !== undefined && task.atMs <= untilMs; task = this.#tasks[0]) {
      this.#tasks.shift()
      if (task.isCancelled) continue
      this.#nowMs = Math.max(this.#nowMs, task.atMs)
      task.run()
      await settlePromises()
    }
    this.#nowMs = untilMs
  }
}

function isBefore(task: Task, other: Task | undefined): boolean {
  return other !== undefined && (task.atMs < other.atMs || (task.atMs === other.atMs && task.order < other.order))
}

/** Every promise that can go on has gone on when this resolves: the event loop turns once with nothing timed in it. */
export async function settlePromises(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve)
  })
}
