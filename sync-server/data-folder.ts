import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fail, ok, type Result } from '../model/result.ts'

/** The one folder that a server keeps everything in, held by this process alone until `release`. */
export interface DataFolder {
  readonly path: string
  release(): void
}

export type DataFolderTrouble = 'in-use' | 'half-restored' | 'not-a-folder' | 'read-only' | 'full' | 'unusable'

/** Lies in a folder for as long as a backup is being restored to it: only a restore opens it then. */
export const restoringFile = 'restore-unfinished'

export interface DataFolderError {
  readonly reason: DataFolderTrouble
  /** What is wrong and what to do, for whoever started the server. */
  readonly sentence: string
}

/**
 * Makes the folder where it is missing, proves that it can be written, and locks it. The lock is the operating system's
 * (through SQLite), so that it ends with the process, kill -9 included, and no stale file ever keeps a server from starting.
 * @param toRestore whether a folder that is half restored may be opened: by the restore that begins anew
 */
export function openDataFolder(path: string, toRestore = false): Result<DataFolder, DataFolderError> {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    proveWritable(path)
    const locked = lockFolder(path)
    if (!locked.ok || toRestore || !existsSync(join(path, restoringFile))) return locked
    locked.value.release()
    return fail({
      reason: 'half-restored',
      sentence: `A backup was being restored to ${path}, and that did not end. Nothing in it can be used. Restore it again.`,
    })
  } catch (error) {
    return fail(describe(path, error))
  }
}

// 64 KiB: a disk that takes a name but no bytes is full all the same.
const proofBytes = new Uint8Array(64 * 1024)

function proveWritable(path: string): void {
  const file = join(path, `.write-test-${process.pid}`)
  const handle = openSync(file, 'w', 0o600)
  try {
    for (let written = 0; written < proofBytes.length;) written += writeSync(handle, proofBytes, written)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
    rmSync(file, { force: true })
  }
}

function lockFolder(path: string): Result<DataFolder, DataFolderError> {
  const lock = new DatabaseSync(join(path, 'plein.lock'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (!isBusy(error)) throw error
    return fail({
      reason: 'in-use',
      sentence: `Another Plein server is using ${path}. End that one first, or choose another folder with --data.`,
    })
  }
  return ok({
    path,
    release: () => {
      lock.close()
    },
  })
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, 'errcode') === 5
}

function describe(path: string, error: unknown): DataFolderError {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  const message = error instanceof Error ? error.message : String(error)
  if (code === 'EEXIST' || code === 'ENOTDIR') {
    return { reason: 'not-a-folder', sentence: `${path} is not a folder. Choose another one with --data.` }
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return {
      reason: 'read-only',
      sentence: `The data folder ${path} cannot be written. Give this user the right to write there, or choose another folder with --data.`,
    }
  }
  if (code === 'ENOSPC' || code === 'EDQUOT' || /database or disk is full/.test(message)) {
    return {
      reason: 'full',
      sentence: `The disk of the data folder ${path} is full. Make some room, or choose a folder on another disk with --data.`,
    }
  }
  return {
    reason: 'unusable',
    sentence: `The data folder ${path} cannot be used (${message}). Choose another one with --data.`,
  }
}
