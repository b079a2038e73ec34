import { Kbd } from './Kbd.tsx'
import { isMac, shortcutForReaders } from './shortcut.ts'
import { keysHere } from './use-shortcuts.ts'

/** What an item of a menu says of the keys that do the same, on the right and to screen readers; nothing where there are none. */
export function menuKeys(keys: string | undefined) {
  if (keys === undefined) return {}
  return {
    rightSection: (
      <span aria-hidden="true">
        <Kbd>{keysHere(keys)}</Kbd>
      </span>
    ),
    'aria-keyshortcuts': shortcutForReaders(keys, isMac(navigator.platform)),
  }
}
