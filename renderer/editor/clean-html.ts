import DOMPurify from 'dompurify'
import { safeHref, safeImageSource } from './safe-address.ts'

const allowedTags = [
  'a',
  'aside',
  'b',
  'blockquote',
  'br',
  'code',
  'del',
  'details',
  'div',
  'em',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'hr',
  'i',
  'img',
  'input',
  'label',
  'li',
  'ol',
  'p',
  'pre',
  's',
  'span',
  'strike',
  'strong',
  'summary',
  'table',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'tr',
  'u',
  'ul',
]
const allowedAttributes = [
  'href',
  'src',
  'alt',
  'title',
  'colspan',
  'rowspan',
  'start',
  'type',
  'checked',
  'align',
  'width',
  'height',
  'class',
  'data-type',
  'data-checked',
  'data-file',
  'data-href',
  'data-pm-slice',
  'data-callout',
  'data-caption',
  'data-attachment',
  'data-name',
  'data-size',
  'data-mime',
  'data-page-link',
  'data-person',
]

/**
 * What of foreign HTML may reach the editor: structure and words. Links and images keep only addresses that the editor itself
 * would allow; without this, `javascript:` would still be read and dropped, but images would be fetched while parsing.
 */
export function cleanHtml(html: string): string {
  // Still in a document of its own, where nothing is fetched or run.
  const fragment = DOMPurify.sanitize(html, {
    ALLOWED_TAGS: allowedTags,
    ALLOWED_ATTR: allowedAttributes,
    ALLOW_DATA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|plein:|#|data:image\/)/i,
    KEEP_CONTENT: true,
    RETURN_DOM_FRAGMENT: true,
  })
  for (const element of fragment.querySelectorAll('[href], [src], [class]')) {
    keepAddress(element, 'href', safeHref)
    keepAddress(element, 'src', safeImageSource)
    keepLanguage(element)
  }
  const holder = fragment.ownerDocument.createElement('div')
  holder.append(fragment)
  return holder.innerHTML
}

/** Only code blocks say something with their class: the language. */
function keepLanguage(element: Element): void {
  const language = /(?:^|\s)(language-[\w+#.-]+)/.exec(element.getAttribute('class') ?? '')?.[1]
  if (language === undefined) element.removeAttribute('class')
  else element.setAttribute('class', language)
}

function keepAddress(element: Element, attribute: string, check: (value: unknown) => string | null): void {
  if (!element.hasAttribute(attribute)) return
  const address = check(element.getAttribute(attribute))
  if (address === null) element.removeAttribute(attribute)
  else element.setAttribute(attribute, address)
}
