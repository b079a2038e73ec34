export type HtmlToken =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'open'
      readonly name: string
      readonly attributes: ReadonlyMap<string, string>
      readonly raw: string
    }
  | { readonly kind: 'close'; readonly name: string; readonly raw: string }
  | { readonly kind: 'comment'; readonly text: string }

/**
 * Cuts HTML into tags, comments and text without building a tree. Whatever is no tag is text, so nothing is lost. Reads each
 * character a fixed number of times, whatever the input.
 */
export function readHtml(html: string): HtmlToken[] {
  const tokens: HtmlToken[] = []
  let textStart = 0
  let at = html.indexOf('<')
  while (at !== -1) {
    const read = readComment(html, at) ?? readTag(html, at)
    if (read === null) {
      at = html.indexOf('<', at + 1)
      continue
    }
    if (at > textStart) tokens.push({ kind: 'text', text: decodeEntities(html.slice(textStart, at)) })
    tokens.push(read.token)
    textStart = read.end
    at = html.indexOf('<', textStart)
  }
  if (textStart < html.length) tokens.push({ kind: 'text', text: decodeEntities(html.slice(textStart)) })
  return tokens
}

interface Read {
  readonly token: HtmlToken
  readonly end: number
}

const commentEnds: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<!', '>'],
  ['<?', '?>'],
]

function readComment(html: string, start: number): Read | null {
  const match = commentEnds.find(([opening]) => html.startsWith(opening, start))
  if (match === undefined) return null
  const [opening, ending] = match
  const found = html.indexOf(ending, start + opening.length)
  const end = found === -1 ? html.length : found
  const text = html.slice(start + opening.length, end).trim()
  return { token: { kind: 'comment', text }, end: found === -1 ? end : end + ending.length }
}

const tagName = /<(\/?)([A-Za-z][A-Za-z0-9-]*)/y
const attributeName = /[^\s"'<>/=]+/y
const bareValue = /[^\s"'=<>`]+/y

function readTag(html: string, start: number): Read | null {
  const found = matchAt(tagName, html, start)
  if (found === null) return null
  const name = (found[2] ?? '').toLowerCase()
  const attributes = new Map<string, string>()
  let at = start + found[0].length
  for (;;) {
    at = skipSpace(html, at)
    if (html[at] === '>') {
      const raw = html.slice(start, at + 1)
      const token: HtmlToken = found[1] === '/' ? { kind: 'close', name, raw } : { kind: 'open', name, attributes, raw }
      return { token, end: at + 1 }
    }
    if (html[at] === '/') {
      at++
      continue
    }
    const attribute = readAttribute(html, at)
    if (attribute === null) return null
    if (!attributes.has(attribute.name)) attributes.set(attribute.name, attribute.value)
    at = attribute.end
  }
}

function readAttribute(html: string, start: number): { name: string; value: string; end: number } | null {
  const found = matchAt(attributeName, html, start)
  if (found === null) return null
  const name = found[0].toLowerCase()
  const afterName = start + found[0].length
  const equals = skipSpace(html, afterName)
  if (html[equals] !== '=') return { name, value: '', end: afterName }
  const at = skipSpace(html, equals + 1)
  const quote = html[at]
  if (quote === '"' || quote === "'") {
    const end = html.indexOf(quote, at + 1)
    return end === -1 ? null : { name, value: decodeEntities(html.slice(at + 1, end)), end: end + 1 }
  }
  const value = matchAt(bareValue, html, at)
  return value === null ? null : { name, value: decodeEntities(value[0]), end: at + value[0].length }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function skipSpace(text: string, start: number): number {
  let at = start
  while (at < text.length && /\s/.test(text.charAt(at))) at++
  return at
}

/** Those that people type by hand; an unknown one stays as it stands. */
const namedCharacters: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  reg: '®',
  trade: '™',
  euro: '€',
  deg: '°',
  middot: '·',
  bull: '•',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  times: '×',
  larr: '←',
  rarr: '→',
  uarr: '↑',
  darr: '↓',
  eacute: 'é',
  egrave: 'è',
  ecirc: 'ê',
  euml: 'ë',
  iuml: 'ï',
  ouml: 'ö',
  uuml: 'ü',
  auml: 'ä',
  aacute: 'á',
  agrave: 'à',
  ccedil: 'ç',
  oacute: 'ó',
  iacute: 'í',
  uacute: 'ú',
  ntilde: 'ñ',
  szlig: 'ß',
  check: '✓',
  hearts: '♥',
  zwj: '\u200d',
  emsp: '\u2003',
  ensp: '\u2002',
  thinsp: '\u2009',
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,30}));/g, decodeEntity)
}

function decodeEntity(whole: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return Object.hasOwn(namedCharacters, name) ? (namedCharacters[name] ?? whole) : whole
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number.parseInt(decimal, 10)
  const isCharacter = code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff)
  return isCharacter ? String.fromCodePoint(code) : '\ufffd'
}
