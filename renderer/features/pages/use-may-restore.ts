import type { PageSnapshot } from '../../documents/plein.ts'
import { useMayInSpace } from '../../documents/use-may.ts'
import { useSpace } from '../../documents/use-spaces.ts'

/** Whether this person may put an archived page back: a note its author, any other page an editor. */
export function useMayRestore(page: Pick<PageSnapshot, 'kind' | 'spaceId'>): boolean {
  const may = useMayInSpace()
  const space = useSpace(page.spaceId)?.space
  return space !== undefined && may(page.kind === 'note' ? 'create-authored-page' : 'create-shared-page', space)
}
