import { Node } from '@tiptap/core'
import type { NodeViewRenderer } from '@tiptap/core'
import { parseFileHash } from '../../model/ids.ts'

/** A file in the page, by the hash of its bytes. Its state is looked up where it is drawn; the page holds only what it is. */
export const Attachment = Node.create<{ readonly draw: NodeViewRenderer | null }>({
  name: 'attachment',
  group: 'block',
  atom: true,
  draggable: true,
  addOptions: () => ({ draw: null }),
  addAttributes() {
    const text = (name: string) => ({
      default: '',
      parseHTML: (element: HTMLElement) => element.getAttribute(`data-${name}`) ?? '',
      renderHTML: () => ({}),
    })
    return {
      file: { default: null, parseHTML: (element) => fileOf(element), renderHTML: () => ({}) },
      name: text('name'),
      size: { default: 0, parseHTML: (element) => sizeOf(element), renderHTML: () => ({}) },
      type: text('mime'),
    }
  },
  parseHTML: () => [{ tag: 'div[data-attachment]', getAttrs: (element) => (fileOf(element) === null ? false : null) }],
  renderHTML({ node: { attrs } }) {
    const { file, name, size, type } = attrs
    return ['div', { 'data-attachment': file, 'data-name': name, 'data-size': size, 'data-mime': type }, String(name)]
  },
  renderText: ({ node }) => String(node.attrs['name']),
  addNodeView() {
    return this.options.draw
  },
})

function fileOf(element: HTMLElement): string | null {
  return parseFileHash(element.getAttribute('data-attachment')) ?? null
}

function sizeOf(element: HTMLElement): number {
  const size = Number(element.getAttribute('data-size'))
  return Number.isSafeInteger(size) && size > 0 ? size : 0
}
