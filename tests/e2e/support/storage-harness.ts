import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, preview } from 'vite'
import type { InlineConfig } from 'vite'

/** Builds a page with the storage layer alone, as the app is built, and serves it on a free port of loopback. */
export async function openStorageHarness(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), 'plein-storage-'))
  const shared: InlineConfig = {
    configFile: false,
    root: join(import.meta.dirname, 'storage-harness'),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, target: 'chrome140' },
  }
  await build(shared)
  const server = await preview({ ...shared, preview: { host: '127.0.0.1', port: 0 } })
  const url = server.resolvedUrls?.local[0]
  if (url === undefined) throw new Error('The harness has no address')
  return {
    url,
    close: async () => {
      await server.close()
      await rm(outDir, { recursive: true, force: true })
    },
  }
}
