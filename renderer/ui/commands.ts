import { useLayoutEffect, useSyncExternalStore } from 'react'
import type { TablerIcon } from '@tabler/icons-react'

/** Something that one can do by name in the palette, and by its keys. */
export interface Command {
  /** Stable, unique: `page.archive`. */
  readonly id: string
  readonly title: string
  /** Other words that one may type for it. */
  readonly words?: string
  readonly Icon?: TablerIcon
  /** Such as `Mod+K`, `Alt+Shift+N`, `?`: modifiers in this order, then a letter, digit, sign or the name of a key. */
  readonly keys?: string
  readonly group: CommandGroup
  /** Kept out of the palette, shown in the overview of shortcuts only. */
  readonly isKeysOnly?: boolean
  run(): void
}

export const commandGroups = ['make', 'page', 'space', 'go', 'window', 'organisation'] as const
export type CommandGroup = (typeof commandGroups)[number]

const registered = new Map<string, Command>()
const listeners = new Set<() => void>()
let all: readonly Command[] = []

/**
 * Offers commands while the component is there. Pass the same array until something in it changes. What is not possible now is
 * not offered: the palette shows no grey lines.
 */
export function useCommands(commands: readonly Command[]): void {
  // With what is drawn, as the keys are.
  useLayoutEffect(() => {
    for (const command of commands) registered.set(command.id, command)
    tell()
    return () => {
      for (const command of commands) if (registered.get(command.id) === command) registered.delete(command.id)
      tell()
    }
  }, [commands])
}

/** Everything that can be done now, in the order in which it was offered. */
export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(subscribe, allCommands)
}

export function allCommands(): readonly Command[] {
  return all
}

function tell(): void {
  all = [...registered.values()]
  for (const listener of listeners) listener()
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange)
  return () => {
    listeners.delete(onChange)
  }
}
