import { fileEntryId } from '../../model/search/file-entry.ts'
import type { IndexBatch, SearchEntry, SearchIndex } from '../../model/search/search-index.ts'
import type { FileRecord, FileStorage } from '../storage/file-storage.ts'

/** What must be written for the index to know the files that are on the lists now, by their names. */
export async function changedFiles(
  files: Pick<FileStorage, 'all'>,
  index: Pick<SearchIndex, 'ids'>,
): Promise<Pick<IndexBatch, 'put' | 'remove'>> {
  const listed = (await files.all()).filter(({ listed: isListed, name }) => isListed && name !== '')
  const put = listed.map(fileEntry)
  const known = new Set(put.map(({ id }) => id))
  return { put, remove: index.ids('file').filter((id) => !known.has(id)) }
}

function fileEntry({ spaceId, hash, name, addedBy, addedAtMs }: FileRecord): SearchEntry {
  return {
    ...{ id: fileEntryId({ spaceId, hash }), type: 'file', pageId: null, spaceId, kind: null, ownerId: addedBy },
    ...{ title: name, text: '', changedAtMs: addedAtMs, archived: false },
  }
}
