import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative, resolve, sep } from 'node:path'
import react from '@vitejs/plugin-react'
import type { InlineConfig, Plugin } from 'vite'

const root = resolve(import.meta.dirname, '..')

/** Electron 45 and the browsers that the browser edition supports know all of this, so nothing is translated down. */
const browserTarget = 'chrome140'
const nodeTarget = 'node24'

const shared = {
  configFile: false,
  root,
  logLevel: 'warn',
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
} satisfies InlineConfig

const output = { emptyOutDir: true, sourcemap: false, reportCompressedSize: false, copyPublicDir: false }

/** What the app needs from Vite whether it is built or served while developing. */
export function rendererBase(): InlineConfig {
  return {
    configFile: false,
    root: join(root, 'renderer'),
    // Absolute, because the app lives at the root of `app://plein` and of the server, and has deep addresses.
    base: '/',
    plugins: [react()],
    worker: { format: 'es', plugins: () => [withoutOtherSqliteWorkers(), withoutDocument()] },
  }
}

export function rendererConfig(outDir: string): InlineConfig {
  return {
    ...rendererBase(),
    logLevel: 'warn',
    // A constant, so that the screens' stand-in data is left out of what people get.
    define: { 'import.meta.env.VITE_FAKE': JSON.stringify(process.env['VITE_FAKE'] ?? '') },
    build: {
      ...output,
      outDir,
      copyPublicDir: true,
      target: browserTarget,
      // Data addresses and inline scripts would need holes in the content security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2000,
    },
  }
}

/** Built after the renderer, because it carries the list of the renderer's files. */
export function serviceWorkerConfig(outDir: string): InlineConfig {
  return {
    ...shared,
    define: { ...shared.define, __APP_FILES__: JSON.stringify(listAppFiles(outDir)) },
    build: {
      ...output,
      emptyOutDir: false,
      outDir,
      target: browserTarget,
      rolldownOptions: {
        input: join(root, 'renderer/service-worker.ts'),
        output: { format: 'iife', entryFileNames: 'service-worker.js' },
      },
    },
  }
}

export function electronMainConfig(outDir: string): InlineConfig {
  return nodeBundle(outDir, { main: join(root, 'electron/main.ts') }, ['electron'])
}

/** A sandboxed preload cannot be an ES module, and may require nothing but `electron`. */
export function preloadConfig(outDir: string): InlineConfig {
  const config = nodeBundle(outDir, { preload: join(root, 'electron/preload.ts') }, ['electron'])
  return {
    ...config,
    build: {
      ...config.build,
      emptyOutDir: false,
      rolldownOptions: {
        ...config.build?.rolldownOptions,
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  }
}

/** The server of the packaged app, which starts without a `node_modules` but for argon2 with its native part. */
export function syncServerConfig(outDir: string): InlineConfig {
  const folder = join(root, 'sync-server')
  const workers = sourcesUnder(folder).filter((file) => file.endsWith('-worker.ts'))
  const entries = [join(folder, 'main.ts'), ...workers].map((file) => [basename(file, '.ts'), file] as const)
  return nodeBundle(outDir, Object.fromEntries(entries), [/^@node-rs\/argon2/])
}

function nodeBundle(outDir: string, input: Record<string, string>, external: (string | RegExp)[]): InlineConfig {
  return {
    ...shared,
    plugins: [workersBesideMain()],
    ssr: { target: 'node', noExternal: true },
    build: {
      ...output,
      outDir,
      ssr: true,
      target: nodeTarget,
      minify: false, // a stack trace from a colleague's machine has to be readable
      rolldownOptions: {
        input,
        external,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[hash].js' },
      },
    },
  }
}

/**
 * SQLite's package names two workers of its own that search does not start (it runs in ours): left out, 250 KB are neither
 * served nor kept on people's laptops.
 */
function withoutOtherSqliteWorkers(): Plugin {
  const address = /new URL\("sqlite3-(?:worker1\.mjs|opfs-async-proxy\.js)", import\.meta\.url\)/g
  return {
    name: 'plein-without-other-sqlite-workers',
    enforce: 'pre',
    transform(code, id) {
      return id.includes('sqlite-wasm') ? { code: code.replaceAll(address, '"about:blank"'), map: null } : null
    },
  }
}

/** A part of remark reads names of characters with the help of a document, and workers have none: its other edition has a list. */
function withoutDocument(): Plugin {
  const name = 'decode-named-character-reference'
  return {
    name: 'plein-without-document',
    enforce: 'pre',
    resolveId: (source) => (source === name ? join(root, 'node_modules', name, 'index.js') : null),
  }
}

/** `new URL('./deep/x-worker.ts', import.meta.url)` names a source; in the bundle all workers lie beside `main.js`. */
function workersBesideMain(): Plugin {
  const address = /new URL\(\s*(['"])[^'"]*?([\w-]+-worker)\.ts\1\s*,\s*import\.meta\.url\s*\)/g
  return {
    name: 'plein-workers-beside-main',
    transform(code) {
      const changed = code.replaceAll(address, "new URL('./$2.js', import.meta.url)")
      return changed === code ? null : { code: changed, map: null }
    },
  }
}

function listAppFiles(outDir: string): { cacheName: string; paths: string[] } {
  const files = sourcesUnder(outDir).filter((file) => basename(file) !== 'service-worker.js')
  const fingerprint = createHash('sha256')
  const paths = files.map((file) => {
    const path = `/${relative(outDir, file).split(sep).join('/')}`
    fingerprint.update(path).update('\0').update(readFileSync(file)).update('\0')
    return path
  })
  return { cacheName: `plein-app-${fingerprint.digest('hex').slice(0, 16)}`, paths }
}

function sourcesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
