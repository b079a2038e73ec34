const longestName = 200

/**
 * The name of a file as others may see it: no folders, no control characters, nothing that turns the direction of writing around
 * to hide an ending. May be empty.
 */
export function cleanFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .normalize('NFC')
    // oxlint-disable-next-line no-control-regex -- control characters are exactly what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]|\p{Cs}/gu, '')
    .trim()
  if ([...plain].length <= longestName) return plain === '.' || plain === '..' ? '' : plain
  const ending = /\.[^.\s]{1,12}$/u.exec(plain)?.[0] ?? ''
  return `${[...plain].slice(0, longestName - ending.length).join('')}${ending}`
}

/** `Content-Disposition` for a download under this name (RFC 6266). */
export function dispositionOf(kind: 'inline' | 'attachment', name: string): string {
  if (name === '') return kind
  const ascii = name.replace(/[^ -~]|["\\%;]/g, '_')
  const exact = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${exact}`
}
