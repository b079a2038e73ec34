import { useEffect, useMemo, useState } from 'react'
import type { FileHash, PageId, SpaceId } from '../../model/ids.ts'
import type { KeepPolicy } from '../../model/keep.ts'
import type { FileState, SpaceFiles, SpaceUsage, Uploads } from './files.ts'
import { bound, useLive } from './use-live.ts'
import { usePlein } from './use-plein.tsx'

/** The files of a space: what is on its list, and what is being added. */
export function useSpaceFiles(spaceId: SpaceId): SpaceFiles {
  const { files } = usePlein()
  return useLive(useMemo(() => bound(files.list(spaceId)), [files, spaceId]))
}

/** Where one file stands, wherever it is shown. */
export function useFileState(spaceId: SpaceId, hash: FileHash): FileState {
  const { files } = usePlein()
  return useLive(useMemo(() => bound(files.state(spaceId, hash)), [files, spaceId, hash]))
}

/** What is on its way to the server. */
export function useUploads(): Uploads {
  const { files } = usePlein()
  return useLive(useMemo(() => bound(files.uploads), [files]))
}

export function useKeepPolicy(spaceId: SpaceId): KeepPolicy {
  const { files } = usePlein()
  return useLive(useMemo(() => bound(files.keepPolicy(spaceId)), [files, spaceId]))
}

const refreshEveryMs = 15_000

/** Asks the server for changes of the list while a screen shows it. */
export function useRefreshedFiles(spaceId: SpaceId): void {
  const { files } = usePlein()
  useEffect(() => {
    files.refresh(spaceId)
    const timer = setInterval(() => files.refresh(spaceId), refreshEveryMs)
    return () => clearInterval(timer)
  }, [files, spaceId])
}

/** The pages that show each file; undefined until they are looked through, anew when the number of files changes. */
export function useFileUses(spaceId: SpaceId, count: number): ReadonlyMap<FileHash, readonly PageId[]> | undefined {
  const { files } = usePlein()
  const [uses, setUses] = useState<ReadonlyMap<FileHash, readonly PageId[]>>()
  useEffect(() => {
    let isGone = false
    if (count > 0) {
      files.uses(spaceId).then(
        (found) => !isGone && setUses(found),
        (error: unknown) => console.warn('Files', error),
      )
    }
    return () => {
      isGone = true
    }
  }, [files, spaceId, count])
  return uses
}

/** What each space takes on this laptop; undefined while it is measured. */
export function useUsage(): readonly SpaceUsage[] | undefined {
  const { files } = usePlein()
  const [usage, setUsage] = useState<readonly SpaceUsage[]>()
  useEffect(() => {
    let isGone = false
    files.usage().then(
      (measured) => !isGone && setUsage(measured),
      (error: unknown) => console.warn('Files', error),
    )
    return () => {
      isGone = true
    }
  }, [files])
  return usage
}
