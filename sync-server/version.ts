import { existsSync, readFileSync } from 'node:fs'

/** From package.json, which lies one folder up from the sources and two from the bundle. */
export function readVersion(): string {
  for (const path of ['../package.json', '../../package.json']) {
    const url = new URL(path, import.meta.url)
    if (!existsSync(url)) continue
    const found: unknown = JSON.parse(readFileSync(url, 'utf8'))
    const version: unknown = typeof found === 'object' && found !== null ? Reflect.get(found, 'version') : undefined
    if (typeof version === 'string') return version
  }
  return '0.0.0'
}
