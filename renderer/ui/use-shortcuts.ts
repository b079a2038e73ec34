import { useLayoutEffect } from 'react'
import { allCommands } from './commands.ts'
import { isMac, isPressed, isSingleKey, shortcutWords } from './shortcut.ts'
import { readStored } from './use-stored.ts'

/** Stored as `off` where this person wants no shortcuts of one key. */
export const singleKeysSetting = 'plein.single-keys'

/** Runs the command whose keys are pressed, unless what has the focus took them. */
export function useShortcuts(): void {
  // With what is drawn, not after it: who sees the app can use its keys.
  useLayoutEffect(() => {
    const onMac = isMac(navigator.platform)
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const command = allCommands().find(({ keys }) => keys !== undefined && isPressed(keys, event, onMac))
      if (command?.keys === undefined) return
      if (isSingleKey(command.keys) && (isWriting(event.target) || readStored(singleKeysSetting) === 'off')) return
      // Behind an open dialog nothing happens; the palette itself is a dialog that its own keys close.
      if (command.id !== 'search.open' && document.querySelector('[role="dialog"]') !== null) return
      event.preventDefault()
      command.run()
    }
    addEventListener('keydown', onKeyDown)
    return () => {
      removeEventListener('keydown', onKeyDown)
    }
  }, [])
}

/** The keys of a shortcut as they are written on this computer. */
export function keysHere(keys: string): string {
  return shortcutWords(keys, isMac(navigator.platform))
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches('input, textarea, select, [role="textbox"]')
}
