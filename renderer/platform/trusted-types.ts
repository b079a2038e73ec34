import DOMPurify from 'dompurify'
import { findOwnScript } from './own-scripts.ts'

/** The part of the Trusted Types API that is used here; TypeScript's DOM library does not know it. */
interface TrustedTypes {
  readonly defaultPolicy: unknown
  createPolicy(name: 'default', rules: TrustedTypesRules): unknown
}

interface TrustedTypesRules {
  createHTML(html: string): string | null
  createScriptURL(address: string): string | null
  createScript(script: string): string | null
}

declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypes
  }
}

/**
 * Installs the policy that every string meets on its way into the page. Call it before anything draws.
 * A browser without Trusted Types (there the content security policy cannot ask for them) goes on as it is.
 */
export function installTrustedTypes(): void {
  const { trustedTypes } = window
  if (trustedTypes === undefined || trustedTypes.defaultPolicy !== null) return
  trustedTypes.createPolicy('default', makeRules(sanitize, location.origin))
}

// DOMPurify's own pattern, with our links to pages and without what opens other programs. Relative addresses pass, `javascript:` never does.
const allowedAddresses = /^(?:(?:https?|mailto|plein):|[^a-z]|[a-z+.-]+(?:[^a-z+.:-]|$))/i

function sanitize(html: string): string {
  return DOMPurify.sanitize(html, { ALLOWED_URI_REGEXP: allowedAddresses })
}

/** The rules of the policy: text without `<` is no markup and passes unchanged (style sheets, mostly), the rest is sanitised. */
export function makeRules(clean: (html: string) => string, origin: string): TrustedTypesRules {
  return {
    createHTML: (html) => (html.includes('<') ? clean(html) : html),
    createScriptURL: (address) => findOwnScript(address, origin),
    // Null refuses: no text ever becomes a script.
    createScript: () => null,
  }
}
