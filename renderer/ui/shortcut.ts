/** Whether the keys of a shortcut were pressed, and how they are written. */

/** What a keydown tells. */
export interface PressedKeys {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

export function isMac(platform: string): boolean {
  return /^(mac|iphone|ipad)/i.test(platform)
}

/** `Mod` is Ctrl, or Cmd on a Mac. Letters and digits count by their place on the keyboard too: with Alt a Mac writes other signs. */
export function isPressed(keys: string, pressed: PressedKeys, onMac: boolean): boolean {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  const mod = onMac ? pressed.metaKey : pressed.ctrlKey
  const other = onMac ? pressed.ctrlKey : pressed.metaKey
  if (mod !== parts.includes('Mod') || other || pressed.altKey !== parts.includes('Alt')) return false
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key)
  // Where a sign stands on a keyboard, and whether it takes Shift, differs from country to country.
  if (isSign) return pressed.key === key
  if (pressed.shiftKey !== parts.includes('Shift')) return false
  return (
    pressed.key.toLowerCase() === key.toLowerCase() ||
    pressed.code === `Key${key.toUpperCase()}` ||
    pressed.code === `Digit${key}`
  )
}

/** A key alone, without Ctrl, Cmd or Alt: it must be possible to switch these off (WCAG 2.1.4). */
export function isSingleKey(keys: string): boolean {
  return !/Mod\+|Alt\+/.test(keys)
}

const signs: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Enter: '↵',
}

/** As `aria-keyshortcuts` has it: `Control+Shift+K`. */
export function shortcutForReaders(keys: string, onMac: boolean): string {
  return keys.replace('Mod', onMac ? 'Meta' : 'Control')
}

/** As it stands in menus: `Ctrl Shift K`, or `⌘ ⇧ K` on a Mac. */
export function shortcutWords(keys: string, onMac: boolean): string {
  const modifiers: Readonly<Record<string, string>> = onMac
    ? { Mod: '⌘', Alt: '⌥', Shift: '⇧' }
    : { Mod: 'Ctrl', Alt: 'Alt', Shift: 'Shift' }
  return keys
    .split('+')
    .map((part) => modifiers[part] ?? signs[part] ?? part)
    .join(' ')
}
