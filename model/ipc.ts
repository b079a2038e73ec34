import type { ExternalLink } from './external-link.ts'
import { parseExternalLink } from './external-link.ts'
import type { OrganisationId, PageId } from './ids.ts'
import { parseId } from './ids.ts'

/**
 * Every message between the renderer and the main process of the desktop app. Requests go from the renderer to main and are answered;
 * notices go from main to the renderer. Both sides parse what arrives, once, with the parsers of this file.
 */
export interface DesktopRequests {
  'app-info': Exchange<readonly [], AppInfo>
  /** False: not an address that may be opened, or the system refused it. */
  'open-external': Exchange<readonly [ExternalLink], boolean>
  /** Null: none was kept, or the system can no longer decrypt it. */
  'get-secret': Exchange<readonly [OrganisationId], string | null>
  'set-secret': Exchange<readonly [OrganisationId, string], SecretKeeping>
  'delete-secret': Exchange<readonly [OrganisationId], null>
  /** Answers as soon as the server is ready or has failed, not before. */
  'server-address': Exchange<readonly [], ServerAddress>
  /** This window listens now: links that waited for it are delivered. */
  'want-deep-links': Exchange<readonly [], null>
  /** Everything that was unwritten at the request with this number is on the disk. */
  flushed: Exchange<readonly [number], null>
}

export interface DesktopNotices {
  /** Somebody followed `plein://page/<id>`. Show it and let the person click: a link does nothing by itself. */
  'deep-link': PageId
  /** The app wants to quit: write what is unwritten, then answer `flushed` with this number. Waits for `flushTimeoutMs` at most. */
  flush: number
}

interface Exchange<Args extends readonly unknown[], Answer> {
  readonly args: Args
  readonly answer: Answer
}

export type RequestName = keyof DesktopRequests
export type NoticeName = keyof DesktopNotices
export type RequestArgs<Name extends RequestName> = DesktopRequests[Name]['args']
export type RequestAnswer<Name extends RequestName> = DesktopRequests[Name]['answer']

/** `encrypted`: by the system's key store. `memory`: this computer has none, so a token is forgotten when the app quits, and the screen says so. */
export type SecretKeeping = 'encrypted' | 'memory'

export interface AppInfo {
  readonly appVersion: string
  /** Such as `Electron 45.4.1`, for the about screen and problem reports. */
  readonly host: string
  readonly secretKeeping: SecretKeeping
}

export type ServerFailure = 'not-installed' | 'did-not-start' | 'stopped'

export type ServerAddress =
  | { readonly state: 'ready'; readonly url: string }
  | { readonly state: 'failed'; readonly reason: ServerFailure }

/** What the preload script puts on `window.desktop`: named functions, never channels. */
export interface DesktopApi {
  appInfo(): Promise<AppInfo>
  openExternal(link: string): Promise<boolean>
  getSecret(id: OrganisationId): Promise<string | null>
  setSecret(id: OrganisationId, secret: string): Promise<SecretKeeping>
  deleteSecret(id: OrganisationId): Promise<null>
  serverAddress(): Promise<ServerAddress>
  /** Also delivers the links that waited. Answers the undo. */
  onDeepLink(onLink: (id: PageId) => void): () => void
  /** `flush` runs before the app quits and settles when everything is written. Answers the undo. */
  onFlush(flush: () => Promise<void>): () => void
}

/** The channel of a message; only the two ends, `electron/ipc-main.ts` and `electron/preload.ts`, need it. */
export function channelOf(name: RequestName | NoticeName): string {
  return `plein:${name}`
}

/** A page that hangs must not keep the app from quitting. A merged write takes milliseconds, also on a slow disk. */
export const flushTimeoutMs = 3000

/** Longest session token that is kept; tokens are under 200 characters. */
export const longestSecret = 4096

/** Thrown by the parsers; carries the message's name and never the value. */
export class IpcRejected extends Error {
  override readonly name = 'IpcRejected'
  readonly reason: 'bad-arguments' | 'bad-answer' | 'foreign-sender'
  constructor(reason: IpcRejected['reason'], message: RequestName | NoticeName) {
    super(`IPC rejected: ${reason} (${message})`)
    this.reason = reason
  }
}

type ParseArgs<Name extends RequestName> = (args: readonly unknown[]) => RequestArgs<Name> | undefined
type ParseAnswer<Name extends RequestName> = (answer: unknown) => RequestAnswer<Name> | undefined

