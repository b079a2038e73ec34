import { mergeAttributes } from '@tiptap/core'
import type { Extensions, NodeViewRenderer } from '@tiptap/core'
import { CodeBlock } from '@tiptap/extension-code-block'
import { Image } from '@tiptap/extension-image'
import { Link } from '@tiptap/extension-link'
import { ListItem, TaskItem, TaskList } from '@tiptap/extension-list'
import { TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import { StarterKit } from '@tiptap/starter-kit'
import Code from '@tiptap/extension-code'
import { imageAlignOf } from '../../model/page-content.ts'
import type { CalloutKind } from '../../model/page-content.ts'
import { Attachment } from './attachment.ts'
import { Callout } from './callout.ts'
import { Mention, PageLinkNode } from './live-nodes.ts'
import { Toggle, ToggleContent, ToggleSummary } from './toggle.ts'
import { safeHref, safeImageSource } from './safe-address.ts'
import { SharedTable } from './shared-table.ts'

/** What the nodes of a page need in order to be drawn; nothing where only the schema is wanted. */
export interface PageExtensionOptions {
  readonly taskLabel?: (text: string) => string
  readonly calloutLabel?: (kind: CalloutKind) => string
  readonly toggleLabel?: string
  readonly drawImage?: NodeViewRenderer
  readonly drawAttachment?: NodeViewRenderer
  readonly drawPageLink?: NodeViewRenderer
  readonly drawMention?: NodeViewRenderer
}

/**
 * The nodes and marks of a page with their keys and Markdown shortcuts, and nothing more: names, attributes and content must
 * equal `model/page-content.ts`, which a test compares in both directions.
 */
export function pageExtensions(options: PageExtensionOptions = {}): Extensions {
  const { taskLabel, calloutLabel, toggleLabel, drawImage, drawAttachment, drawPageLink, drawMention } = options
  return [
    StarterKit.configure({
      heading: { levels: [1, 2, 3] },
      // The document keeps its own history (page-undo.ts), and a trailing paragraph would be a write by merely opening a page.
      undoRedo: false,
      trailingNode: false,
      codeBlock: false,
      code: false,
      link: false,
      listItem: false,
    }),
    PageCode,
    PageCodeBlock,
    PageLink.configure({ openOnClick: false, autolink: false, linkOnPaste: false }),
    ListItem.extend({ content: 'block+' }),
    TaskList,
    PageTaskItem.configure({
      nested: true,
      a11y: { checkboxLabel: ({ textContent }) => taskLabel?.(textContent) ?? textContent },
    }),
    SharedTable.configure({ resizable: true, cellMinWidth: 64 }),
    TableRow,
    TableHeader,
    TableCell,
    drawImage === undefined ? PageImage : PageImage.extend({ addNodeView: () => drawImage }),
    calloutLabel === undefined ? Callout : Callout.configure({ label: calloutLabel }),
    Toggle.configure({
      renderToggleButton: ({ element, isOpen }) => {
        element.setAttribute('aria-expanded', String(isOpen))
        element.setAttribute('aria-label', toggleLabel ?? '')
      },
    }),
    ToggleSummary,
    ToggleContent,
    Attachment.configure({ draw: drawAttachment ?? null }),
    PageLinkNode.configure({ draw: drawPageLink ?? null }),
    Mention.configure({ draw: drawMention ?? null }),
  ]
}

/** The stock task writes its label twice, once as hidden words that find-in-page and copying come across. */
const PageTaskItem = TaskItem.extend({
  content: 'block+',
  addNodeView() {
    const render = this.parent?.()
    if (typeof render !== 'function') return null
    return (properties) => {
      const view = render(properties)
      if (view.dom instanceof HTMLElement) view.dom.querySelector('label > span')?.remove()
      return view
    }
  },
})

/** Code may stand inside links and bold text, as Markdown allows. */
const PageCode = Code.extend({ excludes: 'code' })

/** Tab writes two spaces in code, since leaving the block by accident costs more than the way out (arrow down, Enter three times). */
const PageCodeBlock = CodeBlock.configure({ enableTabIndentation: true, tabSize: 2 })

/** A link without a target of its own. An address that is not allowed stays in the document, but is drawn as plain text. */
const PageLink = Link.extend({
  inclusive: false,
  addOptions() {
    const inherited = this.parent?.()
    return {
      ...mustHave(inherited),
      HTMLAttributes: { target: null, rel: null, class: null },
      isAllowedUri: (address: string) => safeHref(address) !== null,
    }
  },
  renderHTML({ HTMLAttributes }) {
    const href = safeHref(HTMLAttributes['href'])
    if (href === null) return ['span', { 'data-refused-link': '' }, 0]
    return ['a', { href, rel: 'noopener noreferrer', title: HTMLAttributes['title'] }, 0]
  },
})

/** An image in the line: an uploaded file by its hash, or an address. */
const PageImage = Image.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      file: { default: null, parseHTML: (element) => element.getAttribute('data-file'), renderHTML: () => ({}) },
      href: { default: null, parseHTML: (element) => element.getAttribute('data-href'), renderHTML: () => ({}) },
      caption: { default: null, parseHTML: (element) => element.getAttribute('data-caption'), renderHTML: () => ({}) },
      align: {
        default: null,
        parseHTML: (element) => imageAlignOf(element.getAttribute('align')),
        renderHTML: () => ({}),
      },
    }
  },
  parseHTML() {
    return [
      { tag: 'img[data-file]' },
      { tag: 'img[src]', getAttrs: (image) => (safeImageSource(image.getAttribute('src')) === null ? false : null) },
    ]
  },
  renderHTML({ node, HTMLAttributes }) {
    const { file, href, caption, align } = node.attrs
    const src = safeImageSource(HTMLAttributes['src'])
    return [
      'img',
      mergeAttributes(HTMLAttributes, { src, align, 'data-file': file, 'data-href': href, 'data-caption': caption }),
    ]
  },
}).configure({ inline: true })

function mustHave<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The extension that this one extends has no options')
  return value
}
