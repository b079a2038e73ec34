import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Result } from '../model/result.ts'
import type { AdminAnswer } from './admin-commands.ts'
import { nothingThere, type BackupOrder } from './backup/make-backup.ts'
import { databaseName, type BackupCounts, type Manifest } from './backup/manifest.ts'
import { restoreBackup, type RestoreOrder } from './backup/restore-backup.ts'
import { verifyBackup, verifyDataFolder } from './backup/verify-backup.ts'
import { openDataFolder } from './data-folder.ts'
import { WorkerCalls } from './worker-calls.ts'

export interface Backup {
  readonly command: 'backup'
  /** The folder to make, as a whole path. */
  readonly to: string
}

/** Copies the data folder, of which a server may be running, in a thread of its own: sockets and commits go on meanwhile. */
export async function backUp({ dataDir, to, serverVersion }: BackupOrder): Promise<AdminAnswer> {
  const url = new URL('./backup/backup-worker.ts', import.meta.url)
  const worker = new WorkerCalls<BackupOrder, Result<Manifest, string>>(url, {})
  try {
    const made = await worker.ask({ dataDir, to, serverVersion })
    return made.ok ? backupReport(made.value, to) : wrong([made.error])
  } finally {
    await worker.close()
  }
}

/** What is missing on the server is no reason to go without a backup, and every reason to hear of it. */
function backupReport({ organisation, counts, madeAt, parts, lacking }: Manifest, to: string): AdminAnswer {
  const bytes = parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  return {
    exitCode: lacking.length === 0 ? 0 : 1,
    lines: [
      `Backed up ${organisation ?? 'a server without an organisation'} to ${to}: ${countsOf(counts)}; ${sizeOf(bytes)}.`,
      `Everything that was on the server at ${dayAndTime(madeAt)} is in it.`,
      'It is as confidential as the data folder. Keep it on another disk, and check it with "verify --from".',
      ...lacking.map((hash) => `Not in it: the file ${hash} is damaged or missing on the server.`),
    ],
  }
}

export async function verifyFrom(from: string): Promise<AdminAnswer> {
  const { manifest, checkedRecords, checkedFiles, wrong: problems, lacking } = await verifyBackup(from)
  if (manifest === null || problems.length > 0)
    return wrong([`${from} is not what was written:`, ...problems, 'Take another backup, and keep this one aside.'])
  const { organisation, counts, madeAt, server } = manifest
  return {
    exitCode: lacking.length === 0 ? 0 : 1,
    lines: [
      `${from} is whole: ${organisation ?? 'no organisation'} as it was at ${dayAndTime(madeAt)}, made by Plein ${server}.`,
      `${countsOf(counts)}. Compared ${many(checkedRecords, 'record')} and ${many(checkedFiles, 'file')} with their checksums.`,
      ...lacking,
    ],
  }
}

/** Of a server that is stopped: what one writes cannot be compared while it is written. */
export async function verifyData(dataDir: string): Promise<AdminAnswer> {
  if (!hasData(dataDir)) return wrong([nothingThere(dataDir)])
  const folder = openDataFolder(dataDir)
  if (!folder.ok)
    return wrong([
      folder.error.reason === 'in-use'
        ? `A Plein server is using ${dataDir}. Stop it first; or make a backup, and verify that one.`
        : folder.error.sentence,
    ])
  try {
    const { checkedRecords, checkedFiles, wrong: problems } = await verifyDataFolder(dataDir)
    if (problems.length > 0)
      return wrong([
        `${dataDir} is not what was written:`,
        ...problems,
        'A single damaged record is set aside by the server, and filled again by a laptop that has it. For anything else, restore a backup.',
      ])
    const compared = `${many(checkedRecords, 'record')} and ${many(checkedFiles, 'file')}`
    return { exitCode: 0, lines: [`${dataDir} is whole. Compared ${compared} with their checksums.`] }
  } finally {
    folder.value.release()
  }
}

/** Whether a server has kept anything in this folder: asked before anything is made there. */
export function hasData(dataDir: string): boolean {
  return existsSync(join(dataDir, databaseName))
}

export async function restore(order: RestoreOrder): Promise<AdminAnswer> {
  const restored = await restoreBackup(order)
  if (!restored.ok) return wrong(restored.error)
  const { manifest, lacking } = restored.value
  const { organisation, counts, madeAt } = manifest
  return {
    exitCode: 0,
    lines: [
      `Restored ${organisation ?? 'a server without an organisation'} to ${order.dataDir}, as it was at ${dayAndTime(madeAt)}: ${countsOf(counts)}.`,
      ...lacking,
      ...whatComesBack,
      `Then start the server on ${order.dataDir}, at the same address as before.`,
    ],
  }
}

const whatComesBack: readonly string[] = [
  '',
  'What people wrote after that moment comes back by itself, from their laptops, when each of them connects:',
  '- Pages, page trees and files: from every laptop that has them and whose owner may write there.',
  '- Notes and other pages of one author, comments, reactions and private marks: from the laptops of their author alone.',
  '',
  'What only the server decides is as it was at that moment. What changed after it does not come back; do it again:',
  '- Accounts: people who joined later have none. Invite them again; what they wrote stays on their laptops.',
  '- Roles, and who is in which space. Spaces that were made later are gone here, and what is in them stays on laptops.',
  '- Requests and their answers, invitations, pages that moved to another space, and the ledger.',
  '- Older versions of pages that were kept later, and the audit log. Files that were taken off a list later are on it again.',
  '',
  'Look at this before you start the server:',
  '- Who was suspended, signed out or given another password later can come in again as before.',
  '  "set-password" signs a person out everywhere, also before the server is started.',
  '- Invitations that were used or withdrawn later work again.',
  '- People who signed in later have to sign in once more.',
  '',
]

function countsOf({ people, spaces, pages, versions, files }: BackupCounts): string {
  return [
    many(people, 'person', 'people'),
    many(spaces, 'space'),
    many(pages, 'page'),
    many(versions, 'version'),
    many(files, 'file'),
  ].join(', ')
}

function many(count: number, one: string, more = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : more}`
}

function sizeOf(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}

function dayAndTime(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`
}

function wrong(lines: readonly string[]): AdminAnswer {
  return { exitCode: 1, lines }
}
