import { isPageIconName, pageIcons } from './page-icons.ts'
import { hashOf } from './portraits.ts'
import classes from './SpaceMark.module.css'

// Slate is left out: it is the colour of what stands in the background.
const colours = ['delft', 'plum', 'brick', 'teal', 'ochre', 'moss', 'rose'] as const

interface SpaceMarkProps {
  readonly spaceId: string
  readonly name: string
  readonly size?: number
  /** A name of `page-icons.ts`; another or none: the first letter. */
  readonly icon?: string | null
}

/** The square of a space with its icon or first letter; decoration beside the space's name. */
export function SpaceMark({ spaceId, name, size = 18, icon = null }: SpaceMarkProps) {
  const colour = colours[hashOf(spaceId) % colours.length] ?? 'delft'
  const letter = [...name.trim()][0]?.toLocaleUpperCase() ?? '·'
  const Icon = icon !== null && isPageIconName(icon) ? pageIcons[icon] : undefined
  return (
    <span
      className={classes['mark']}
      style={{ inlineSize: size, blockSize: size, fontSize: size * 0.61, background: `var(--p-${colour})` }}
      data-letter={Icon === undefined ? letter : ''}
      aria-hidden="true"
    >
      {Icon !== undefined && <Icon size={size * 0.66} stroke={2} />}
    </span>
  )
}
