import { Node } from '@tiptap/core'
import type { NodeViewRenderer } from '@tiptap/core'
import { parseId } from '../../model/ids.ts'

interface LiveNodeOptions {
  readonly draw: NodeViewRenderer | null
}

/** A link whose words are the title of the page that it leads to, as it is now. */
export const PageLinkNode = Node.create<LiveNodeOptions>({
  name: 'pageLink',
  group: 'inline',
  inline: true,
  atom: true,
  addOptions: () => ({ draw: null }),
  addAttributes: () => ({ page: idAttribute('data-page-link'), label: labelAttribute(/^/) }),
  // Before the mark of a link, which would take the same element.
  parseHTML: () => [
    { tag: 'a[data-page-link]', priority: 100, getAttrs: (element) => hasId(element, 'data-page-link') },
  ],
  renderHTML: ({ node: { attrs } }) => [
    'a',
    { 'data-page-link': attrs['page'], href: `plein:page/${String(attrs['page'])}#~title` },
    String(attrs['label']),
  ],
  renderText: ({ node }) => String(node.attrs['label']),
  addNodeView() {
    return this.options.draw
  },
})

/** A person, by their name as it is now. */
export const Mention = Node.create<LiveNodeOptions>({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  addOptions: () => ({ draw: null }),
  addAttributes: () => ({ person: idAttribute('data-person'), label: labelAttribute(/^@/) }),
  parseHTML: () => [{ tag: 'span[data-person]', getAttrs: (element) => hasId(element, 'data-person') }],
  renderHTML: ({ node: { attrs } }) => ['span', { 'data-person': attrs['person'] }, `@${String(attrs['label'])}`],
  renderText: ({ node }) => `@${String(node.attrs['label'])}`,
  addNodeView() {
    return this.options.draw
  },
})

function idAttribute(name: string) {
  return {
    default: null,
    parseHTML: (element: HTMLElement) => parseId(element.getAttribute(name)) ?? null,
    renderHTML: () => ({}),
  }
}

function labelAttribute(sign: RegExp) {
  return {
    default: '',
    parseHTML: (element: HTMLElement) => element.textContent.trim().replace(sign, ''),
    renderHTML: () => ({}),
  }
}

function hasId(element: HTMLElement, name: string): false | null {
  return parseId(element.getAttribute(name)) === undefined ? false : null
}
