/**
 * The one content security policy, for the desktop (sent by `electron/app-protocol.ts`) and for the browser (sent by the sync server).
 * Reasons stand in docs/decisions/0011-content-security-policy.md.
 */
export type Edition = 'desktop' | 'browser'

/** The policies that `renderer/platform/trusted-types.ts` and DOMPurify create; no other can be made. */
export const trustedTypesPolicies = ['default', 'dompurify'] as const

// On the desktop people join servers of any organisation, so addresses cannot be listed beforehand: TLS anywhere, plain text on this computer only.
const desktopServers = [
  'https:',
  'wss:',
  'http://127.0.0.1:*',
  'ws://127.0.0.1:*',
  'http://localhost:*',
  'ws://localhost:*',
]

/** The value of the `Content-Security-Policy` header. */
export function contentSecurityPolicy(edition: Edition): string {
  const servers = edition === 'desktop' ? desktopServers : []
  return [
    "default-src 'none'",
    // WebAssembly: SQLite for search. Not 'unsafe-eval'.
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    // Mantine and the editor write style elements and attributes.
    "style-src 'self' 'unsafe-inline'",
    // Nothing from elsewhere: opening a page tells no third party that it was opened.
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self' data:",
    ["connect-src 'self'", ...servers].join(' '),
    "manifest-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${trustedTypesPolicies.join(' ')}`,
  ].join('; ')
}

/** Every security header of the app's own files, in lower case. */
export function securityHeaders(edition: Edition): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentSecurityPolicy(edition),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  }
}
