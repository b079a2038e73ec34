import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const defaultPackage = resolve(import.meta.dirname, '../node_modules/electron')

/**
 * The Electron program where one is present. Never `import 'electron'` for this: outside Electron that downloads or
 * throws.
 */
export function findElectron(env: NodeJS.ProcessEnv = process.env, packageDir = defaultPackage): string | undefined {
  const override = env['ELECTRON_OVERRIDE_DIST_PATH']
  if (override) return existing(join(override, electronName(process.platform)))
  // The installer writes path.txt last: without it the folder beside it may be half unpacked.
  const inside = readText(join(packageDir, 'path.txt'))
  if (inside === undefined) return undefined
  const wanted = packageVersion(packageDir)
  const present = readText(join(packageDir, 'dist', 'version'))?.replace(/^v/, '')
  return wanted !== undefined && wanted === present ? existing(join(packageDir, 'dist', inside)) : undefined
}

function electronName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return platform === 'win32' ? 'electron.exe' : 'electron'
}

/** Tries to fetch the binary with the package's own installer. Answers the program, or undefined when that failed. */
export async function downloadElectron(signal: AbortSignal): Promise<string | undefined> {
  const installer = join(defaultPackage, 'install.js')
  if (!existsSync(installer)) return undefined
  return new Promise((settle) => {
    const child = spawn(process.execPath, [installer], { stdio: 'ignore', signal })
    child.on('error', () => settle(undefined))
    child.on('exit', (code) => settle(code === 0 ? findElectron() : undefined))
  })
}

function packageVersion(packageDir: string): string | undefined {
  const text = readText(join(packageDir, 'package.json'))
  return text === undefined ? undefined : /"version":\s*"([^"]+)"/.exec(text)?.[1]
}

function existing(path: string): string | undefined {
  return existsSync(path) ? path : undefined
}

function readText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined
}
