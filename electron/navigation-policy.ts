import type { ExternalLink } from '../model/external-link.ts'
import { parseExternalLink } from '../model/external-link.ts'
import { isAppAddress } from './app-origin.ts'

/** Whether a frame may navigate there. Only the app's own pages; a subframe, of which the app has none, never. */
export function mayNavigate(navigation: { readonly url: string; readonly isMainFrame: boolean }): boolean {
  return navigation.isMainFrame && isAppAddress(navigation.url)
}

/**
 * What becomes of a link that wants a window of its own: never a window with our preload, at most an address for the system's browser or mail.
 * Undefined: nothing at all.
 */
export function decideWindowOpen(url: string): ExternalLink | undefined {
  return parseExternalLink(url)
}
