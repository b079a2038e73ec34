import { ok } from '../../model/result.ts'
import type { Profile } from './profile.ts'

const hourMs = 60 * 60 * 1000

/** A profile for screens without a server: every change succeeds and is forgotten. */
export function fakeProfile(): Profile {
  const done = async () => ok(undefined)
  return {
    rename: done,
    setFace: done,
    changePassword: done,
    signOutDevice: done,
    faceUrl: async () => null,
    devices: async () => {
      const nowMs = Date.now()
      const device = { createdAtMs: nowMs - 900 * hourMs, lastUsedAtMs: nowMs }
      return ok([
        { ...device, id: 'a', deviceName: 'Chrome on Linux', isCurrent: true },
        { ...device, id: 'b', deviceName: 'Plein on Windows', lastUsedAtMs: nowMs - 50 * hourMs, isCurrent: false },
      ])
    },
  }
}
