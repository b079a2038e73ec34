import { mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ZipWriter } from '../model/zip/zip-writer.ts'

/** Writes an export as files of a folder in place of a zip. Throws where a file is there already: nothing is written over. */
export function openFolderWriter(root: string): ZipWriter {
  let sizeBytes = 0
  return {
    // oxlint-disable-next-line require-yield -- all of it goes to the disk, nothing is left to be written by the caller
    async *add(path, pieces) {
      const file = join(root, path)
      await mkdir(dirname(file), { recursive: true })
      const handle = await open(file, 'wx')
      try {
        for await (const piece of pieces) {
          sizeBytes += piece.length
          await handle.writeFile(piece)
        }
      } finally {
        await handle.close()
      }
    },
    end: () => [],
    get sizeBytes() {
      return sizeBytes
    },
  }
}
