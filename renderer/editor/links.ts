import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import { safeHref } from './safe-address.ts'

/** Links never navigate by themselves: Mod-click while writing, a plain click while reading, and `onOpenLink` decides. */
export function links(onOpenLink: (href: string) => void): Extension {
  return Extension.create({
    name: 'links',
    addProseMirrorPlugins() {
      const open = (event: MouseEvent): boolean => {
        const link = event.target instanceof Element ? event.target.closest('a') : null
        if (link === null) return false
        event.preventDefault()
        const href = safeHref(link.getAttribute('href'))
        const isMeant = !this.editor.isEditable || event.ctrlKey || event.metaKey
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
