import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseFileHash } from '../../model/ids.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import { openDataFolder, restoringFile } from '../data-folder.ts'
import { objectPathIn, objectsDirOf } from '../files.ts'
import { copyFile, syncFile, syncFolders, writeFileSynced } from './copy-file.ts'
import { databaseName, type BackupPart, type Manifest } from './manifest.ts'
import { readManifestOf, verifyBackup } from './verify-backup.ts'

export interface RestoreOrder {
  readonly from: string
  readonly dataDir: string
  /** Whether files beside the database may be damaged: they are left out then. */
  readonly withoutDamaged: boolean
}

export interface Restored {
  readonly manifest: Manifest
  /** What was damaged or missing on the server when the backup was made. */
  readonly lacking: readonly string[]
}

/**
 * Fills an empty data folder from a backup, under a new generation (GE1). Until the end a mark lies in the folder, and no server
 * opens it: a restore that is cut is begun anew. Answers sentences where it cannot be.
 */
export async function restoreBackup(order: RestoreOrder): Promise<Result<Restored, readonly string[]>> {
  const { from, dataDir } = order
  const known = await readManifestOf(from)
  if (!known.ok) return fail([known.error])
  const taken = await refusalOf(dataDir)
  if (taken !== undefined) return fail([taken])
  const usable = await verifiedFor(order)
  if (!usable.ok) return usable
  const { manifest, lacking, parts } = usable.value
  const folder = openDataFolder(dataDir, true)
  if (!folder.ok) return fail([folder.error.sentence])
  try {
    const takenMeanwhile = await refusalOf(dataDir)
    if (takenMeanwhile !== undefined) return fail([takenMeanwhile])
    await fill(from, dataDir, parts)
    return ok({ manifest, lacking })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return fail([
      `The backup could not be restored to ${dataDir}: ${why}. Nothing in it can be used. Restore it again.`,
    ])
  } finally {
    folder.value.release()
  }
}

async function verifiedFor({
  from,
  withoutDamaged,
}: RestoreOrder): Promise<Result<Restored & { readonly parts: readonly BackupPart[] }, readonly string[]>> {
  const { manifest, wrong, damagedFiles, lacking } = await verifyBackup(from)
  const sentence = `Nothing was restored: ${from} is not what was written. Take another backup`
  if (manifest === null || wrong.length > damagedFiles.size) return fail([...wrong, `${sentence}.`])
  if (wrong.length > 0 && !withoutDamaged)
    return fail([...wrong, `${sentence}, or leave these files out with --without-damaged.`])
  const parts = manifest.parts.filter(({ path }) => !damagedFiles.has(path))
  return ok({ manifest, lacking: [...lacking, ...wrong], parts })
}

/** What may lie in a folder that nobody has used: our own lock, and what a file system puts at its root. */
const ofNobody: readonly string[] = ['plein.lock', 'plein.lock-journal', 'lost+found']

async function refusalOf(dataDir: string): Promise<string | undefined> {
  if (!existsSync(dataDir)) return undefined
  if (!(await stat(dataDir)).isDirectory()) return `${dataDir} is not a folder. Choose another one with --data.`
  const names = (await readdir(dataDir)).filter((name) => !ofNobody.includes(name))
  if (names.length === 0 || names.includes(restoringFile)) return undefined
  return isInUse(dataDir)
    ? `A Plein server is using ${dataDir}. Stop it, move the folder aside, and restore to an empty one.`
    : `${dataDir} is not empty, and nothing is written over. Move it aside and keep it until all is well again, or name another folder with --data.`
}

function isInUse(dataDir: string): boolean {
  const folder = openDataFolder(dataDir, true)
  if (folder.ok) folder.value.release()
  return !folder.ok && folder.error.reason === 'in-use'
}

/** The database gets its name last but one, and the mark goes last. */
async function fill(from: string, dataDir: string, parts: readonly BackupPart[]): Promise<void> {
  const mark = join(dataDir, restoringFile)
  await removeRemains(dataDir)
  await writeFileSynced(mark, 'A backup is being restored to this folder.\n')
  await syncFolders([dataDir])
  const objects = objectsDirOf(dataDir)
  const folders = [dataDir, dirname(objects), objects]
  for (const part of parts) {
    const to = part.path === databaseName ? databaseAside(dataDir) : objectPathOf(objects, part.path)
    await copyPart(join(from, part.path), to, part)
    folders.push(dirname(to))
  }
  await renewDatabase(databaseAside(dataDir))
  await rename(databaseAside(dataDir), join(dataDir, databaseName))
  await syncFolders(folders.filter((folder) => existsSync(folder)))
  await rm(mark)
  await syncFolders([dataDir])
}

async function removeRemains(dataDir: string): Promise<void> {
  const names = (await readdir(dataDir)).filter((name) => !ofNobody.includes(name))
  // The mark goes last: a folder without it is one that is whole.
  for (const name of names.filter((each) => each !== restoringFile))
    await rm(join(dataDir, name), { recursive: true, force: true })
  await rm(join(dataDir, restoringFile), { force: true })
}

function databaseAside(dataDir: string): string {
  return join(dataDir, `${databaseName}.restoring`)
}

function objectPathOf(objects: string, path: string): string {
  const hash = parseFileHash(path.split('/').at(-1))
  if (hash === undefined) throw new Error(`${path} has no name of a file`)
  return objectPathIn(objects, hash)
}

/** What reaches the folder is what was verified, however good the disk is that it comes from. */
async function copyPart(from: string, to: string, { path, sha256 }: BackupPart): Promise<void> {
  const copied = await copyFile(from, to)
  if (copied.sha256 !== sha256) throw new Error(`${path} changed while it was being read`)
}

/** Another generation, and no uploads that were on their way: their bytes are in no backup. */
async function renewDatabase(path: string): Promise<void> {
  const database = new DatabaseSync(path)
  try {
    database.exec('BEGIN IMMEDIATE')
    database.prepare('UPDATE generation SET generation = ?').run(randomBytes(16).toString('hex'))
    const hasUploads = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'upload'`).get() !== undefined
    if (hasUploads) database.exec('DELETE FROM upload WHERE finished = 0')
    database.exec('COMMIT')
  } finally {
    database.close()
  }
  await syncFile(path)
}
