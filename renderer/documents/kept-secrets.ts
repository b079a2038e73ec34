import type { OrganisationId } from '../../model/ids.ts'
import type { Platform, Secrets } from '../platform/platform.ts'
import type { LaptopStorage } from '../storage/laptop-storage.ts'

/**
 * Where tokens are kept. A browser writes localStorage to its disk seconds later: whoever signed in and lost power, or whose browser
 * was killed, would be signed out, with changes that wait. So there a token goes into the laptop's storage, committed before anybody
 * is told that they are signed in. The desktop has the system's key store.
 */
export function keptSecrets(
  { capabilities, secrets }: Pick<Platform, 'capabilities' | 'secrets'>,
  laptop: Pick<LaptopStorage, 'setting' | 'putSetting'>,
): Secrets {
  return capabilities.secretKeeping === 'browser' ? storedSecrets(secrets, laptop) : secrets
}

function storedSecrets(browser: Secrets, laptop: Pick<LaptopStorage, 'setting' | 'putSetting'>): Secrets {
  return {
    async get(id) {
      const stored = await laptop.setting(nameOf(id)).catch(() => null)
      // What an earlier version of the app kept, or a disk that was full: there.
      return typeof stored === 'string' ? stored : browser.get(id)
    },
    async set(id, secret) {
      try {
        await laptop.putSetting(nameOf(id), secret)
      } catch {
        return browser.set(id, secret)
      }
      await browser.delete(id)
      return 'browser'
    },
    async delete(id) {
      await browser.delete(id)
      await laptop.putSetting(nameOf(id), null)
    },
  }
}

function nameOf(id: OrganisationId): string {
  return `session ${id}`
}
