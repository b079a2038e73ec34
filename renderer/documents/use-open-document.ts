import { useMemo } from 'react'
import type { PageId } from '../../model/ids.ts'
import { bound, useLive } from './use-live.ts'
import type { OpenDocument } from './open-documents.ts'
import type { PageFiles } from './page-files.ts'
import { usePlein } from './use-plein.tsx'
import { WindowPlein } from './window-plein.ts'

export interface EditablePage {
  readonly document: OpenDocument
  readonly files: PageFiles
}

/** The live document of a page for the editor; null until it is open. Screens use `usePage`. */
export function useOpenDocument(id: PageId): EditablePage | null {
  const plein = usePlein()
  const live = useMemo(() => {
    const page = plein instanceof WindowPlein ? plein.pageLive(id) : null
    if (page === null) return { snapshot: () => null, subscribe: () => () => undefined }
    return bound({ snapshot: () => page.document, subscribe: page.subscribe })
  }, [plein, id])
  const document = useLive(live)
  const files = plein instanceof WindowPlein ? (plein.organisation?.files ?? null) : null
  return useMemo(() => (document === null || files === null ? null : { document, files }), [document, files])
}
