import { createContext, useContext } from 'react'
import type { PageId, SpaceId } from '../../model/ids.ts'
import type { PageKind } from '../../model/kinds.ts'

/** The dialogs that any screen may ask for; `App` draws the one that is open. */
export type DialogRequest =
  | { readonly name: 'quick-open' }
  /** With a parent: a closed section of that space. */
  | { readonly name: 'create-space'; readonly parent?: SpaceId }
  | { readonly name: 'space-settings'; readonly spaceId: SpaceId }
  /** With a space: a guest for that space. */
  | { readonly name: 'invite'; readonly spaceId?: SpaceId }
  | { readonly name: 'shortcuts' }
  | { readonly name: 'create-page'; readonly spaceId: SpaceId; readonly parent: PageId | null; readonly kind: PageKind }
  | {
      readonly name: 'move-pages'
      readonly pages: readonly PageId[]
      /** Where they were dropped; null: one chooses. */
      readonly to: { readonly spaceId: SpaceId; readonly parent: PageId | null } | null
    }
  | { readonly name: 'page-icon' | 'deep-link'; readonly pageId: PageId }

export const DialogContext = createContext<(request: DialogRequest) => void>(() => undefined)

/** Opens a dialog by name, so that no feature needs to know another. */
export function useDialog(): (request: DialogRequest) => void {
  return useContext(DialogContext)
}
