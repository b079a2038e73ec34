import type { PageMark } from '../page-content.ts'

/** Tags that have a mark of their own in a page. */
const markTags: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  cite: 'italic',
  dfn: 'italic',
  var: 'italic',
  s: 'strike',
  del: 'strike',
  strike: 'strike',
  u: 'underline',
  ins: 'underline',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  tt: 'code',
}

export function markOfTag(name: string): PageMark | null {
  const type = Object.hasOwn(markTags, name) ? markTags[name] : undefined
  return type === undefined ? null : { type }
}

/** Tags that begin and end a paragraph, and say nothing else to a page. */
export const breakingTags: ReadonlySet<string> = new Set(
  (
    'address article aside body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset ' +
    'header html legend main menu nav noscript optgroup option p section select summary tbody tfoot thead'
  ).split(' '),
)

/** Tags that become a node with children; a page takes them only where they are closed again. */
export const structuralTags: ReadonlySet<string> = new Set('ul ol li blockquote pre table tr td th'.split(' '))

/** Tags without an end. */
export const voidTags: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
)

/** What embeds something by its address; it becomes a link to that address. */
export const embeddingTags: ReadonlySet<string> = new Set('audio embed iframe video'.split(' '))

/** Tags that only dress the words inside them. */
const dressingTags: ReadonlySet<string> = new Set(
  (
    'a abbr acronym bdi bdo big button canvas colgroup data datalist font head img label map mark meter object output picture ' +
    'progress q rp rt ruby script small span style sub sup svg template textarea time title'
  ).split(' '),
)

/** Whether HTML has this tag at all: `<version>` in a manual is a word, not a tag. */
export function isHtmlTag(name: string): boolean {
  return (
    Object.hasOwn(markTags, name) ||
    breakingTags.has(name) ||
    structuralTags.has(name) ||
    voidTags.has(name) ||
    embeddingTags.has(name) ||
    dressingTags.has(name) ||
    /^h[1-6]$/.test(name)
  )
}
