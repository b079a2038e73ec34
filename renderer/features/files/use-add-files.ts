import { useState } from 'react'
import type { SpaceId } from '../../../model/ids.ts'
import type { AddFileError } from '../../documents/files.ts'
import { usePlein } from '../../documents/use-plein.tsx'

export interface AddTrouble {
  readonly id: number
  readonly name: string
  readonly reason: AddFileError
}

/** Adds files one after another, and remembers those that could not be added until they are read. */
export function useAddFiles(spaceId: SpaceId) {
  const { files } = usePlein()
  const [troubles, setTroubles] = useState<readonly AddTrouble[]>([])
  const add = async (chosen: readonly File[]): Promise<void> => {
    for (const file of chosen) {
      const added = await files.add(spaceId, file)
      if (!added.ok) {
        const { error } = added
        setTroubles((before) => [...before, { id: before.length + 1, name: file.name, reason: error }])
      }
    }
  }
  return {
    add: (chosen: readonly File[]) => void add(chosen),
    troubles,
    forgetTrouble: (id: number) => setTroubles((before) => before.filter((each) => each.id !== id)),
  }
}
