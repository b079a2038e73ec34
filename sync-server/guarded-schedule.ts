import type { Log, Schedule } from './sync-options.ts'

/** Timers whose work may throw without ending the process: it is told, and whatever comes next runs as if nothing had been. */
export function guardedSchedule(schedule: Schedule, log: Log): Schedule {
  return (ms, run) =>
    schedule(ms, () => {
      try {
        run()
      } catch (error) {
        log('error', 'A timer failed', {
          error: String(error),
          stack: error instanceof Error ? error.stack : undefined,
        })
      }
    })
}
