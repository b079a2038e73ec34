declare const brand: unique symbol

/** An address that may be handed to the operating system: `https:` or `mailto:`, in the normal form that `new URL(x).href` gives. */
export type ExternalLink = string & { readonly [brand]: 'external-link' }

/** Longer addresses exist, but not in what people write; some systems cut or crash on them. */
const longestLink = 2048

// Only printable ASCII without space, quotes, `<`, `>`, `\`, `^`, backtick, `{`, `|`, `}`: what a normal form never holds unescaped,
// and what a shell or a registered handler could take for more than an address. Host without user name: `https://bank@evil` is no link.
const httpsPattern =
  /^https:\/\/(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*\.?|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?(?:[/?#][!#$%&'()*+,./0-9:;=?@A-Z[\]_a-z~-]*)?$/
const mailtoPattern = /^mailto:[!$%&'*+,./0-9:;=?@A-Z_a-z~-]+$/

/**
 * Parses an address from outside; undefined for every other scheme and for anything that is not in normal form.
 * A `mailto:` that would attach a file of this laptop is refused: some mail programs obey it.
 */
export function parseExternalLink(value: unknown): ExternalLink | undefined {
  if (typeof value !== 'string' || value.length > longestLink) return undefined
  if (httpsPattern.test(value)) return value as ExternalLink
  if (mailtoPattern.test(value) && !/[?&;][^=]*att/i.test(value)) return value as ExternalLink
  return undefined
}
