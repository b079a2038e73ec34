// Chromium knows no `app://plein`. The stand-in shows the page at a `.localhost` name, which Chromium holds for as secure as https,
// and translates at its borders: what main sees, and what servers see in `Origin`, is the app's own origin.

/** `app://plein/x` as the address that Chromium loads. Any other address stays as it is. */
export function toWebAddress(address: string, schemes: ReadonlySet<string>): string {
  const [whole, scheme = '', host = ''] = /^([a-z]+):\/\/([a-z0-9-]+)/.exec(address) ?? []
  return whole !== undefined && schemes.has(scheme)
    ? `http://${host}.${scheme}.localhost${address.slice(whole.length)}`
    : address
}

/** The way back. */
export function toAppAddress(address: string, schemes: ReadonlySet<string>): string {
  const [whole, host = '', scheme = ''] = /^http:\/\/([a-z0-9-]+)\.([a-z]+)\.localhost(?![\w.:-])/.exec(address) ?? []
  return whole !== undefined && schemes.has(scheme) ? `${scheme}://${host}${address.slice(whole.length)}` : address
}

/** The origin of a frame as Electron tells it. */
export function originOf(address: string): string {
  const [origin] = /^[a-z]+:\/\/[^/?#]+/.exec(address) ?? []
  return origin ?? 'null'
}
