import { Extension } from '@tiptap/core'
import { NodeSelection, Plugin } from '@tiptap/pm/state'
import { safeHref } from './safe-address.ts'

/**
 * Links never navigate by themselves: Mod-click while writing, a plain click while reading, and `onOpenLink` decides. A page link has
 * no words to put the caret in, so a plain click opens it at once; so does Mod-Enter when it is selected.
 */
export function links(onOpenLink: (href: string) => void): Extension {
  return Extension.create({
    name: 'links',
    addKeyboardShortcuts() {
      return {
        'Mod-Enter': ({ editor: { state } }) => {
          const { selection } = state
          const node = selection instanceof NodeSelection ? selection.node : selection.$from.nodeBefore
          const page: unknown = node?.type.name === 'pageLink' ? node.attrs['page'] : null
          if (typeof page !== 'string') return false
          onOpenLink(`#/page/${page}`)
          return true
        },
      }
    },
    addProseMirrorPlugins() {
      const open = (event: MouseEvent): boolean => {
        const link = event.target instanceof Element ? event.target.closest('a') : null
        if (link === null) return false
        event.preventDefault()
        const href = safeHref(link.getAttribute('href'))
        const isPageLink = link.dataset['pageLink'] !== undefined
        const isMeant = isPageLink || !this.editor.isEditable || event.ctrlKey || event.metaKey
        if (href === null || !isMeant || event.button > 1) return false
        onOpenLink(href)
        return true
      }
      return [
        new Plugin({
          props: { handleDOMEvents: { click: (_view, event) => open(event), auxclick: (_view, event) => open(event) } },
        }),
      ]
    },
  })
}
