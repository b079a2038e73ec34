import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import react from '@vitejs/plugin-react'
import { build, preview, type InlineConfig, type Plugin } from 'vite'

export const peersFolder = join(import.meta.dirname, '../peers')

export interface ServedPage {
  readonly url: string
  close(): Promise<void>
}

/** Builds one page of a bench as the app is built, puts files beside it, and serves it on a free port of loopback. */
export async function servePage(
  folder: string,
  { fromPeers, files = {} }: { readonly fromPeers: boolean; readonly files?: Readonly<Record<string, Uint8Array>> },
): Promise<ServedPage> {
  const outDir = await mkdtemp(join(tmpdir(), 'plein-bench-page-'))
  const config: InlineConfig = {
    configFile: false,
    root: folder,
    logLevel: 'error',
    plugins: [fromPeers ? resolvedFromPeers(folder) : react()],
    build: { outDir, emptyOutDir: true, target: 'chrome140', chunkSizeWarningLimit: 4000 },
  }
  await build(config)
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(outDir, name), bytes)
  const server = await preview({ ...config, preview: { host: '127.0.0.1', port: 0 } })
  const url = server.resolvedUrls?.local[0]
  if (url === undefined) throw new Error('The page of the bench has no address')
  return {
    url,
    close: async () => {
      await server.close()
      await rm(outDir, { recursive: true, force: true })
    },
  }
}

/** The peers' packages are their own: never the app's copies that lie higher up. */
function resolvedFromPeers(folder: string): Plugin {
  return {
    name: 'plein:resolved-from-peers',
    enforce: 'pre',
    resolveId(source, importer) {
      if (importer === undefined || !importer.startsWith(folder + sep) || !/^[@a-z]/.test(source)) return null
      return this.resolve(source, join(peersFolder, 'package.json'), { skipSelf: true })
    },
  }
}
