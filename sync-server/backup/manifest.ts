import { createHash } from 'node:crypto'
import { parseFileHash, type FileHash } from '../../model/ids.ts'
import { fail, ok, type Result } from '../../model/result.ts'

/** The layout of a backup. Raised when an older Plein could not restore a new one. */
export const backupFormat = 1

export const manifestName = 'manifest.json'
/** Holds the SHA-256 of the manifest, in the form that `sha256sum --check` reads. */
export const manifestSumName = 'manifest.sha256'
export const databaseName = 'plein.db'

/** One file of a backup. */
export interface BackupPart {
  /** Below the backup, with `/` on every system. */
  readonly path: string
  readonly sizeBytes: number
  readonly sha256: string
}

export interface BackupCounts {
  readonly people: number
  readonly spaces: number
  readonly pages: number
  /** Pages, trees, comments, private and ledger documents. */
  readonly documents: number
  readonly versions: number
  readonly files: number
}

/** What a backup says of itself. */
export interface Manifest {
  readonly format: number
  /** The Plein that made it. */
  readonly server: string
  /** Everything that the server had acknowledged at this moment is in it. */
  readonly madeAt: string
  /** Null before an organisation was created. */
  readonly organisation: string | null
  readonly generation: string
  /** The number of steps that each owner of tables had taken. */
  readonly migrations: Readonly<Record<string, number>>
  readonly counts: BackupCounts
  /** Files that the database knows and that were damaged or missing on the server already. */
  readonly lacking: readonly FileHash[]
  readonly parts: readonly BackupPart[]
}

export function filePathOf(hash: FileHash): string {
  return `files/${hash.slice(0, 2)}/${hash}`
}

/** The two files that make a folder a backup, by name. */
export function encodeManifest(manifest: Manifest): Readonly<Record<string, string>> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`
  return { [manifestName]: text, [manifestSumName]: `${sha256Of(text)}  ${manifestName}\n` }
}

/** The manifest, or a sentence. Every byte of both files counts. */
export function parseManifest(bytes: Uint8Array, sum: Uint8Array): Result<Manifest, string> {
  if (Buffer.from(sum).toString('latin1') !== `${sha256Of(bytes)}  ${manifestName}\n`)
    return fail(`${manifestName} is not what was written: its SHA-256 is not the one in ${manifestSumName}.`)
  const manifest = readManifest(parseJson(bytes))
  if (manifest === undefined) return fail(`${manifestName} is no manifest of a Plein backup.`)
  return ok(manifest)
}

function sha256Of(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}

type Fields = Readonly<Record<string, unknown>>

/** Of a newer format no more is read than that it is newer: the caller refuses it. */
function readManifest(value: unknown): Manifest | undefined {
  const fields = fieldsOf(value)
  const { format, server, madeAt, organisation, generation } = fields
  if (typeof format !== 'number' || typeof server !== 'string' || typeof madeAt !== 'string') return undefined
  const about = { format, server, madeAt, organisation: typeof organisation === 'string' ? organisation : null }
  const parts = readList(fields['parts'], readPart)
  const lacking = readList(fields['lacking'], parseFileHash)
  if (format > backupFormat)
    return { ...about, generation: '', migrations: {}, counts: readCounts({}), lacking: [], parts: [] }
  if (parts === undefined || lacking === undefined || typeof generation !== 'string') return undefined
  const migrations = numbersIn(fieldsOf(fields['migrations']))
  return { ...about, generation, migrations, counts: readCounts(fieldsOf(fields['counts'])), lacking, parts }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

function readList<T>(value: unknown, read: (each: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined
  const list = value.map(read).filter((each) => each !== undefined)
  return list.length === value.length ? list : undefined
}

const partPath = /^(plein\.db|files\/[0-9a-f]{2}\/[0-9a-f]{64})$/

/** A path that leads elsewhere is no part. */
function readPart(value: unknown): BackupPart | undefined {
  const { path, sizeBytes, sha256 } = fieldsOf(value)
  if (typeof path !== 'string' || !partPath.test(path)) return undefined
  if (typeof sizeBytes !== 'number' || typeof sha256 !== 'string') return undefined
  return { path, sizeBytes, sha256 }
}

function numbersIn(fields: Fields): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'number')) as Record<
    string,
    number
  >
}

function readCounts(fields: Fields): BackupCounts {
  const { people = 0, spaces = 0, pages = 0, documents = 0, versions = 0, files = 0 } = numbersIn(fields)
  return { people, spaces, pages, documents, versions, files }
}
