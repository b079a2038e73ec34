/** Where a link in a page leads: within this app, or out of it. */
export type LinkTarget = { readonly inside: string } | { readonly outside: string }

/** A link to this app, whole or only its part behind `#`, stays inside; everything else goes to the system. */
export function linkTarget(href: string, here: string): LinkTarget {
  const page = /^plein:(?:\/\/)?page\/([a-z2-7]{26})(?:#.*)?$/.exec(href)?.[1]
  if (page !== undefined) return { inside: `/page/${page}` }
  const url = URL.parse(href, here)
  if (url === null) return { outside: href }
  const isOwn = url.href.split('#')[0] === here.split('#')[0]
  return isOwn && url.hash.startsWith('#/') ? { inside: url.hash.slice(1) } : { outside: url.href }
}
