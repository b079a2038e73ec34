import { decodeUtf8 } from 'lib0/string'

/** Code page 437, in which a name stands where a zip does not say that it is UTF-8. */
const upperHalf =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ '

/**
 * The name of an entry. macOS and many scripts write UTF-8 without saying so: what is valid UTF-8 is taken for that, for
 * a name in code page 437 is that only by a rare accident.
 */
export function decodeName(bytes: Uint8Array): string {
  const utf8 = tryUtf8(bytes)
  return utf8 ?? Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : upperHalf[byte - 128])).join('')
}

function tryUtf8(bytes: Uint8Array): string | null {
  try {
    return decodeUtf8(bytes)
  } catch {
    // Not UTF-8: the other code page is the answer.
    return null
  }
}

const maxNameCharacters = 1000
/** Deeper than any folder that a person keeps. */
const maxDepth = 40

/**
 * The path as this app names it, with `/` between its parts; null for one that leads out of the folder, begins at a root
 * or a drive, or holds what no name has. Nothing is put right: what was meant by such a name is nobody's guess.
 */
export function safePath(name: string): string | null {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what no name may have
  if (name.length > maxNameCharacters || /[\u0000-\u001f\u007f]|^[a-z]:|^[/\\]/i.test(name)) return null
  const parts = name
    .normalize('NFC')
    .split(/[/\\]/)
    .filter((part) => part !== '' && part !== '.')
  if (parts.length === 0 || parts.length > maxDepth || parts.some((part) => /^\.\.+$/.test(part.trim()))) return null
  return parts.join('/')
}
