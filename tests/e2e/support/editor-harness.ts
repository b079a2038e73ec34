import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build, preview } from 'vite'
import type { InlineConfig } from 'vite'

export interface EditorHarness {
  readonly url: string
  close(): Promise<void>
}

/** Builds the page with two editors as the app is built, and serves it on a free port of loopback. */
export async function openEditorHarness(): Promise<EditorHarness> {
  const outDir = await mkdtemp(join(tmpdir(), 'plein-editor-'))
  const shared: InlineConfig = {
    configFile: false,
    root: join(import.meta.dirname, 'editor-harness'),
    logLevel: 'warn',
    plugins: [react()],
    build: { outDir, emptyOutDir: true, target: 'chrome140', chunkSizeWarningLimit: 4000 },
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
