import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { chromium, type Browser } from 'playwright'
import { build, preview, type InlineConfig } from 'vite'
import { chromiumFlags, findChromium } from '../../build/chromium.ts'

/** A page that was built as apps are built, served on loopback. */
export interface Site {
  readonly url: string
  close(): Promise<void>
}

/** Builds the page in a folder of tests/bench; a peer's folder takes its packages from tests/bench/peers. */
export async function openSite(folder: string): Promise<Site> {
  const outDir = await mkdtemp(join(tmpdir(), 'plein-bench-site-'))
  const shared: InlineConfig = {
    configFile: false,
    root: join(import.meta.dirname, folder),
    logLevel: 'error',
    plugins: [react()],
    build: { outDir, emptyOutDir: true, target: 'chrome140', chunkSizeWarningLimit: 4000 },
  }
  await build(shared)
  const server = await preview({ ...shared, preview: { host: '127.0.0.1', port: 0 } })
  const url = server.resolvedUrls?.local[0]
  if (url === undefined) throw new Error(`The page of ${folder} has no address`)
  return {
    url,
    close: async () => {
      await server.close()
      await rm(outDir, { recursive: true, force: true })
    },
  }
}

/** Frames follow each other at once, so that a measurement does not contain the wait for the screen's next one. */
const unlimitedFrames = ['--disable-frame-rate-limit', '--disable-gpu-vsync']

export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  const args = [...chromiumFlags(), ...unlimitedFrames]
  return chromium.launch({ args, ...(executablePath === undefined ? {} : { executablePath }) })
}
