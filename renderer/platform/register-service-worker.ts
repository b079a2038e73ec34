/**
 * Lets the browser keep the app itself, so that it starts without the server. Only in the browser edition: on
 * `app://plein` the shell serves the files, and while developing Vite does. Answers whether the app is kept; a browser
 * that refuses (a private window) still runs Plein, it only needs the server for a cold start.
 */
export async function registerServiceWorker(): Promise<boolean> {
  const isWebOrigin = location.protocol === 'https:' || location.protocol === 'http:'
  if (!isWebOrigin || !import.meta.env.PROD || !('serviceWorker' in navigator)) return false
  try {
    await navigator.serviceWorker.register('/service-worker.js', { scope: '/', updateViaCache: 'none' })
    return true
  } catch {
    return false
  }
}
