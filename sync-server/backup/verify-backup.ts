import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { FileHash } from '../../model/ids.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import { objectPathIn, objectsDirOf } from '../files.ts'
import { hashFile, type HashedFile } from './copy-file.ts'
import {
  backupFormat,
  databaseName,
  filePathOf,
  manifestName,
  manifestSumName,
  parseManifest,
  type BackupPart,
  type Manifest,
} from './manifest.ts'
import { isOfNewerPlein, openUnchanging } from './read-database.ts'
import { newerSentence, verifyDatabase, type DatabaseReport } from './verify-database.ts'

export interface Verified {
  /** Null where it cannot be told. */
  readonly manifest: Manifest | null
  readonly checkedRecords: number
  readonly checkedFiles: number
  /** Why it must not be restored, each by name. */
  readonly wrong: readonly string[]
  /** Of those, the files beside the database that are damaged or missing, by their paths: the rest can do without them. */
  readonly damagedFiles: ReadonlySet<string>
  /** What was damaged or missing on the server when the backup was made; the rest can be restored. */
  readonly lacking: readonly string[]
}

const unchecked = { manifest: null, checkedRecords: 0, checkedFiles: 0, damagedFiles: new Set<string>(), lacking: [] }

/** Reads all of a backup and compares every byte with what was written. */
export async function verifyBackup(from: string): Promise<Verified> {
  const read = await readManifestOf(from)
  if (!read.ok) return { ...unchecked, wrong: [read.error] }
  const manifest = read.value
  const problems = new Map<string, string>()
  for (const part of manifest.parts) {
    const problem = await problemOf(from, part)
    if (problem !== undefined) problems.set(part.path, problem)
  }
  const report = verifyDatabase(() => openUnchanging(join(from, databaseName)), databaseName)
  // A part that is not what was written has been named; what SQLite makes of it says where the damage is.
  const unsound = [...report.unsound, ...contradictions(manifest, report)]
  const isAsWritten = unsound.length === 0 && !problems.has(databaseName)
  return {
    manifest,
    checkedRecords: report.checkedRecords,
    checkedFiles: manifest.parts.length - 1,
    wrong: [...problems.values(), ...unsound, ...(isAsWritten ? [] : report.damaged)],
    damagedFiles: new Set([...problems.keys()].filter((path) => path !== databaseName)),
    lacking: isAsWritten ? [...report.damaged, ...manifest.lacking.map(lackingSentence)] : [],
  }
}

/** What a backup says of itself, where this Plein can restore it. */
export async function readManifestOf(from: string): Promise<Result<Manifest, string>> {
  const [bytes, sum] = [await readIfThere(join(from, manifestName)), await readIfThere(join(from, manifestSumName))]
  if (bytes === null && sum === null)
    return fail(`There is no backup in ${from}: it has no ${manifestName}. A folder that ends in .unfinished is none.`)
  if (bytes === null) return fail(`${manifestName} is missing.`)
  if (sum === null) return fail(`${manifestSumName} is missing.`)
  const manifest = parseManifest(bytes, sum)
  if (!manifest.ok) return manifest
  const { format, migrations, parts } = manifest.value
  if (format > backupFormat || isOfNewerPlein(migrations)) return fail(newerSentence('This backup'))
  if (!parts.some(({ path }) => path === databaseName)) return fail(`${manifestName} names no ${databaseName}.`)
  return ok(manifest.value)
}

async function readIfThere(path: string): Promise<Uint8Array | null> {
  return existsSync(path) ? readFile(path) : null
}

async function problemOf(from: string, part: BackupPart): Promise<string | undefined> {
  const { path, sizeBytes, sha256 } = part
  const hashed = await hashIfThere(join(from, path))
  if (hashed === 'missing') return `${path} is missing.`
  if (hashed === 'unreadable') return `${path} cannot be read from this disk.`
  if (hashed.sizeBytes !== sizeBytes) return `${path} has ${hashed.sizeBytes} bytes in place of ${sizeBytes}.`
  if (hashed.sha256 !== sha256) return `${path} is not what was written: its SHA-256 is another.`
  return undefined
}

async function hashIfThere(path: string): Promise<HashedFile | 'missing' | 'unreadable'> {
  try {
    return await hashFile(path)
  } catch (error) {
    return error instanceof Error && Reflect.get(error, 'code') === 'ENOENT' ? 'missing' : 'unreadable'
  }
}

/** A manifest and a database that are each whole, and not of the same backup. */
function contradictions(manifest: Manifest, { facts, hashes }: DatabaseReport): readonly string[] {
  if (facts === null) return []
  const kept = new Set([...manifest.parts.map(({ path }) => path), ...manifest.lacking.map(filePathOf)])
  const problems = hashes
    .filter((hash) => !kept.has(filePathOf(hash)))
    .map((hash) => `${filePathOf(hash)} is missing: the database has it, and the manifest does not.`)
  for (const { path, sha256 } of manifest.parts) {
    if (path !== databaseName && !path.endsWith(sha256))
      problems.push(`${path} is said to be another file, with the SHA-256 ${sha256}.`)
  }
  if (facts.generation !== manifest.generation) problems.push(`${databaseName} is of another backup.`)
  return problems
}

function lackingSentence(hash: FileHash): string {
  return `Not in it: the file ${hash}, which was damaged or missing on the server.`
}

/** Reads all of the data folder of a server that is stopped. */
export async function verifyDataFolder(
  dataDir: string,
): Promise<Omit<Verified, 'manifest' | 'damagedFiles' | 'lacking'>> {
  // As a server opens it: what was committed last may lie in the journal beside it.
  const open = () => new DatabaseSync(join(dataDir, databaseName), { readOnly: true })
  const report = verifyDatabase(open, databaseName)
  const wrong = [...report.unsound, ...report.damaged]
  for (const hash of report.hashes) {
    const hashed = await hashIfThere(objectPathIn(objectsDirOf(dataDir), hash))
    if (hashed === 'missing') wrong.push(`The file ${hash} is missing.`)
    else if (hashed === 'unreadable') wrong.push(`The file ${hash} cannot be read from this disk.`)
    else if (hashed.sha256 !== hash) wrong.push(`The file ${hash} is damaged: its bytes have another SHA-256.`)
  }
  return { checkedRecords: report.checkedRecords, checkedFiles: report.hashes.length, wrong }
}
