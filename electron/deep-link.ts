import type { PageId } from '../model/ids.ts'
import { parseId } from '../model/ids.ts'

export const deepLinkScheme = 'plein'

/** Parses `plein://page/<id>`; undefined for anything else. A deep link carries an opaque id and nothing more: no address, no verb, no text. */
export function parseDeepLink(link: unknown): PageId | undefined {
  if (typeof link !== 'string') return undefined
  // Windows and some browsers add a slash at the end.
  const [, id] = /^plein:\/\/page\/([a-z2-7]{26})\/?$/.exec(link) ?? []
  return parseId<PageId>(id)
}

/**
 * The page that a command line asks for. Only a lone link counts: a handler calls the app with exactly one, so two of them were
 * put together by somebody else.
 */
export function findDeepLink(argv: readonly string[]): PageId | undefined {
  const links = argv.filter((argument) => /^plein:/i.test(argument))
  return links.length === 1 ? parseDeepLink(links[0]) : undefined
}
