import type { DesktopApi } from '../../model/ipc.ts'
import { openBrowserPlatform, thisBrowser } from './browser.ts'
import { openDesktopPlatform } from './desktop.ts'
import type { Platform } from './platform.ts'

declare global {
  interface Window {
    /** Put here by electron/preload.ts; missing in a browser. */
    readonly desktop?: DesktopApi
  }
}

/** The platform of this window. The only place that looks which host it is. */
export async function openPlatform(): Promise<Platform> {
  return window.desktop === undefined ? openBrowserPlatform(thisBrowser()) : openDesktopPlatform(window.desktop)
}
