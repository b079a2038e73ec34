/** Bytes `start` to `end`, both included, as in `Content-Range`. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * What of a file a request wants: one range (RFC 9110), `null` for all of it, `unsatisfiable` where no such bytes exist.
 * Several ranges at once, other units and whatever cannot be read are answered with the whole, which is always allowed.
 */
export function rangeOf(header: string | undefined, sizeBytes: number): ByteRange | null | 'unsatisfiable' {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return null
  if (first === '') {
    const length = Math.min(Number(last), sizeBytes)
    return length === 0 ? 'unsatisfiable' : { start: sizeBytes - length, end: sizeBytes - 1 }
  }
  const start = Number(first)
  const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1)
  if (last !== '' && Number(last) < start) return null
  return start >= sizeBytes ? 'unsatisfiable' : { start, end }
}
