/** How many bytes from the start `sniffMediaType` looks at. */
export const sniffBytes = 32

/** Images that a browser may draw in place: bitmaps only, never SVG, which can hold a script. */
export const inlineTypes: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']

/** The media type by the content alone: a name and a header are anybody's claim. */
export function sniffMediaType(head: Uint8Array): string {
  const text = String.fromCharCode(...head)
  if (text.startsWith('\u0089PNG\r\n\u001a\n')) return 'image/png'
  if (text.startsWith('\u00ff\u00d8\u00ff')) return 'image/jpeg'
  if (/^GIF8[79]a/.test(text)) return 'image/gif'
  if (/^RIFF[\s\S]{4}WEBP/.test(text)) return 'image/webp'
  if (text.slice(4, 8) === 'ftyp') return /avif|avis/.test(text.slice(8)) ? 'image/avif' : 'video/mp4'
  if (text.startsWith('%PDF-')) return 'application/pdf'
  if (text.startsWith('\u001a\u0045\u00df\u00a3')) return 'video/webm'
  if (text.startsWith('PK\u0003\u0004')) return 'application/zip'
  return 'application/octet-stream'
}
