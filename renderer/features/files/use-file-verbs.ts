import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { FileHash, PageId } from '../../../model/ids.ts'
import type { FileSummary } from '../../documents/files.ts'
import type { SpaceSummary } from '../../documents/plein.ts'
import { useMayInSpace } from '../../documents/use-may.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { useOpenSession } from '../../documents/use-session.ts'
import { previewOf } from './file-kinds.ts'
import { saveFile } from './save-file.ts'

/** Why a file stays on the list. */
export type KeptOnList = 'in-use' | 'looking' | 'rights' | 'offline' | 'forbidden'

export interface FileVerbs {
  /** In a window of Plein where it can be shown there, else as a download. */
  readonly open: (file: FileSummary) => void
  readonly save: (file: FileSummary) => void
  readonly fetch: (file: FileSummary) => void
  readonly pause: (file: FileSummary) => void
  readonly resume: (file: FileSummary) => void
  readonly cancel: (file: FileSummary) => void
  readonly pin: (file: FileSummary, isPinned: boolean) => void
  readonly linkOf: (file: FileSummary) => string
  readonly takeOff: (file: FileSummary) => void
  /** Why it cannot be taken off the list; null where it can. */
  readonly keptOnList: (file: FileSummary) => KeptOnList | null
  /** What the last attempt to take one off the list met. */
  readonly takeOffTrouble: KeptOnList | null
}

export function useFileVerbs(
  space: SpaceSummary,
  uses: ReadonlyMap<FileHash, readonly PageId[]> | undefined,
): FileVerbs {
  const { files } = usePlein()
  const { me, organisation } = useOpenSession()
  const may = useMayInSpace()
  const navigate = useNavigate()
  const [takeOffTrouble, setTrouble] = useState<KeptOnList | null>(null)
  const save = async ({ spaceId, hash, name }: FileSummary): Promise<void> => {
    const bytes = await files.bytes(spaceId, hash)
    if (bytes !== null) saveFile(bytes, name === '' ? hash.slice(0, 16) : name)
  }
  return {
    open: (file) => {
      if (previewOf(file.type) === null) void save(file)
      else void navigate({ to: '/space/$spaceId/files/$hash', params: { spaceId: file.spaceId, hash: file.hash } })
    },
    save: (file) => void save(file),
    fetch: ({ spaceId, hash }) => files.fetch(spaceId, hash),
    pause: ({ spaceId, hash }) => void files.pause(spaceId, hash),
    resume: ({ spaceId, hash }) => void files.resume(spaceId, hash),
    cancel: ({ spaceId, hash }) => void files.cancel(spaceId, hash),
    pin: ({ spaceId, hash }, isPinned) => void files.setPinned(spaceId, hash, isPinned),
    linkOf: ({ spaceId, hash }) => `${organisation.serverUrl ?? location.origin}/#/space/${spaceId}/files/${hash}`,
    takeOff: ({ spaceId, hash }) => {
      void files.takeOffList(spaceId, hash).then((taken) => setTrouble(taken.ok ? null : taken.error))
    },
    keptOnList: ({ hash, addedBy }) => {
      if (addedBy !== me.id && !may('create-shared-page', space)) return 'rights'
      if (uses === undefined) return 'looking'
      return (uses.get(hash)?.length ?? 0) > 0 ? 'in-use' : null
    },
    takeOffTrouble,
  }
}
