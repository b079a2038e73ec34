import { existsSync } from 'node:fs'
import { chmod, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { FileHash } from '../../model/ids.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import { objectPathIn, objectsDirOf } from '../files.ts'
import { troubleOf } from '../store/open-database.ts'
import { copyFile, hashFile, syncFile, syncFolders, writeFileSynced } from './copy-file.ts'
import { backupFormat, databaseName, encodeManifest, filePathOf, type BackupPart, type Manifest } from './manifest.ts'
import { fileHashesOf, openUnchanging, readFacts } from './read-database.ts'

export interface BackupOrder {
  readonly dataDir: string
  /** A folder that is not there yet, as a whole path. */
  readonly to: string
  readonly serverVersion: string
}

/**
 * Copies a data folder, of which a server may be running, to a folder of its own. It has its name only when all of it is on the disk.
 * Answers what it holds, or a sentence.
 */
export async function makeBackup(order: BackupOrder, nowMs: () => number): Promise<Result<Manifest, string>> {
  const aside = `${order.to}.unfinished`
  const refusal = await refusalOf(order, aside)
  if (refusal !== undefined) return fail(refusal)
  try {
    await mkdir(aside, { mode: 0o700 })
  } catch (error) {
    return fail(sentenceOf(error, order.to))
  }
  try {
    const manifest = await writeParts(order, aside, nowMs)
    for (const [name, text] of Object.entries(encodeManifest(manifest))) await writeFileSynced(join(aside, name), text)
    await syncFolders([...manifest.parts.map(({ path }) => dirname(join(aside, path))), join(aside, 'files'), aside])
    await rename(aside, order.to)
    await syncFolders([dirname(order.to)])
    return ok(manifest)
  } catch (error) {
    await rm(aside, { recursive: true, force: true })
    return fail(sentenceOf(error, order.to))
  }
}

async function refusalOf({ dataDir, to }: BackupOrder, aside: string): Promise<string | undefined> {
  if (!existsSync(join(dataDir, databaseName))) return nothingThere(dataDir)
  if (!relative(resolve(dataDir), resolve(to)).startsWith('..'))
    return `${to} is inside the data folder. Choose a place outside it, on another disk if there is one.`
  if (existsSync(to)) return `${to} is there already, and nothing is written over. Choose another name.`
  if (existsSync(aside))
    return `${aside} is left from a backup that did not end, or that still runs. If none runs, remove it and try again.`
  const parent = dirname(to)
  if (!(await isFolder(parent))) return `There is no folder ${parent} to put the backup in.`
  return undefined
}

/** What is said of a folder that no server has used. */
export function nothingThere(dataDir: string): string {
  return `No server has kept anything in ${dataDir}. Name the folder of the server with --data.`
}

async function isFolder(path: string): Promise<boolean> {
  return existsSync(path) && (await stat(path)).isDirectory()
}

/** The database first: files only ever come, so every file that this copy of it names is there when it is looked for. */
async function writeParts(
  { dataDir, serverVersion }: BackupOrder,
  aside: string,
  nowMs: () => number,
): Promise<Manifest> {
  const madeAt = new Date(nowMs()).toISOString()
  const copy = join(aside, databaseName)
  copyDatabase(join(dataDir, databaseName), copy)
  await chmod(copy, 0o600)
  await syncFile(copy)
  const { facts, hashes } = readCopy(copy)
  const parts: BackupPart[] = [{ path: databaseName, ...(await hashFile(copy)) }]
  await mkdir(join(aside, 'files'), { mode: 0o700 })
  const lacking: FileHash[] = []
  for (const hash of hashes) {
    const part = await copyObject(objectPathIn(objectsDirOf(dataDir), hash), hash, aside)
    if (part === null) lacking.push(hash)
    else parts.push(part)
  }
  return { format: backupFormat, server: serverVersion, madeAt, ...facts, lacking, parts }
}

/**
 * One read transaction of one moment, over a connection of its own: in WAL mode a reader keeps no writer waiting, and a write never
 * makes it begin anew. What was deleted is not copied.
 */
function copyDatabase(from: string, to: string): void {
  const database = new DatabaseSync(from, { readOnly: true, timeout: 5000 })
  try {
    database.prepare('VACUUM INTO ?').run(to)
  } finally {
    database.close()
  }
}

function readCopy(path: string) {
  const database = openUnchanging(path)
  try {
    const facts = readFacts(database)
    if (facts === undefined) throw new NotPlein()
    return { facts, hashes: fileHashesOf(database) }
  } finally {
    database.close()
  }
}

class NotPlein extends Error {}

/** Null where the bytes are not there, or are not those that the name says: the rest of the backup is worth having. */
async function copyObject(from: string, hash: FileHash, aside: string): Promise<BackupPart | null> {
  const path = filePathOf(hash)
  const to = join(aside, path)
  try {
    const copied = await copyFile(from, to)
    if (copied.sha256 === hash) return { path, ...copied }
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'EIO') throw error
  }
  await rm(to, { force: true })
  return null
}

function codeOf(error: unknown): unknown {
  return error instanceof Error ? Reflect.get(error, 'code') : undefined
}

function sentenceOf(error: unknown, to: string): string {
  if (error instanceof NotPlein) return `${databaseName} in the data folder is a database of another program.`
  const { reason } = troubleOf(error)
  if (reason === 'full') return `The disk is too full for ${to}. Nothing of it was kept. Make some room and try again.`
  if (reason === 'not-plein')
    return `${databaseName} in the data folder is damaged and cannot be copied. Stop the server, and see what "verify --data" says.`
  const code = codeOf(error)
  const why = error instanceof Error ? error.message : String(error)
  return `The disk refused to write ${to} (${typeof code === 'string' ? code : why}).`
}
