/** An expected outcome as a value: offline, forbidden, quota full and bad input are not exceptions. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E }

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

export function fail<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error }
}

/** Ends a closed union: a new member fails to compile here, and throws should one arrive at run time. */
export function unreachable(value: never): never {
  throw new Error(`Unreachable: ${String(value)}`)
}
