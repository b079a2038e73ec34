/** Bytes that are read where they are wanted: a file that somebody chose, or one on a disk. */
export interface ByteSource {
  readonly sizeBytes: number
  /** Exactly these bytes; fewer only where the source ends. */
  read(start: number, length: number): Promise<Uint8Array>
}
