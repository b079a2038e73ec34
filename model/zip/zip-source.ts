import type { ImportSource } from '../markdown/import-source.ts'
import { SourceUnreadable } from '../markdown/import-source.ts'
import { ok, type Result } from '../result.ts'
import type { ByteSource } from './byte-source.ts'
import { readZipEntry, ZipContentDamaged } from './zip-content.ts'
import { readZipDirectory, zipLimits, type ZipLimits, type ZipRefusal } from './zip-directory.ts'

/** A zip as a source of an import. Nothing of it is unpacked before it is read. */
export async function openZipSource(
  bytes: ByteSource,
  limits: ZipLimits = zipLimits,
): Promise<Result<ImportSource, ZipRefusal>> {
  const directory = await readZipDirectory(bytes, limits)
  if (!directory.ok) return directory
  const { entries, skipped } = directory.value
  const byPath = new Map(entries.map((entry) => [entry.path, entry]))
  return ok({
    entries: entries.map(({ path, sizeBytes }) => ({ path, sizeBytes })),
    skipped,
    async *open(path) {
      const entry = byPath.get(path)
      if (entry === undefined) throw new SourceUnreadable()
      try {
        yield* readZipEntry(bytes, entry)
      } catch (cause) {
        if (cause instanceof ZipContentDamaged) throw new SourceUnreadable(undefined, { cause })
        throw cause
      }
    },
  })
}
