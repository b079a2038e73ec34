import { useMemo } from 'react'
import type { ExportJob, ImportJob } from './in-out.ts'
import { bound, useLive } from './use-live.ts'
import { usePlein } from './use-plein.tsx'

/** The import of this window; null where there is none. */
export function useImportJob(): ImportJob | null {
  const { inOut } = usePlein()
  return useLive(useMemo(() => bound(inOut.importing), [inOut]))
}

/** The export of this window; null where there is none. */
export function useExportJob(): ExportJob | null {
  const { inOut } = usePlein()
  return useLive(useMemo(() => bound(inOut.exporting), [inOut]))
}
