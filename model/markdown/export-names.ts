/** Characters that some file system or some Markdown reader takes for something else. */
// oxlint-disable-next-line no-control-regex -- control characters are exactly what no name may have
const unsafe = /[\u0000-\u001f\u007f/\\:*?"<>|#%^[\]{}`\u2028\u2029\uFEFF\u200e\u200f\u202a-\u202e]+/g
/** What Windows keeps for devices, whatever the ending. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i

const maxBytes = 80

/**
 * A title as the name of a file or folder, without ending: the same on every system, short enough for ten folders in one path.
 * `fallback` where nothing of the title is left.
 */
export function nameOfTitle(title: string, fallback: string): string {
  const words = title.normalize('NFC').replaceAll(unsafe, ' ').replaceAll(/\s+/g, ' ').trim()
  const name = shorten(words)
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '')
  if (name === '') return fallback
  return devices.test(name) ? `${name}_` : name
}

function shorten(words: string): string {
  let name = ''
  let bytes = 0
  for (const character of words) {
    bytes += bytesOf(character)
    if (bytes > maxBytes) break
    name += character
  }
  return name
}

function bytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code < 0x10000 ? 3 : 4
}

/** Gives names within one folder, each once: a second `Plan` becomes `Plan (2)`, also where only the case differs. */
export class FolderNames {
  readonly #taken: Set<string>

  constructor(reserved: readonly string[]) {
    this.#taken = new Set(reserved.map((name) => name.toLowerCase()))
  }

  give(name: string): string {
    let given = name
    for (let number = 2; this.#taken.has(given.toLowerCase()); number += 1) given = `${name} (${number})`
    this.#taken.add(given.toLowerCase())
    return given
  }
}

/** The way from one file of the export to another, as a link in Markdown writes it. */
export function relativeAddress(from: string, to: string): string {
  const [start, end] = [from.split('/').slice(0, -1), to.split('/')]
  let common = 0
  while (common < start.length && common < end.length - 1 && start[common] === end[common]) common += 1
  const up = start.slice(common).map(() => '..')
  return [...up, ...end.slice(common)].map((part) => encodeAddress(part)).join('/')
}

/** Also what would end the address within brackets or quotes. */
function encodeAddress(part: string): string {
  return encodeURIComponent(part).replaceAll(/[!'()*~_]/g, (character) => {
    return character === '_' || character === '~'
      ? character
      : `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`
  })
}
