import { useEffect, useState } from 'react'
import type { FileHash, SpaceId } from '../../../model/ids.ts'
import { usePlein } from '../../documents/use-plein.tsx'
import { previewOf } from './file-kinds.ts'

export interface ShownFile {
  readonly bytes: Blob
  readonly url: string
  /** The beginning of a text. */
  readonly text: string | null
}

/** More than this nobody reads in a dialog. */
const textBytes = 200_000

/** A file to show, fetched first where it is not on this laptop; null until then. */
export function useShownFile(spaceId: SpaceId, hash: FileHash, type: string): ShownFile | null {
  const { files } = usePlein()
  const [shown, setShown] = useState<ShownFile | null>(null)
  useEffect(() => {
    let isGone = false
    let url: string | null = null
    const load = async (): Promise<void> => {
      const bytes = await files.bytes(spaceId, hash)
      if (bytes === null || isGone) return
      const text = previewOf(type) === 'text' ? await bytes.slice(0, textBytes).text() : null
      if (isGone) return
      url = URL.createObjectURL(bytes)
      setShown({ bytes, url, text })
    }
    load().catch((error: unknown) => console.warn('Files', error))
    return () => {
      isGone = true
      if (url !== null) URL.revokeObjectURL(url)
    }
  }, [files, spaceId, hash, type])
  return shown
}
