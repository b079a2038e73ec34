import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly hasInstallScript?: boolean
  readonly resolved?: string
}

const text = readFileSync(resolve(import.meta.dirname, '../package-lock.json'), 'utf8')
const { packages }: { packages: Readonly<Record<string, LockedPackage>> } = JSON.parse(text)

/** Where Node would look for a package from another one, nearest first. */
function places(from: string, name: string): string[] {
  const parts = from.split('/node_modules/')
  const inside = parts.map(
    (_, index) => `${parts.slice(0, parts.length - index).join('/node_modules/')}/node_modules/${name}`,
  )
  return [...inside, `node_modules/${name}`]
}

test('every optional package is locked, those of other platforms too: npm ci refuses the lock file otherwise', () => {
  const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !places(from, name).some((place) => place in packages)),
  )
  expect(missing).toEqual([])
})

test('the lock file names no registry, so that it serves behind a mirror as well', () => {
  expect(Object.entries(packages).filter(([, { resolved }]) => resolved?.includes('://'))).toEqual([])
})
