import { IconFileText, IconFolder, IconNote, IconNotebook } from '@tabler/icons-react'
import { createElement } from 'react'
import type { PageKind } from '../../model/kinds.ts'
import { isPageIconName, pageIcons } from './page-icons.ts'

interface PageIconProps {
  readonly kind: PageKind
  /** What the page's writers chose: a name of `page-icons.ts`, or an emoji that came along with an import. */
  readonly icon: string | null
  readonly hasChildren?: boolean
  readonly size?: number
}

/** What a page looks like in a list; decoration beside its title. */
export function PageIcon({ kind, icon, hasChildren = false, size = 16 }: PageIconProps) {
  if (icon !== null && isEmoji(icon)) {
    return (
      <span aria-hidden="true" style={{ fontSize: size - 2, inlineSize: size, lineHeight: 1, flex: 'none' }}>
        {icon}
      </span>
    )
  }
  const props = { size, stroke: 1.75, 'aria-hidden': true, style: { flex: 'none' } } as const
  return createElement(iconOf(kind, icon, hasChildren), props)
}

function iconOf(kind: PageKind, icon: string | null, hasChildren: boolean): typeof IconNote {
  if (icon !== null && isPageIconName(icon)) return pageIcons[icon]
  if (kind === 'note') return IconNote
  if (hasChildren) return IconFolder
  return kind === 'document' ? IconNotebook : IconFileText
}

/** One pictograph and nothing else: what others stored here is not to fill a list with text. */
function isEmoji(icon: string): boolean {
  return (
    icon.length <= 16 &&
    /^\p{Extended_Pictographic}(\p{Emoji_Modifier}|\uFE0F|\u200D\p{Extended_Pictographic})*$/u.test(icon)
  )
}
