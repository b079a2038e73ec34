/** Where the bytes of an export go as they come. */
export interface ZipTarget {
  write(bytes: Uint8Array): Promise<void>
  /** The zip, where it is not on the disk by now. */
  finish(): Promise<Blob | null>
  /** Leaves nothing behind. */
  giveUp(): Promise<null>
}

/** A blob holds its bytes on the browser's disk once they are many: gathered in pieces, so that no list of small ones grows. */
const pieceBytes = 4 * 1024 * 1024

export async function openZipTarget(file: FileSystemFileHandle | null): Promise<ZipTarget> {
  if (file === null) return openBlob()
  try {
    return await openFile(file)
  } catch (error) {
    // The host lets one choose a file and forbids writing to it: then the zip is a download.
    if (error instanceof DOMException && error.name === 'NotAllowedError') return openBlob()
    throw error
  }
}

async function openFile(file: FileSystemFileHandle): Promise<ZipTarget> {
  // Written aside by the browser, and put in place when it is closed.
  const stream = await file.createWritable()
  return {
    write: (bytes) => stream.write(new Uint8Array(bytes)),
    async finish() {
      await stream.close()
      return null
    },
    async giveUp() {
      await stream.abort()
      return null
    },
  }
}

function openBlob(): ZipTarget {
  const pieces: Blob[] = []
  let waiting: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  const settle = () => {
    if (waiting.length > 0) pieces.push(new Blob(waiting))
    waiting = []
    size = 0
  }
  return {
    write(bytes) {
      waiting.push(new Uint8Array(bytes))
      size += bytes.length
      if (size >= pieceBytes) settle()
      return Promise.resolve()
    },
    finish() {
      settle()
      return Promise.resolve(new Blob(pieces, { type: 'application/zip' }))
    },
    giveUp: () => Promise.resolve(null),
  }
}
