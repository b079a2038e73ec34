/**
 * The scripts of this app that may be loaded by address: its workers, by the name that the build gives them, and the service worker.
 * A new worker file must end in `-worker` and needs nothing else. (While developing, no policy is enforced and nobody asks.)
 */
const ownScriptPattern = /^\/(?:assets\/[a-z0-9]+(?:-[a-z0-9]+)*-worker-[\w-]+\.js|service-worker\.js)$/

/** The address in full where it is a script of our own; null for every other, which then does not load. */
export function findOwnScript(address: string, origin: string): string | null {
  if (!URL.canParse(address, origin)) return null
  const url = new URL(address, origin)
  return url.origin === origin && ownScriptPattern.test(url.pathname) ? url.href : null
}
