import { apiPaths, isProblem, type SessionAnswer } from '../../model/api.ts'
import type { PersonId } from '../../model/ids.ts'
import { fail, ok, type Result } from '../../model/result.ts'
import type { OpenOrganisation } from './organisation.ts'
import type { AccountError } from './plein.ts'
import type { Profile, ProfileError } from './profile.ts'

/** Why a request was not done, as screens know it; what they do not know is a server that answers something else. */
const reasons: Readonly<Record<string, ProfileError>> = {
  'bad-input': 'bad-input',
  'sign-in-needed': 'forbidden',
  forbidden: 'forbidden',
  suspended: 'forbidden',
  'wrong-password': 'wrong-password',
  'weak-password': 'weak-password',
  'rate-limited': 'rate-limited',
  'too-large': 'too-large',
  'unsupported-media-type': 'not-a-picture',
  'storage-full': 'storage-full',
} satisfies Readonly<Record<string, ProfileError>>

const requestTimeoutMs = 20_000

interface Sent {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly json?: object
  readonly bytes?: Blob
}

/** The profile of whoever is signed in to the organisation that is open in this window. */
export class WindowProfile implements Profile {
  readonly #open: () => OpenOrganisation | null
  readonly #fetch: typeof fetch
  /** By hash: a photograph that changes has another one. */
  readonly #urls = new Map<string, Promise<string | null>>()

  constructor(open: () => OpenOrganisation | null, fetchFrom: typeof fetch) {
    this.#open = open
    this.#fetch = fetchFrom
  }

  rename(name: string): Promise<Result<void, ProfileError>> {
    return this.#send(apiPaths.ownProfile, { method: 'PATCH', json: { name } })
  }

  setFace(picture: Blob | null): Promise<Result<void, ProfileError>> {
    return this.#send(apiPaths.ownFace, picture === null ? { method: 'DELETE' } : { method: 'PUT', bytes: picture })
  }

  changePassword(passwords: { readonly current: string; readonly next: string }): Promise<Result<void, ProfileError>> {
    return this.#send(apiPaths.ownPassword, { method: 'POST', json: passwords })
  }

  async devices(): Promise<Result<readonly SessionAnswer[], ProfileError>> {
    const response = await this.#call(apiPaths.sessions, {})
    if (!response.ok) return response
    const answer: unknown = await response.value.json().catch(() => undefined)
    const sessions: unknown = Reflect.get(Object(answer), 'sessions')
    return Array.isArray(sessions) ? ok(sessions.filter(isSession)) : fail('not-a-plein-server')
  }

  signOutDevice(id: string): Promise<Result<void, ProfileError>> {
    return this.#send(apiPaths.session(id), { method: 'DELETE' })
  }

  async faceUrl(id: PersonId, hash: string): Promise<string | null> {
    const known = this.#urls.get(hash) ?? this.#makeUrl(id, hash)
    this.#urls.set(hash, known)
    const url = await known
    if (url === null) this.#urls.delete(hash)
    return url
  }

  async #makeUrl(id: PersonId, hash: string): Promise<string | null> {
    const organisation = this.#open()
    if (organisation === null) return null
    const setting = `face-${hash}`
    const kept = await organisation.storage.setting(setting).catch(() => undefined)
    if (kept instanceof Blob) return URL.createObjectURL(kept)
    const response = await this.#call(apiPaths.face(id), {})
    const picture = response.ok ? await response.value.blob().catch(() => null) : null
    if (picture === null || !picture.type.startsWith('image/')) return null
    // A full disk: it is shown now, and asked for again next time.
    await organisation.storage.putSetting(setting, picture).catch(() => undefined)
    return URL.createObjectURL(picture)
  }

  async #send(path: string, sent: Sent): Promise<Result<void, ProfileError>> {
    const response = await this.#call(path, sent)
    return response.ok ? ok(undefined) : response
  }

  async #call(path: string, { method = 'GET', json, bytes }: Sent): Promise<Result<Response, ProfileError>> {
    const organisation = this.#open()
    const serverUrl = organisation?.record.serverUrl ?? null
    const token = await organisation?.token()
    if (serverUrl === null || token === null || token === undefined) return fail('forbidden')
    const headers: Record<string, string> = { accept: 'application/json', authorization: `Bearer ${token}` }
    if (json !== undefined) headers['content-type'] = 'application/json'
    if (bytes !== undefined) headers['content-type'] = 'application/octet-stream'
    const body = bytes ?? (json === undefined ? null : JSON.stringify(json))
    const options = { credentials: 'omit', cache: 'no-store', redirect: 'error' } as const
    try {
      const signal = AbortSignal.timeout(requestTimeoutMs)
      const response = await this.#fetch(`${serverUrl}${path}`, { ...options, method, headers, body, signal })
      return response.ok ? ok(response) : fail(await reasonOf(response))
    } catch {
      return fail('server-unreachable')
    }
  }
}

async function reasonOf(response: Response): Promise<ProfileError> {
  const problem: unknown = await response.json().catch(() => undefined)
  const fallback: AccountError = 'not-a-plein-server'
  return isProblem(problem) ? (reasons[problem.reason] ?? fallback) : fallback
}

function isSession(value: unknown): value is SessionAnswer {
  const of = (key: string): unknown => Reflect.get(Object(value), key)
  return typeof of('id') === 'string' && typeof of('deviceName') === 'string' && typeof of('lastUsedAtMs') === 'number'
}
