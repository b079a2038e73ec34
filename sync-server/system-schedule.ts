import type { Schedule } from './sync-options.ts'

/**
 * Timers of the system. 0 is `setImmediate`: after the frames that are already here, and a millisecond earlier than the
 * shortest timeout, which is most of what a commit takes.
 */
export const systemSchedule: Schedule = (ms, run) => {
  if (ms === 0) {
    const immediate = setImmediate(run)
    return () => {
      clearImmediate(immediate)
    }
  }
  const timer = setTimeout(run, ms)
  return () => {
    clearTimeout(timer)
  }
}
