import { hashOf } from './portraits.ts'
import classes from './SpaceMark.module.css'

// Slate is left out: it is the colour of what stands in the background.
const colours = ['delft', 'plum', 'brick', 'teal', 'ochre', 'moss', 'rose'] as const

/** The square of a space with its first letter; decoration beside the space's name. */
export function SpaceMark({ spaceId, name, size = 18 }: { spaceId: string; name: string; size?: number }) {
  const colour = colours[hashOf(spaceId) % colours.length] ?? 'delft'
  const letter = [...name.trim()][0]?.toLocaleUpperCase() ?? '·'
  return (
    <span
      className={classes['mark']}
      style={{ inlineSize: size, blockSize: size, fontSize: size * 0.61, background: `var(--p-${colour})` }}
      data-letter={letter}
      aria-hidden="true"
    />
  )
}
