import type { NodeViewRenderer } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { parseId } from '../../model/ids.ts'
import type { PageId, PersonId } from '../../model/ids.ts'
import type { Live } from '../documents/plein.ts'
import type { PageSurroundings } from './page-surroundings.ts'

/** Draws a page link with the title of its page as it is now, and again when that changes. */
export function pageLinkView(around: () => PageSurroundings | undefined, missing: string): NodeViewRenderer {
  return ({ node }) => {
    const id = parseId<PageId>(node.attrs['page'])
    const link = document.createElement('a')
    link.dataset['pageLink'] = id ?? ''
    if (id !== undefined) link.href = `#/page/${id}`
    return liveView(link, node, id === undefined ? undefined : around()?.pageTitle(id), { sign: '', missing })
  }
}

/** Draws a mention with the person's name as it is now. */
export function mentionView(around: () => PageSurroundings | undefined): NodeViewRenderer {
  return ({ node }) => {
    const id = parseId<PersonId>(node.attrs['person'])
    const element = document.createElement('span')
    element.dataset['person'] = id ?? ''
    return liveView(element, node, id === undefined ? undefined : around()?.personName(id), { sign: '@', missing: '' })
  }
}

function liveView(
  dom: HTMLElement,
  drawn: Node,
  live: Live<string | null> | undefined,
  { sign, missing }: { readonly sign: string; readonly missing: string },
) {
  const draw = () => {
    const now = live?.snapshot() ?? null
    const label = String(drawn.attrs['label'])
    const words = now === null || now === '' ? label : now
    dom.textContent = `${sign}${words}`
    dom.toggleAttribute('data-gone', now === null)
    if (now === null && missing !== '') dom.title = missing
    else dom.removeAttribute('title')
  }
  // Joined first: without anybody listening, each look at the lists would read them anew.
  const stop = live?.subscribe(draw)
  draw()
  return {
    dom,
    update: (node: Node) => node.type === drawn.type && node.hasMarkup(drawn.type, drawn.attrs),
    ignoreMutation: () => true,
    destroy: () => stop?.(),
  }
}
