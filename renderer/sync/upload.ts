import { apiPaths, type ProblemReason } from '../../model/api.ts'
import type { FileRecord, UploadRefusal } from '../storage/file-storage.ts'
import { NoAnswer, reasonOf, type FileRequest } from './file-request.ts'
import type { UploadWait } from './sync-messages.ts'

export type UploadOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'later'; readonly reason: UploadWait }
  | { readonly kind: 'refused'; readonly reason: UploadRefusal }
  /** The signal ended it. */
  | { readonly kind: 'stopped' }

export interface UploadParts {
  readonly request: FileRequest
  readonly signal: AbortSignal
  /** Waits while edits are on their way to the server: they never stand behind a file. */
  readonly makeWay: () => Promise<void>
  readonly nowMs: () => number
  /** The place where it goes on is to be remembered; null: begin anew next time. */
  readonly onPath: (path: string | null) => Promise<void>
  readonly onProgress: (sentBytes: number) => void
}

/** What one request carries at most. Ten cuts of the line lose less than 20 MiB in all, whatever lies in buffers on the way. */
const largestPart = 2 * 1024 * 1024
const smallestPart = 64 * 1024
/** A part takes about this long, so that edits wait for no more than that on a slow line. */
const partMs = 700
const answerWithinMs = 120_000
/** Up to here, asking whether the server has the file takes longer than sending it. */
const sentUnasked = 256 * 1024
/** A server that forgets an upload or finds other bytes is believed once; then something is wrong. */
const beginnings = 2

const tus = { 'tus-resumable': '1.0.0' }
const partType = { 'content-type': 'application/offset+octet-stream' }

/** Brings one file to the server, from wherever an earlier try came to. */
export async function uploadFile(record: FileRecord, bytes: Blob, parts: UploadParts): Promise<UploadOutcome> {
  try {
    for (let begun = 0; begun < beginnings; begun += 1) {
      const outcome = await new Upload(record, bytes, parts).run(begun === 0 ? record.uploadPath : null)
      if (outcome !== 'begin-anew') return outcome
      await parts.onPath(null)
    }
    return { kind: 'refused', reason: 'hash-mismatch' }
  } catch (error) {
    if (parts.signal.aborted) return { kind: 'stopped' }
    if (error instanceof NoAnswer) return { kind: 'later', reason: 'offline' }
    throw error
  }
}

class Upload {
  readonly #record: FileRecord
  readonly #bytes: Blob
  readonly #parts: UploadParts
  #partBytes = 256 * 1024

  constructor(record: FileRecord, bytes: Blob, parts: UploadParts) {
    this.#record = record
    this.#bytes = bytes
    this.#parts = parts
  }

  async run(known: string | null): Promise<UploadOutcome | 'begin-anew'> {
    const begun = known === null ? await this.#begin() : await this.#ask(known)
    if ('outcome' in begun) return begun.outcome
    let { offset } = begun
    while (offset < this.#bytes.size) {
      await this.#parts.makeWay()
      const sent = await this.#send(begun.path, offset)
      if ('outcome' in sent) return sent.outcome
      offset = sent.offset
      this.#parts.onProgress(offset)
    }
    return { kind: 'done' }
  }

  async #begin(): Promise<Step> {
    const { spaceId, hash, name } = this.#record
    const { size } = this.#bytes
    if (size > sentUnasked) {
      const body = JSON.stringify({ hash, name })
      const headers = { 'content-type': 'application/json' }
      const known = await this.#call(apiPaths.files(spaceId), { method: 'POST', headers, body })
      if (known.ok) return done
    }
    const metadata = `hash ${btoa(hash)},name ${base64Of(name)}`
    const isSmall = size <= sentUnasked
    const response = await this.#call(apiPaths.uploads(spaceId), {
      method: 'POST',
      headers: { ...tus, 'upload-length': `${size}`, 'upload-metadata': metadata, ...(isSmall ? partType : {}) },
      ...(isSmall ? { body: this.#bytes } : {}),
    })
    const path = response.headers.get('location')
    if (!response.ok || path === null) return { outcome: outcomeOf(await reasonOf(response)) }
    const offset = offsetIn(response) ?? 0
    if (offset < size) await this.#parts.onPath(path)
    return { path, offset }
  }

  async #ask(path: string): Promise<Step> {
    const response = await this.#call(path, { method: 'HEAD', headers: tus })
    const offset = offsetIn(response)
    if (response.ok && offset !== undefined) return { path, offset }
    // HEAD has no body to say a reason in.
    return {
      outcome: response.status === 404 || response.status === 422 ? 'begin-anew' : outcomeOfStatus(response.status),
    }
  }

  async #send(path: string, offset: number): Promise<Step> {
    const body = this.#bytes.slice(offset, offset + this.#partBytes)
    const startedMs = this.#parts.nowMs()
    const headers = { ...tus, ...partType, 'upload-offset': `${offset}` }
    const response = await this.#call(path, { method: 'PATCH', headers, body })
    this.#measure(this.#parts.nowMs() - startedMs)
    const reached = offsetIn(response)
    if (response.ok && reached !== undefined) return { path, offset: reached }
    const reason = await reasonOf(response)
    if (reason === 'upload-conflict') return this.#ask(path)
    return { outcome: outcomeOf(reason) }
  }

  #measure(tookMs: number): void {
    if (tookMs < partMs / 2) this.#partBytes = Math.min(largestPart, this.#partBytes * 2)
    else if (tookMs > partMs * 2) this.#partBytes = Math.max(smallestPart, this.#partBytes / 2)
  }

  async #call(path: string, init: RequestInit): Promise<Response> {
    // Not `AbortSignal.timeout`: until its time is up it would keep the part, and so half a large file in memory.
    const ending = new AbortController()
    const end = () => ending.abort(new NoAnswer('No answer in time'))
    const timer = setTimeout(end, answerWithinMs)
    this.#parts.signal.addEventListener('abort', end)
    try {
      if (this.#parts.signal.aborted) end()
      return await this.#parts.request(path, { ...init, signal: ending.signal })
    } finally {
      clearTimeout(timer)
      this.#parts.signal.removeEventListener('abort', end)
    }
  }
}

type Step = { readonly path: string; readonly offset: number } | { readonly outcome: UploadOutcome | 'begin-anew' }

const done: Step = { outcome: { kind: 'done' } }

function offsetIn(response: Response): number | undefined {
  const text = response.headers.get('upload-offset')
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined
}

function outcomeOf(reason: ProblemReason | undefined): UploadOutcome | 'begin-anew' {
  switch (reason) {
    case 'unknown-upload':
    case 'hash-mismatch':
      return 'begin-anew'
    case 'too-large':
    case 'forbidden':
    case 'bad-input':
    case 'unknown-space':
      return { kind: 'refused', reason }
    case 'upload-quota':
      return { kind: 'later', reason: 'quota' }
    case 'storage-full':
      return { kind: 'later', reason: 'server-full' }
    default:
      return { kind: 'later', reason: 'offline' }
  }
}

function outcomeOfStatus(status: number): UploadOutcome {
  return status === 403 ? { kind: 'refused', reason: 'forbidden' } : { kind: 'later', reason: 'offline' }
}

function base64Of(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)))
}
