import { useSyncExternalStore } from 'react'
import type { EditorMenus, MenusSnapshot } from './editor-menus.ts'

/** What floats over this editor now. */
export function useMenus(menus: EditorMenus): MenusSnapshot {
  return useSyncExternalStore(menus.subscribe, menus.snapshot)
}
