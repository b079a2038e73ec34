import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, preview, type Plugin } from 'vite'
import { securityHeaders } from '../../../model/content-security-policy.ts'
import { rendererConfig } from '../../../build/vite.config.ts'

export interface FakeApp {
  readonly url: string
  close(): Promise<void>
}

/** Builds the app on data in memory and serves it on a free port: for specs of screens, which need neither storage nor a server. The security policy is the real one. */
export async function openFakeApp(): Promise<FakeApp> {
  const outDir = await mkdtemp(join(tmpdir(), 'plein-fake-'))
  const { plugins = [], ...config } = rendererConfig(outDir)
  const fake = {
    ...config,
    plugins: [leaveOutStorageAndEditor(), ...plugins],
    define: { 'import.meta.env.VITE_FAKE': JSON.stringify('1') },
  }
  await build(fake)
  const server = await preview({
    ...fake,
    preview: { host: '127.0.0.1', port: 0, headers: securityHeaders('browser') },
  })
  const url = server.resolvedUrls?.local[0]
  if (url === undefined) throw new Error('The fake app has no address')
  return {
    url,
    close: async () => {
      await server.close()
      await rm(outDir, { recursive: true, force: true })
    },
  }
}

/** The fake never opens these; without them it builds in a third of the time. */
function leaveOutStorageAndEditor(): Plugin {
  const left = /\/(documents\/open-plein\.ts|editor\/PageBody\.tsx)$/
  return {
    name: 'plein-leave-out-storage-and-editor',
    enforce: 'pre',
    resolveId: (id) => (left.test(id) ? '\0left-out' : null),
    load: (id) => (id === '\0left-out' ? 'export const openPlein = null, PageBody = null' : null),
  }
}