const parseNothing = (args: readonly unknown[]): readonly [] | undefined => (args.length === 0 ? [] : undefined)

const argsParsers: { readonly [Name in RequestName]: ParseArgs<Name> } = {
  'app-info': parseNothing,
  'open-external': (args) => parseOne(args, parseExternalLink),
  'get-secret': (args) => parseOne(args, parseId<OrganisationId>),
  'set-secret': (args) => {
    const id = parseId<OrganisationId>(args[0])
    const secret = parseSecret(args[1])
    return args.length === 2 && id !== undefined && secret !== undefined ? [id, secret] : undefined
  },
  'delete-secret': (args) => parseOne(args, parseId<OrganisationId>),
  'server-address': parseNothing,
  'want-deep-links': parseNothing,
  flushed: (args) => parseOne(args, parseCount),
}

const answerParsers: { readonly [Name in RequestName]: ParseAnswer<Name> } = {
  'app-info': parseAppInfo,
  'open-external': parseBoolean,
  'get-secret': (answer) => (answer === null ? null : parseSecret(answer)),
  'set-secret': parseSecretKeeping,
  'delete-secret': parseNull,
  'server-address': parseServerAddress,
  'want-deep-links': parseNull,
  flushed: parseNull,
}

const noticeParsers: { readonly [Name in NoticeName]: (value: unknown) => DesktopNotices[Name] | undefined } = {
  'deep-link': parseId<PageId>,
  flush: parseCount,
}

export const requestNames: readonly RequestName[] = [
  'app-info',
  'open-external',
  'get-secret',
  'set-secret',
  'delete-secret',
  'server-address',
  'want-deep-links',
  'flushed',
]

/** What a request's arguments are, or IpcRejected. */
export function mustParseArgs<Name extends RequestName>(name: Name, args: readonly unknown[]): RequestArgs<Name> {
  const parsed = argsParsers[name](args)
  if (parsed === undefined) throw new IpcRejected('bad-arguments', name)
  return parsed
}

/** What main answered, or IpcRejected: main and preload come from one build, so this is a bug and not an outcome. */
export function mustParseAnswer<Name extends RequestName>(name: Name, answer: unknown): RequestAnswer<Name> {
  const parsed = answerParsers[name](answer)
  if (parsed === undefined) throw new IpcRejected('bad-answer', name)
  return parsed
}

/** A notice's value; undefined where it has not the form, and then the notice is dropped. */
export function parseNotice<Name extends NoticeName>(name: Name, value: unknown): DesktopNotices[Name] | undefined {
  return noticeParsers[name](value)
}

function parseOne<T>(args: readonly unknown[], parse: (value: unknown) => T | undefined): readonly [T] | undefined {
  const value = parse(args[0])
  return args.length === 1 && value !== undefined ? [value] : undefined
}

function parseSecret(value: unknown): string | undefined {
  return typeof value === 'string' && value.length > 0 && value.length <= longestSecret ? value : undefined
}

function parseCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}

function parseBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

function parseNull(value: unknown): null | undefined {
  return value === null ? null : undefined
}

function parseSecretKeeping(value: unknown): SecretKeeping | undefined {
  return value === 'encrypted' || value === 'memory' ? value : undefined
}

function parseAppInfo(value: unknown): AppInfo | undefined {
  if (!isRecord(value)) return undefined
  const { appVersion, host } = value
  const secretKeeping = parseSecretKeeping(value['secretKeeping'])
  if (typeof appVersion !== 'string' || typeof host !== 'string' || secretKeeping === undefined) return undefined
  return { appVersion, host, secretKeeping }
}

const serverFailures: readonly ServerFailure[] = ['not-installed', 'did-not-start', 'stopped']

function parseServerAddress(value: unknown): ServerAddress | undefined {
  if (!isRecord(value)) return undefined
  const { state, url } = value
  if (state === 'failed') {
    const reason = serverFailures.find((failure) => failure === value['reason'])
    return reason === undefined ? undefined : { state, reason }
  }
  if (state !== 'ready' || typeof url !== 'string' || !isLoopbackOrigin(url)) return undefined
  return { state, url }
}

/** Whether this is the origin of a server on this very computer, such as `http://127.0.0.1:4680`, and nothing more. */
export function isLoopbackOrigin(value: unknown): value is string {
  return typeof value === 'string' && /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):[0-9]{1,5}$/.test(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
