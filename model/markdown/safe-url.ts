/** Larger pictures belong in a file of their own, not in the text that every keystroke shares a document with. */
const maxDataImageCharacters = 64 * 1024

const scheme = /^([a-z][a-z0-9+.-]*):/i
const dataImage = /^data:image\/(?:png|jpeg|gif|webp);base64,[a-z0-9+/=]+$/i
const fileAddress = /^plein:file\/([0-9a-f]{64})$/

/** Schemes that a link may open: the web, mail, and pages and files of Plein itself. */
const linkSchemes: readonly string[] = ['http', 'https', 'mailto', 'plein']

/**
 * The address as it may be stored and drawn, null where it must become plain text. Browsers ignore spaces and control
 * characters inside a scheme, so these are taken out before judging. An address without a host's scheme (`//host/x`) becomes https.
 */
export function safeLink(url: string): string | null {
  const address = withoutControls(url)
  if (address === '') return null
  if (/^[/\\]{2}/.test(address)) return `https://${address.replace(/^[/\\]+/, '')}`
  const name = scheme.exec(address)?.[1]?.toLowerCase()
  return name === undefined || linkSchemes.includes(name) ? address : null
}

/** As `safeLink`, for pictures: no mail, and small pictures that are written out in the address itself. */
export function safeImage(url: string): string | null {
  const address = withoutControls(url)
  if (address.length <= maxDataImageCharacters && dataImage.test(address)) return address
  const safe = safeLink(address)
  return safe !== null && !safe.toLowerCase().startsWith('mailto:') ? safe : null
}

/** The SHA-256 in `plein:file/<hash>`, which is how an uploaded file is named in exported text. */
export function fileOfAddress(url: string): string | null {
  return fileAddress.exec(url)?.[1] ?? null
}

function withoutControls(url: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what must go
  return url.replaceAll(/[\u0000-\u001f\u007f]/g, '').trim()
}
