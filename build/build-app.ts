import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { InlineConfig } from 'vite'

const root = resolve(import.meta.dirname, '..')

export type Target = 'renderer' | 'electron' | 'sync-server'

/** The folders whose files end up in a target; a change anywhere in them makes it build again. */
const sources: Record<Target, readonly string[]> = {
  renderer: ['renderer', 'model'],
  electron: ['electron', 'model'],
  'sync-server': ['sync-server', 'model'],
}

export function builtFolder(target: Target): string {
  return join(root, 'dist', target)
}

/**
 * Builds what changed since the last time and answers which targets that were. Each target appears whole or not at
 * all: it is built beside its place and moved in, so a running server never serves half a build.
 */
export async function buildApp(targets: readonly Target[], { force = false } = {}): Promise<readonly Target[]> {
  const stale = targets.filter((target) => force || !isFresh(target))
  for (const target of stale) await buildTarget(target)
  return stale
}

function isFresh(target: Target): boolean {
  const stamp = stampPath(target)
  return existsSync(builtFolder(target)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(target)
}

async function buildTarget(target: Target): Promise<void> {
  const stamp = fingerprint(target)
  const draft = join(root, 'dist', `.${target}-${process.pid}`)
  try {
    const { build } = await import('vite')
    for (const config of await configsOf(target)) await build(config(draft))
    rmSync(stampPath(target), { force: true })
    replaceFolder(draft, builtFolder(target))
    writeFileSync(stampPath(target), stamp)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** Vite is loaded only when something has to be built: a second start is quicker without it. */
async function configsOf(target: Target): Promise<readonly ((outDir: string) => InlineConfig)[]> {
  const configs = await import('./vite.config.ts')
  switch (target) {
    case 'renderer':
      return [configs.rendererConfig, configs.serviceWorkerConfig]
    case 'electron':
      return [configs.electronMainConfig, configs.preloadConfig]
    case 'sync-server':
      return [configs.syncServerConfig]
  }
}

function replaceFolder(draft: string, place: string): void {
  const old = `${draft}-old`
  if (existsSync(place)) renameSync(place, old)
  renameSync(draft, place)
  rmSync(old, { recursive: true, force: true })
}

function stampPath(target: Target): string {
  return join(root, 'dist', `${target}.stamp`)
}

function fingerprint(target: Target): string {
  mkdirSync(join(root, 'dist'), { recursive: true })
  const hash = createHash('sha256')
  const files = sources[target].flatMap((folder) => filesUnder(join(root, folder)))
  const always = ['package-lock.json', 'build/vite.config.ts', 'build/build-app.ts'].map((file) => join(root, file))
  for (const file of [...files, ...always]) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
