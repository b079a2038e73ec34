import type { DesktopApi } from '../../model/ipc.ts'
import type { Platform } from './platform.ts'

/** The platform inside the desktop app; everything goes through what the preload script put on `window.desktop`. */
export async function openDesktopPlatform(desktop: DesktopApi): Promise<Platform> {
  const info = await desktop.appInfo()
  return {
    capabilities: {
      secretKeeping: info.secretKeeping,
      deepLinks: true,
      ownServer: true,
      pageServerUrl: null,
      severalOrganisations: true,
      needsServiceWorker: false,
      hostVersion: `${info.appVersion} · ${info.host}`,
    },
    secrets: {
      get: (id) => desktop.getSecret(id),
      set: (id, secret) => desktop.setSecret(id, secret),
      async delete(id) {
        await desktop.deleteSecret(id)
      },
    },
    ownServer: () => desktop.serverAddress(),
    openExternal: async (link) => {
      const normal = normalForm(link)
      return normal !== undefined && desktop.openExternal(normal).catch(() => false) // main refuses what is no such address
    },
    onDeepLink: (onLink) => desktop.onDeepLink(onLink),
    onQuit: (flush) => desktop.onFlush(flush),
  }
}

/** Main takes addresses in normal form only, so that it need not guess what others will read in them. */
function normalForm(link: string): string | undefined {
  return URL.canParse(link) ? new URL(link).href : undefined
}
