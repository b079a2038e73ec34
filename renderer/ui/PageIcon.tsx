import { IconFileText, IconFolder, IconNote, IconNotebook } from '@tabler/icons-react'
import type { PageKind } from '../../model/kinds.ts'

interface PageIconProps {
  readonly kind: PageKind
  /** An emoji that the page's writers chose. */
  readonly icon: string | null
  readonly hasChildren?: boolean
  readonly size?: number
}

/** What a page looks like in a list; decoration beside its title. */
export function PageIcon({ kind, icon, hasChildren = false, size = 16 }: PageIconProps) {
  if (icon !== null && icon !== '') {
    return (
      <span aria-hidden="true" style={{ fontSize: size - 2, inlineSize: size, lineHeight: 1, flex: 'none' }}>
        {icon}
      </span>
    )
  }
  const Icon = kind === 'note' ? IconNote : hasChildren ? IconFolder : kind === 'document' ? IconNotebook : IconFileText
  return <Icon size={size} stroke={1.75} aria-hidden="true" style={{ flex: 'none' }} />
}
