import { parseFileHash, parseId, type FileHash, type SpaceId } from '../ids.ts'

/** A file as it is found: the same bytes in two spaces are two of them. */
export interface FoundFile {
  readonly spaceId: SpaceId
  readonly hash: FileHash
}

export function fileEntryId({ spaceId, hash }: FoundFile): string {
  return `${spaceId}/${hash}`
}

export function parseFileEntryId(id: string): FoundFile | undefined {
  const [space, name] = id.split('/')
  const spaceId = parseId<SpaceId>(space)
  const hash = parseFileHash(name)
  return spaceId === undefined || hash === undefined ? undefined : { spaceId, hash }
}
