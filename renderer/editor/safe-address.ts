import { safeImage } from '../../model/markdown/safe-url.ts'

const longestAddress = 2048
const linkSchemes: ReadonlySet<string> = new Set(['https:', 'http:', 'mailto:'])

/**
 * The address of a link that may be clicked: `http(s):`, `mailto:`, a page of Plein (`plein:page/<id>` as import writes it,
 * `plein://page/<id>` as the system hands it on, `#/…`).
 * Null for everything else, `javascript:` and `data:` above all, however it is spelt.
 */
export function safeHref(value: unknown): string | null {
  const address = plainAddress(value)
  if (address === null) return null
  if (/^#\/[\w\-./~%]*$/.test(address)) return address
  if (/^plein:(?:\/\/)?page\/[a-z2-7]{26}(?:#[^#\s]*)?$/.test(address)) return address
  // A file among the words of a sentence, as an import leaves it; it is opened by the screen for files.
  if (/^plein:file\/[0-9a-f]{64}$/.test(address)) return address
  const scheme = schemeOf(address)
  return scheme !== null && linkSchemes.has(scheme) ? address : null
}

/** The address of an image that may be loaded: `http(s):`, or a small picture written out in it. Files go by their hash instead. */
export function safeImageSource(value: unknown): string | null {
  if (typeof value === 'string' && value.startsWith('data:')) return safeImage(value)
  const address = plainAddress(value)
  const scheme = address === null ? null : schemeOf(address)
  return scheme === 'https:' || scheme === 'http:' ? address : null
}

/** The host of an image on another site: no page loads it, so that opening one tells nobody else that it was opened. Null for all others. */
export function otherSiteOf(source: string, ownOrigin: string): string | null {
  if (source.startsWith('data:')) return null
  const url = URL.parse(source)
  return url === null || url.origin === ownOrigin ? null : url.host
}

/** What somebody typed as an address: `plein.example` becomes `https://plein.example`, `noor@plein.example` a `mailto:`. */
export function hrefFromTyped(typed: string): string | null {
  const text = typed.trim()
  const asIs = safeHref(text)
  if (asIs !== null) return asIs
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)) return safeHref(`mailto:${text}`)
  if (/^[\w-]+(?:\.[\w-]+)+(?:[/?#:]\S*)?$/.test(text)) return safeHref(`https://${text}`)
  return null
}

/** Browsers drop control characters and spaces inside a scheme, so an address that has any is none. */
function plainAddress(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > longestAddress) return null
  const address = value.trim()
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
  return address === '' || /[\u0000-\u0020\u007f-\u00a0\u2028\u2029]/.test(address) ? null : address
}

function schemeOf(address: string): string | null {
  try {
    return new URL(address).protocol
  } catch {
    return null
  }
}
