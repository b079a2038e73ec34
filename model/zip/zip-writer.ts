import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'

export interface ZipWriter {
  /** Adds a file; its bytes come in any number of pieces. Answers what is ready to be written. */
  add(
    path: string,
    pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    isPacked: boolean,
  ): AsyncGenerator<Uint8Array>
  /** The directory at the end. */
  end(): readonly Uint8Array[]
  readonly sizeBytes: number
}

/** Writes a zip piece by piece; nothing is held but the directory. `writtenAtMs` stands at every file. */
export function openZipWriter(writtenAtMs: number): ZipWriter {
  let ready: Uint8Array[] = []
  let sizeBytes = 0
  let failure: Error | null = null
  const zip = new Zip((error, chunk) => {
    failure ??= error
    sizeBytes += chunk?.length ?? 0
    if (chunk?.length > 0) ready.push(chunk)
  })
  const take = () => {
    if (failure !== null) throw failure
    const taken = ready
    ready = []
    return taken
  }
  return {
    async *add(path, pieces, isPacked) {
      const file = isPacked ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 })
      file.mtime = Math.min(Math.max(writtenAtMs, earliestMs), latestMs)
      zip.add(file)
      for await (const piece of pieces) {
        file.push(piece)
        yield* take()
      }
      file.push(new Uint8Array(0), true)
      yield* take()
    },
    end() {
      zip.end()
      return take()
    },
    get sizeBytes() {
      return sizeBytes
    },
  }
}

/** A zip can say the years from 1980 to 2099, and fflate throws at any other. */
const earliestMs = 315_619_200_000
const latestMs = 4_102_358_400_000
